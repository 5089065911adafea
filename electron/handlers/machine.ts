/** Settings of this machine alone: the day's end of the office, whom it trusts as the city. */
import type { Deed } from '../../db/access.ts';
import { inTransaction } from '../../db/handle.ts';
import { type MachineSetting, readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { DAY_END } from '../../shared/contract/ipc/sync.ts';
import { fail } from '../../shared/problem.ts';
import type { ReadCtx, TaskCtx } from '../context.ts';
import { readCertificates } from '../files/certificate.ts';

export function getSettings({ db }: Pick<ReadCtx, 'db'>): Output<'sync.settings'> {
  const dayEnd = readMachineSetting(db, 'day_end');
  const pem = readMachineSetting(db, 'city_ca');
  return {
    dayEnd: dayEnd ?? DAY_END,
    dayEndIsDefault: dayEnd === null,
    cityCa: pem === null ? null : [...readCertificates(pem)],
  };
}

export function setDayEnd(ctx: TaskCtx, { time }: Input<'sync.set-day-end'>): Output<'sync.set-day-end'> {
  return set(ctx, 'day_end', time, { action: 'sync.set-day-end', facts: { time } });
}

export function setCityCa(ctx: TaskCtx, { pem }: Input<'sync.set-ca'>): Output<'sync.set-ca'> {
  if (pem !== null) readCertificates(pem);
  return set(ctx, 'city_ca', pem, { action: 'sync.set-ca', facts: { own: pem === null ? 0 : 1 } });
}

export async function getRoad({ desk, sync }: TaskCtx): Promise<Output<'sync.road'>> {
  const { program } = desk.settings;
  const system = process.platform === 'win32' ? 'windows' : 'linux';
  return { ...(await sync.road()), program: [...program], system };
}

/** Of a copy of another machine: what it holds is at the city or on its way there, then the machine begins with no data, as a new one. */
export async function beginAnew({ desk, sync }: TaskCtx): Promise<null> {
  if (desk.readOnly() !== 'hardware') fail('MACHINE_SAME');
  // On line the exchange also settles what both machines wrote under one name.
  if (unsent(sync) > 0) await sync.run();
  const n = unsent(sync);
  if (n > 0) fail('MACHINE_UNSENT', { n });
  desk.access.note({ action: 'machine.begin-anew' });
  desk.backups.beginAnew();
  return null;
}

/** Neither at the city nor in the newest bundle. */
function unsent({ courier }: TaskCtx['sync']): number {
  const { waiting, scans, last } = courier.look();
  const carried = last !== null && last.events >= waiting && last.scans >= scans.count;
  return carried ? 0 : waiting + scans.count;
}

function set(
  { desk, db, sync, changed }: TaskCtx,
  name: MachineSetting,
  value: string | null,
  deed: Deed,
): Output<'sync.settings'> {
  inTransaction(db, (tx) => {
    writeMachineSetting(tx, name, value);
    desk.access.within(tx, deed);
  });
  sync.settingsChanged();
  changed('sync');
  return getSettings({ db });
}
