/** A lost machine, by what the city knows of it: which there are, what stood on one, taking its key's rights away. */
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { requireIdentity, type TaskCtx } from '../context.ts';

export async function listMachines(ctx: TaskCtx): Promise<Output<'machine.list'>> {
  requireIdentity(ctx.identity);
  const { machines, at } = await ctx.sync.machines();
  return { machines, at };
}

export async function getLoss(ctx: TaskCtx, { no }: Input<'machine.loss'>): Promise<Output<'machine.loss'>> {
  const { facts, at } = await ctx.sync.loss(no);
  return { facts, at };
}

export async function revokeMachine(
  ctx: TaskCtx,
  { no, typed, reason: said }: Input<'machine.revoke'>,
): Promise<Output<'machine.revoke'>> {
  const { id } = requireIdentity(ctx.identity).account;
  if (typed.trim() !== String(no)) fail('MACHINE_NUMBER_WRONG', { no });
  const reason = cleanText(said);
  if (reason === '') fail('REASON_REQUIRED');
  await ctx.sync.revoke({ no, actor: id, reason });
  return getLoss(ctx, { no });
}
