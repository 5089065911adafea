/** What is half typed outside the forms of dossiers is kept as typed, for three months. */
import { inTransaction } from '../../db/handle.ts';
import { forgetTypedBefore, saveTyped, typedAbout } from '../../db/queries/typed.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';

const KEPT_MS = 90 * 86_400_000;

export function getTyped({ db, identity }: ReadCtx, { about }: Input<'typed.get'>): Output<'typed.get'> {
  return typedAbout(db, requireIdentity(identity).account.id, about);
}

export function keepTyped(
  { db, identity, desk }: TaskCtx,
  { about, values }: Input<'typed.save'>,
): Output<'typed.save'> {
  const actor = requireIdentity(identity).account.id;
  const at = (ms: number) => new Date(ms).toISOString();
  const now = desk.clock.now();
  inTransaction(db, (tx) => {
    saveTyped(tx, actor, { about, values, savedAt: at(now) });
    forgetTypedBefore(tx, at(now - KEPT_MS));
  });
  return null;
}
