/** Takes the rights of a lost machine's key away, in one act that is recorded: who, when, why. */

import { isWithin } from '../../shared/catalogue/units.ts';
import type { RevokeMachine } from '../../shared/contract/sync/machines.ts';
import { mayReportLoss } from '../../shared/domain/verbs.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type Machine, revokeMachine } from '../db/queries/machine.ts';
import { type Device, deviceAccounts } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { machineOf } from './loss.ts';

export type Revocation = NonNullable<Machine['revoked']>;

export async function requireLossRole(hub: Hub, device: Device): Promise<void> {
  const people = await deviceAccounts(hub.db, device.id);
  if (!people.some(({ role }) => mayReportLoss(role)))
    fail('FORBIDDEN', { role: people[0]?.role ?? '', verb: 'machine.list' });
}

/** Of the asking office itself or of one below it, by the tree of today. */
export function isOwnMachine(
  hub: Pick<Hub, 'clock'>,
  device: Device,
  { unit }: Pick<Machine, 'unit'>,
): boolean {
  return unit === device.unit || isWithin(unit, device.unit, localTime(hub.clock.now()).date);
}

export async function revokeFor(hub: Hub, device: Device, asked: RevokeMachine): Promise<Revocation> {
  const account = (await deviceAccounts(hub.db, device.id)).find(({ id }) => id === asked.actor);
  if (!account || !mayReportLoss(account.role))
    return fail('FORBIDDEN', { role: account?.role ?? '', verb: 'machine.revoke' });
  const machine = await machineOf(hub.db, asked.no);
  if (!isOwnMachine(hub, device, machine)) fail('MACHINE_NOT_YOURS', { no: asked.no });
  if (machine.id === device.id) fail('MACHINE_IS_THIS', { no: asked.no });
  return revoke(hub, machine, {
    ...{ byDevice: device.id, byAccount: account.id, byName: account.name },
    reason: asked.reason,
  });
}

/** By the city's own people, at the console. */
export async function revokeAtConsole(
  hub: Hub,
  { no, by, reason }: { readonly no: number; readonly by: string; readonly reason: string },
): Promise<Revocation> {
  const name = cleanText(by);
  if (name === '') fail('FIELD_REQUIRED', { field: 'Người thu hồi' });
  return revoke(hub, await machineOf(hub.db, no), { byDevice: null, byAccount: null, byName: name, reason });
}

interface Act {
  readonly byDevice: string | null;
  readonly byAccount: string | null;
  readonly byName: string;
  readonly reason: string;
}

/** The first revocation stands; whoever comes later is told of it. */
async function revoke(hub: Hub, machine: Machine, { reason: said, ...act }: Act): Promise<Revocation> {
  const reason = cleanText(said);
  if (reason === '') fail('REASON_REQUIRED');
  const at = new Date(hub.clock.now());
  await hub.db.transaction((tx) => revokeMachine(tx, { device: machine.id, at, reason, ...act }));
  await hub.settle();
  return (await machineOf(hub.db, machine.no)).revoked ?? fail('HUB_BUSY');
}
