/** Named filters of the person signed in. */
import { inTransaction } from '../../db/handle.ts';
import * as filters from '../../db/queries/saved-filter.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';

export function listFilters({ db, identity }: ReadCtx): Output<'filter.list'> {
  return filters.filtersOf(db, requireIdentity(identity).account.id);
}

export function saveFilter(ctx: TaskCtx, { name, filter }: Input<'filter.save'>): null {
  const clean = cleanText(name);
  if (clean === '') fail('FIELD_REQUIRED');
  const actor = requireIdentity(ctx.identity).account.id;
  inTransaction(ctx.db, (tx) => filters.saveFilter(tx, actor, { name: clean, filter }));
  ctx.changed('draft');
  return null;
}

export function removeFilter(ctx: TaskCtx, { name }: Input<'filter.remove'>): null {
  const actor = requireIdentity(ctx.identity).account.id;
  inTransaction(ctx.db, (tx) => filters.removeFilter(tx, actor, name));
  ctx.changed('draft');
  return null;
}
