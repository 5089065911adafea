/** Drafts: half-typed forms are kept as typed, whatever stands in them. */
import { inTransaction } from '../../db/handle.ts';
import * as drafts from '../../db/queries/draft.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { subjectName } from '../../shared/domain/dossier-form.ts';
import { maskNumbersIn } from '../../shared/lib/mask.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';

export function listDrafts({ db, identity }: ReadCtx): Output<'draft.list'> {
  return drafts.draftsOf(db, requireIdentity(identity).account.id).map(({ id, chain, values, savedAt }) => ({
    id,
    chain,
    savedAt,
    subjectName: maskNumbersIn(values[subjectName[chain]] ?? ''),
  }));
}

export function getDraft({ db, identity }: ReadCtx, { id }: Input<'draft.get'>): Output<'draft.get'> {
  return drafts.draftById(db, requireIdentity(identity).account.id, id);
}

export function saveDraft(ctx: TaskCtx, input: Input<'draft.save'>): Output<'draft.save'> {
  const savedAt = new Date(ctx.desk.clock.now()).toISOString();
  const actor = requireIdentity(ctx.identity).account.id;
  inTransaction(ctx.db, (tx) => drafts.saveDraft(tx, actor, { ...input, savedAt }));
  ctx.changed('draft');
  return { savedAt };
}

export function discardDraft(ctx: TaskCtx, { id }: Input<'draft.discard'>): null {
  const actor = requireIdentity(ctx.identity).account.id;
  inTransaction(ctx.db, (tx) => drafts.deleteDraft(tx, actor, id));
  ctx.changed('draft');
  return null;
}
