/** Updates as the window asks for them. */
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { fail } from '../../shared/problem.ts';
import type { ReadCtx, TaskCtx } from '../context.ts';

type Ctx = Pick<ReadCtx, 'desk' | 'identity'>;

/** Who changes the program of the whole office answers for it; everybody may fetch it and put it off. */
const installers: readonly Role[] = ['head', 'admin', 'technician'];
/** Before enrolment whoever sets the machine up. */
const mayInstall = ({ identity }: Ctx) => identity === null || installers.includes(identity.account.role);

function requireInstaller(ctx: Ctx, verb: string): void {
  if (!mayInstall(ctx)) fail('FORBIDDEN', { role: ctx.identity?.account.role ?? '?', verb });
}

export const getUpdateState = (ctx: Ctx): Output<'update.state'> => ({
  ...ctx.desk.updates.state(),
  mayInstall: mayInstall(ctx),
});

export async function checkUpdate(ctx: TaskCtx): Promise<Output<'update.check'>> {
  await ctx.desk.updates.check();
  return getUpdateState(ctx);
}

export async function loadUpdate(ctx: TaskCtx): Promise<Output<'update.load'>> {
  await ctx.desk.updates.load();
  return getUpdateState(ctx);
}

export function cancelUpdate({ desk }: TaskCtx): null {
  desk.updates.cancel();
  return null;
}

export function putUpdateOff(ctx: TaskCtx, { until }: Input<'update.later'>): Output<'update.later'> {
  ctx.desk.updates.later(until);
  return getUpdateState(ctx);
}

export function readOutcome(ctx: TaskCtx): Output<'update.read-outcome'> {
  ctx.desk.updates.readOutcome();
  return getUpdateState(ctx);
}

export async function takeUpdate(
  ctx: TaskCtx,
  { place }: Input<'update.take'>,
): Promise<Output<'update.take'>> {
  requireInstaller(ctx, 'update.take');
  await ctx.desk.updates.take(place);
  return getUpdateState(ctx);
}

export function prepareUpdate(ctx: TaskCtx): Promise<Output<'update.prepare'>> {
  requireInstaller(ctx, 'update.install');
  return ctx.desk.updates.prepare();
}
