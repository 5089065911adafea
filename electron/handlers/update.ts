/** Updates as the window asks for them. */
import { callRules } from '../../shared/contract/ipc/call-rules.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReadCtx, TaskCtx } from '../context.ts';

type Ctx = Pick<ReadCtx, 'desk' | 'identity'>;

/** Before enrolment whoever sets the machine up. */
const mayInstall = ({ identity }: Ctx) =>
  identity === null || callRules['update.install'].roles.includes(identity.account.role);

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
  await ctx.desk.updates.take(place);
  return getUpdateState(ctx);
}

export function prepareUpdate(ctx: TaskCtx): Promise<Output<'update.prepare'>> {
  return ctx.desk.updates.prepare();
}
