/** One step in the life of a dossier's components: checked by the state machine, with the clocks that it moves. */
import { localView } from '../../db/local-view.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { planAct } from '../../shared/domain/plan-act.ts';
import { type LocalTime, localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import type { WriteCtx } from '../context.ts';
import { cleanTexts } from './act-request.ts';
import { annotationChanges } from './annotation.ts';
import { requireHandling } from './dossier-transfer.ts';
import { clockRules, effectiveCatalogue } from './law.ts';

export function actOnDossier(
  ctx: WriteCtx,
  { id, base: seen, step }: Input<'dossier.act'>,
): Output<'dossier.act'> {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  // A dossier that the city has not taken in is mended first.
  if (receptionReturned) fail('DOSSIER_RETURNED');
  requireHandling(ctx, subject.state);
  if (seen !== revision) fail('DOSSIER_CHANGED');
  const { action, components, on, time, changes, ...said } = step;
  const law = effectiveCatalogue({ db: ctx.tx, office: ctx.identity.office, now: ctx.desk.clock.now() });
  const body = planAct(
    subject.state,
    {
      action,
      components,
      at: happenedAt(localTime(ctx.desk.clock.now()), on, time),
      ...cleanTexts(said),
      ...(changes && { changes: annotationChanges(subject.state, changes) }),
    },
    { role: ctx.identity.account.role, office: ctx.identity.office, rules: clockRules(law, subject.state) },
  );
  ctx.record({ verb: 'dossier.act', subject: { kind: 'dossier', id }, base, body: bodyOf(body) });
  return { revision: revision + 1 };
}

/** Now, or an earlier day and hour; a day without an hour is taken as its end of work. */
function happenedAt(now: LocalTime, on: string | null, time: string | null): LocalTime {
  const at = { date: on ?? now.date, time: time ?? (on === null || on === now.date ? now.time : '17:00') };
  if (at.date > now.date || (at.date === now.date && at.time > now.time)) fail('STEP_IN_FUTURE');
  return at;
}
