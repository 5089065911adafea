/** Closing of conflicts: a person says which version counts; what is kept of this machine's is set anew on the city's state. */
import { localView } from '../../db/local-view.ts';
import { openConflict } from '../../db/queries/conflict.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { bodyOf, type Event } from '../../shared/domain/event.ts';
import { choiceProblem, isTyping } from '../../shared/domain/resolve.ts';
import { isKnownCell, isOpen, sheetBody } from '../../shared/domain/sheet.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { WriteCtx } from '../context.ts';
import { cleanCell } from './count.ts';
import { planResolution, settleAfter } from './dossier.ts';
import { requireHandling } from './dossier-transfer.ts';

/** The returned event of this machine that a choice is about; a decision is never put over the city's version. */
function requireConflict(
  ctx: WriteCtx,
  about: { readonly event: string; readonly subject: Event['subject']; readonly mine: boolean },
): Event {
  const conflict = openConflict(ctx.tx, about.event);
  const { kind, id } = about.subject;
  if (
    conflict?.device !== ctx.identity.device ||
    conflict.subject.kind !== kind ||
    conflict.subject.id !== id
  )
    return fail('CONFLICT_NOT_OPEN');
  if (about.mine && !isTyping(conflict.verb)) fail('RESOLVE_CITY_ONLY');
  return conflict;
}

export function resolveDossier(
  ctx: WriteCtx,
  { id, base: seen, event, kept, fields, changes, reason: said }: Input<'dossier.resolve'>,
): Output<'dossier.resolve'> {
  const subject = { kind: 'dossier', id } as const;
  const { subject: now, revision, base } = localView(ctx.tx, 'dossier', id);
  if (now?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  requireConflict(ctx, { event, subject, mine: kept !== 'city' });
  const wrong = choiceProblem({ kept, fields, changes });
  if (wrong?.code === 'RESOLVE_CITY_ONLY') fail('RESOLVE_CITY_ONLY');
  const strange = Object.keys(changes).find((name) => fields[name] !== 'mine');
  if (wrong || strange !== undefined)
    fail('INPUT_INVALID', { where: 'dossier.resolve', detail: wrong?.field ?? strange ?? '' });
  const reason = cleanText(said);
  if (reason === '') fail('REASON_REQUIRED');
  if (seen !== revision) fail('DOSSIER_CHANGED');
  if (kept !== 'city') requireHandling(ctx, now.state);
  const plan = planResolution(ctx, now.state, changes);
  const added = plan.added.length > 0 && { added: [...plan.added] };
  const body = bodyOf({ event, kept, fields, changes: plan.changes, ...added, reason });
  ctx.record({ verb: 'dossier.resolve', subject, base, body });
  if (kept !== 'city') settleAfter(ctx, now.state, { ...plan, base });
  return { revision: localView(ctx.tx, 'dossier', id).revision };
}

export function resolveSheet(
  ctx: WriteCtx,
  { id, event, kept, cells, reason: said }: Input<'sheet.resolve'>,
): Output<'sheet.resolve'> {
  const subject = { kind: 'sheet', id } as const;
  const { subject: now, revision, base } = localView(ctx.tx, 'sheet', id);
  if (now?.kind !== 'sheet') fail('SHEET_EMPTY');
  const conflict = requireConflict(ctx, { event, subject, mine: kept !== 'city' });
  if ((kept === 'city') !== (cells.length === 0))
    fail('INPUT_INVALID', { where: 'sheet.resolve', detail: 'cells' });
  const about = sheetBody.pick({ unit: true, asOf: true, form: true, from: true }).parse(conflict.body);
  const strange = cells.find((c) => !isKnownCell(about.form, c));
  if (strange) fail('CATEGORY_UNKNOWN', { code: strange.category });
  const reason = cleanText(said);
  if (reason === '') fail('REASON_REQUIRED');
  if (kept !== 'city' && !isOpen(now.state)) fail('SHEET_LOCKED');
  const body = bodyOf({ ...bodyOf(about), event, kept, cells: cells.map(cleanCell).map(bodyOf), reason });
  ctx.record({ verb: 'sheet.resolve', subject, base, body });
  return { revision: revision + 1 };
}
