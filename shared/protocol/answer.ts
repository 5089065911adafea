/** A signed answer counts only as the answer to the question that was asked: whatever else the city once signed is an old answer. */
import { fail } from '../problem.ts';
import type { Greeted } from './desk-ports.ts';

/** For this machine, and in the epoch in which the city greeted it. */
export function addressed<R extends { readonly device: string; readonly epoch: string }>(
  reply: R,
  device: string,
  { epoch }: Greeted,
): R {
  return reply.device === device && reply.epoch === epoch ? reply : fail('CITY_SIGNATURE');
}

/** A page that goes on where the question stopped. */
export function following<P extends { readonly after: number; readonly next: number }>(
  page: P,
  after: number,
): P {
  return page.after === after && page.next >= after ? page : fail('CITY_SIGNATURE');
}
