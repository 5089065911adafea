/** Challenges without a memory: {device, time} under the hub's secret. Life is counted by the hub's clock alone. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { fail } from '../../shared/problem.ts';
import type { Hub } from '../hub.ts';

/** So long after a greeting a device may go on asking. */
export const LIFE_MS = 10 * 60_000;

function seal(hub: Hub, text: string): Buffer {
  return createHmac('sha256', hub.keys.secret).update(`challenge\n${text}`).digest();
}

export function newChallenge(hub: Hub, device: string): string {
  const issued = String(hub.clock.now());
  return `${issued}.${seal(hub, `${device}\n${issued}`).toString('base64url')}`;
}

export function requireChallenge(hub: Hub, device: string, challenge: string): void {
  const [issued = '', mac = ''] = challenge.split('.');
  const given = Buffer.from(mac, 'base64url');
  const right = seal(hub, `${device}\n${issued}`);
  const age = hub.clock.now() - Number(issued);
  if (given.length !== right.length || !timingSafeEqual(given, right) || !(age >= 0 && age <= LIFE_MS))
    fail('CHALLENGE_EXPIRED');
}
