/** Handing a dossier over to another ward, and the gate for what was handed over. */
import { localView } from '../../db/local-view.ts';
import { unitByKey } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { type Holding, mayHandle, openComponents, transferProblem } from '../../shared/domain/transfer.ts';
import { localTime, showDate } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { WriteCtx } from '../context.ts';

export function unitName(key: string | null): string {
  return (key !== null && unitByKey(key)?.name) || (key ?? '');
}

/** Who handed it over reads on, and writes no more. */
export function requireHandling({ identity }: Pick<WriteCtx, 'identity'>, dossier: Holding): void {
  if (dossier.holder !== null && !mayHandle(identity.office, dossier))
    fail('DOSSIER_HANDED_OVER', { unit: unitName(dossier.holder) });
}

export function transferDossier(
  ctx: WriteCtx,
  { id, base: seen, to, reason: said, receivedBy: who }: Input<'dossier.transfer'>,
): Output<'dossier.transfer'> {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  // A dossier that the city has not taken in is mended first.
  if (receptionReturned) fail('DOSSIER_RETURNED');
  const { state } = subject;
  requireHandling(ctx, state);
  const [reason, receivedBy] = [cleanText(said), cleanText(who)];
  if (reason === '') fail('REASON_REQUIRED');
  const on = localTime(ctx.desk.clock.now()).date;
  const components = [...openComponents(state.components)];
  const wrong = transferProblem(state, { to, components, on });
  if (wrong) fail(wrong.code, { code: unitName(to), date: showDate(on), component: '' });
  if (seen !== revision) fail('DOSSIER_CHANGED');
  const body = bodyOf({ to, components, on, reason, ...(receivedBy && { receivedBy }) });
  ctx.record({ verb: 'dossier.transfer', subject: { kind: 'dossier', id }, base, body });
  return { revision: revision + 1 };
}
