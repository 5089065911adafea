/** Enrol codes: made once, shown once, kept only as a keyed hash. */
import { createHmac, randomInt } from 'node:crypto';
import { isCommune, units } from '../shared/catalogue/units.ts';
import type { Role } from '../shared/domain/verbs.ts';
import { cleanText } from '../shared/lib/vietnamese-text.ts';
import { fail } from '../shared/problem.ts';
import { addDeviceAccount, addEnrolCode } from './db/queries/enrol.ts';
import type { Hub } from './hub.ts';

/** No 0 O 1 I L: the code is read out over the telephone. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';
const DEFAULT_LIFE_MS = 7 * 86_400_000;

export interface EnrolCodeWish {
  readonly unit: string;
  readonly role?: Role | undefined;
  readonly name?: string | undefined;
  readonly demo?: boolean | undefined;
  readonly lifeMs?: number | undefined;
}

export function enrolCodeHash(hub: Hub, code: string): string {
  const plain = code.toUpperCase().replace(/[^0-9A-Z]/g, '');
  return createHmac('sha256', hub.keys.secret).update(`enrol\n${plain}`).digest('hex');
}

export async function createEnrolCode(hub: Hub, wish: EnrolCodeWish): Promise<string> {
  const unit = units.findLast((u) => u.code === wish.unit) ?? fail('UNIT_UNKNOWN', { code: wish.unit });
  const letters = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  const code = `${letters.slice(0, 4)}-${letters.slice(4)}`;
  await addEnrolCode(hub.db, {
    hash: enrolCodeHash(hub, code),
    unit: unit.code,
    role: wish.role ?? (isCommune(unit) ? 'clerk' : 'officer'),
    name: wish.name ?? 'Cán bộ Dùng Thử',
    demo: wish.demo ?? false,
    expiresAt: new Date(hub.clock.now() + (wish.lifeMs ?? DEFAULT_LIFE_MS)),
  });
  return code;
}

export interface AccountWish {
  /** Number of the device, as its codes show it. */
  readonly no: number;
  readonly role?: Role | undefined;
  readonly name?: string | undefined;
}

/** The device hears of it at its next greeting; the person chooses his password there. */
export async function addAccount(hub: Hub, { no, role, name }: AccountWish): Promise<void> {
  await addDeviceAccount(hub.db, {
    ...{ no, role: role ?? 'clerk', name: cleanText(name ?? '') || 'Cán bộ mới' },
    now: new Date(hub.clock.now()),
  });
  await hub.settle();
}
