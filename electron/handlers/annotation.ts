/** Papers, codes of other systems, marks and links of a dossier. */
import { localView } from '../../db/local-view.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { annotationProblem } from '../../shared/domain/annotation.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { mayHandle } from '../../shared/domain/transfer.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { WriteCtx } from '../context.ts';
import { requireHandling } from './dossier-transfer.ts';

const LINK = 'link.dossier';

export function annotateDossier(
  ctx: WriteCtx,
  { id, changes }: Input<'dossier.annotate'>,
): Output<'dossier.annotate'> {
  const { subject, revision, base, receptionReturned } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') fail('DOSSIER_NOT_FOUND');
  if (receptionReturned) fail('DOSSIER_RETURNED');
  requireHandling(ctx, subject.state);
  const fresh = annotationChanges(subject.state, changes);
  if (Object.keys(fresh).length === 0) return { revision };
  if (fresh[LINK] === id) fail('CHOICE_UNKNOWN', { field: LINK });
  ctx.record({ verb: 'dossier.annotate', subject: { kind: 'dossier', id }, base, body: { changes: fresh } });
  if (fresh[LINK]) linkBack(ctx, id, fresh[LINK]);
  return { revision: revision + 1 };
}

/** The changes that say something new; an unknown key, or a value that its field does not take, fails. */
export function annotationChanges(
  { chain, form }: Dossier,
  changes: Readonly<Record<string, string>>,
): Record<string, string> {
  const fresh: Record<string, string> = {};
  for (const [key, raw] of Object.entries(changes)) {
    const value = cleanText(raw);
    const code = annotationProblem(chain, key, value);
    if (code) fail(code, { field: key });
    if (value !== (form[key] ?? '')) fresh[key] = value;
  }
  return fresh;
}

/** A newborn who died has two dossiers; each names the other. */
export function linkBack(ctx: WriteCtx, id: string, other: string): void {
  if (other === '' || other === id) return;
  const { subject, base, receptionReturned } = localView(ctx.tx, 'dossier', other);
  // Not on this machine, or itself waiting to be mended: the link from this side stands alone.
  if (subject?.kind !== 'dossier' || receptionReturned) return;
  // Handed over to another ward: who has it there sets the link.
  if (!mayHandle(ctx.identity.office, subject.state)) return;
  // It names a dossier already, this one or another: whoever set that link also clears it.
  if (subject.state.form[LINK]) return;
  ctx.record({
    verb: 'dossier.annotate',
    subject: { kind: 'dossier', id: other },
    base,
    body: { changes: { [LINK]: id } },
  });
}
