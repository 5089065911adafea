/** Named choices of the reports room: which report, over which days, by which units. */
import { inTransaction } from '../../db/handle.ts';
import * as choices from '../../db/queries/saved-report.ts';
import { findReportDef } from '../../shared/catalogue/report-defs.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { requireDef } from './report-make.ts';

/** Of reports that this program still has. */
export function listChoices({ db, identity }: ReadCtx): Output<'choice.list'> {
  return choices
    .choicesOf(db, requireIdentity(identity).account.id)
    .filter(({ choice }) => findReportDef(choice.report) !== undefined);
}

export function saveChoice(ctx: TaskCtx, { name, choice }: Input<'choice.save'>): null {
  const actor = requireIdentity(ctx.identity).account.id;
  const clean = cleanText(name);
  if (clean === '') fail('FIELD_REQUIRED');
  requireDef(choice);
  inTransaction(ctx.db, (tx) => choices.saveChoice(tx, actor, { name: clean, choice }));
  return null;
}

export function removeChoice(ctx: TaskCtx, { name }: Input<'choice.remove'>): null {
  const actor = requireIdentity(ctx.identity).account.id;
  inTransaction(ctx.db, (tx) => choices.removeChoice(tx, actor, name));
  return null;
}
