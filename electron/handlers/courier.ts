/** Sending by USB stick, as the window and the main process ask for it. */
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReadCtx, TaskCtx } from '../context.ts';

export function lookAtCourier({ sync }: ReadCtx): Output<'courier.look'> {
  return sync.courier.look();
}

export function writeBundle(
  { sync }: TaskCtx,
  { place, scans }: Input<'courier.write'>,
): Promise<Output<'courier.write'>> {
  return sync.courier.write(place, scans);
}

export function readReceipts(
  { sync }: TaskCtx,
  { place }: Input<'courier.read'>,
): Promise<Output<'courier.read'>> {
  return sync.courier.read(place);
}

export function cancelCourier({ sync }: TaskCtx): null {
  sync.courier.cancel();
  return null;
}
