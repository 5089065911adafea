/** Backups as the window asks for them. */
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { fail } from '../../shared/problem.ts';
import type { ReadCtx, TaskCtx } from '../context.ts';

export const getBackupState = ({ desk }: Pick<ReadCtx, 'desk'>): Output<'backup.state'> =>
  desk.backups.state();
export const listBackups = ({ desk }: Pick<ReadCtx, 'desk'>): Output<'backup.list'> => [
  ...desk.backups.list(),
];
export const makeBackup = ({ desk }: TaskCtx): Promise<Output<'backup.make'>> => desk.backups.make();
export const checkData = ({ desk }: TaskCtx): Promise<Output<'backup.check'>> => desk.backups.check();
export const lookAtBackup = ({ desk }: TaskCtx, ref: Input<'backup.look'>): Promise<Output<'backup.look'>> =>
  desk.backups.look(ref);
export const readRecovery = ({ desk }: TaskCtx): Output<'backup.read-recovery'> =>
  desk.backups.readRecovery();

export async function restoreBackup(ctx: TaskCtx, ref: Input<'backup.restore'>): Promise<null> {
  const { desk, identity } = ctx;
  desk.access.note({ action: 'backup.restore', facts: { where: ref.where } });
  const { id, name, role } = identity?.account ?? {};
  await desk.backups.restore(ref, id && name && role ? { id, name, role } : null);
  return null;
}

export function setPlace(ctx: TaskCtx, { place }: Input<'backup.set-place'>): Output<'backup.set-place'> {
  return ctx.desk.backups.setPlace(place, { action: 'backup.set-place' });
}

/** Only a machine that has nothing of its own takes over the data of another one. */
function requireEmpty({ identity }: TaskCtx): void {
  if (identity) fail('OLD_STORE_NOT_EMPTY');
}
export async function findOldStores(
  ctx: TaskCtx,
  { place }: Input<'backup.find-old'>,
): Promise<Output<'backup.find-old'>> {
  requireEmpty(ctx);
  return [...(await ctx.desk.backups.findOld(place))];
}
export async function takeOldStore(ctx: TaskCtx, { name }: Input<'backup.take-old'>): Promise<null> {
  requireEmpty(ctx);
  await ctx.desk.backups.takeOld(name);
  return null;
}

export function forgetPlace(ctx: TaskCtx): Output<'backup.forget-place'> {
  return ctx.desk.backups.setPlace(null, { action: 'backup.forget-place' });
}
