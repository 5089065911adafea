/** Drafts: half-typed forms are kept as typed, whatever stands in them. */
import { inTransaction } from '../../db/handle.ts';
import { readAccounts } from '../../db/queries/account.ts';
import * as drafts from '../../db/queries/draft.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { subjectName } from '../../shared/domain/dossier-form.ts';
import { maskNumbersIn } from '../../shared/lib/mask.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
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

const ofOthers = ({ db, identity }: Pick<ReadCtx, 'db' | 'identity'>) =>
  drafts.draftsOfOthers(db, requireIdentity(identity).account.id);

export function listOthersDrafts(ctx: ReadCtx): Output<'draft.others'> {
  const names = new Map(readAccounts(ctx.db).map(({ id, name }) => [id, name]));
  return ofOthers(ctx).map(({ id, chain, values, savedAt, actor }) => ({
    ...{ id, chain, savedAt, author: names.get(actor) ?? '' },
    subjectName: maskNumbersIn(values[subjectName[chain]] ?? ''),
  }));
}

/** A copy: what the colleague typed stays his, and goes on being saved under his hands. */
export function takeDraft(ctx: TaskCtx, { id, reason }: Input<'draft.take'>): Output<'draft.take'> {
  const { clock, ids, access } = ctx.desk;
  const why = cleanText(reason);
  if (why === '') fail('REASON_REQUIRED');
  const found = ofOthers(ctx).find((one) => one.id === id) ?? fail('DRAFT_NOT_FOUND');
  const copy = { id: ids.uuid(), chain: found.chain, values: found.values };
  const savedAt = new Date(clock.now()).toISOString();
  inTransaction(ctx.db, (tx) => {
    drafts.saveDraft(tx, requireIdentity(ctx.identity).account.id, { ...copy, savedAt });
    access.within(tx, {
      action: 'draft.take',
      subject: { kind: 'person', id: found.actor },
      why,
      facts: { draft: id },
    });
  });
  ctx.changed('draft');
  return { id: copy.id };
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
