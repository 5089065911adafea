/** Settings of this machine alone; not events. */
import { eq, sql } from 'drizzle-orm';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { machineSetting } from '../schema/local.ts';

/** `day_end`: HH:MM, Vietnam's time. `city_ca`: certificates (PEM) that vouch for the city's server; no others count then.
 * `backup_place`: folder for second copies. `check_quick`, `check_full`: the newest checks of the pages; `check_log`: of the access log and the events. `recovery`: what a start brought back of its own files, until it is read.
 * `box_key`: age recipient of the city. `city_card`: what the city signed of this machine at enrolment (JWS). `courier_last`: the newest bundle on a USB stick.
 * `city_seen`: how far the city's log was read (`Seen` as JSON). `city_proto`: version of the protocol that the city last greeted with.
 * `access_anchor`: the city's newest answer to POST /v1/access (JWS). `recovered`: the last recovery that ended. `idle_minutes`: without a touch, until the desk locks itself.
 * `given_passwords`: accounts whose password somebody else chose (JSON).
 * `recovery_key`: age recipient of the city's safe. `city_unlocks`: answers of the city that were used (their nonces, JSON).
 * `city_greeting`: the newest greeting of the city as it signed it (JWS). `seen_time`: how far the city's time was seen to go (`SeenMark` as JSON).
 * `access_taken`: files of accesses beside the store that were taken in (JSON).
 * `hardware`: the machine that the store was last written on (salted hashes, JSON).
 * `update_later`: until when an update was put off (ISO 8601). `purge_auto`: '1' = closed dossiers go by themselves. `purged_at`: the newest
 * purge (ISO 8601); older backups and journals hold what went. `purge_doubt`: the city was put back to before what was purged (JSON). */
export type MachineSetting =
  | 'day_end'
  | 'city_ca'
  | 'box_key'
  | 'city_card'
  | 'courier_last'
  | 'city_seen'
  | 'backup_place'
  | 'check_quick'
  | 'check_full'
  | 'check_log'
  | 'recovered'
  | 'recovery'
  | 'city_proto'
  | 'access_anchor'
  | 'access_taken'
  | 'hardware'
  | 'idle_minutes'
  | 'given_passwords'
  | 'recovery_key'
  | 'city_unlocks'
  | 'city_greeting'
  | 'seen_time'
  | 'update_later'
  | 'purge_auto'
  | 'purged_at'
  | 'purge_doubt';

export function readMachineSetting(db: ReadDb, name: MachineSetting): string | null {
  const statement = once(db, 'machine-setting', () =>
    db
      .select({ value: machineSetting.value })
      .from(machineSetting)
      .where(eq(machineSetting.name, sql.placeholder('name')))
      .prepare(),
  );
  return statement.get({ name })?.value ?? null;
}

export function writeMachineSetting(tx: WriteTx, name: MachineSetting, value: string | null): void {
  if (value === null) tx.delete(machineSetting).where(eq(machineSetting.name, name)).run();
  else
    tx.insert(machineSetting)
      .values({ name, value })
      .onConflictDoUpdate({ target: machineSetting.name, set: { value } })
      .run();
}
