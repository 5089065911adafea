/** Settings of this machine alone: the day's end of the office, whom it trusts as the city. */
import type { Deed } from '../../db/access.ts';
import { inTransaction } from '../../db/handle.ts';
import { type MachineSetting, readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { DAY_END } from '../../shared/contract/ipc/sync.ts';
import type { Role } from '../../shared/domain/verbs.ts';
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
  requireSetting(ctx, 'day_end');
  return set(ctx, 'day_end', time, { action: 'sync.set-day-end', facts: { time } });
}

export function setCityCa(ctx: TaskCtx, { pem }: Input<'sync.set-ca'>): Output<'sync.set-ca'> {
  requireSetting(ctx, 'city_ca');
  if (pem !== null) readCertificates(pem);
  return set(ctx, 'city_ca', pem, { action: 'sync.set-ca', facts: { own: pem === null ? 0 : 1 } });
}

export async function getRoad({ desk, sync }: TaskCtx): Promise<Output<'sync.road'>> {
  const { program } = desk.settings;
  const system = process.platform === 'win32' ? 'windows' : 'linux';
  return { ...(await sync.road()), program: [...program], system };
}

type Settable = Extract<MachineSetting, 'day_end' | 'city_ca'>;
const maySet: Readonly<Record<Settable, readonly Role[]>> = {
  day_end: ['clerk', 'head', 'admin', 'officer', 'technician'],
  // Whoever chooses the authority chooses whom this machine takes for the city.
  city_ca: ['head', 'admin', 'technician'],
};
/** Before enrolment whoever sets the machine up. */
function requireSetting({ identity }: TaskCtx, name: Settable): void {
  if (!identity) return;
  const { role } = identity.account;
  if (!maySet[name].includes(role)) fail('FORBIDDEN', { role, verb: name });
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
