/** Machines as an office knows them: when each was last heard of, and who took the rights of a lost one away. */
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { MachinesReply } from '../../../shared/contract/sync/machines.ts';
import { type CityDb, type CityTx, rowsOf, wholeColumn } from '../handle.ts';
import { deviceContacts, deviceRevocations, devices } from '../schema/place.ts';
import { receipts, streams } from '../schema/stream.ts';

export async function noteContact(db: CityDb, contact: typeof deviceContacts.$inferInsert): Promise<void> {
  const { device: _, ...rest } = contact;
  await db
    .insert(deviceContacts)
    .values(contact)
    .onConflictDoUpdate({ target: deviceContacts.device, set: rest });
}

export type Machine = MachinesReply['machines'][number] & { readonly id: string; readonly demo: boolean };

const iso = (at: Date | string | null) => (at === null ? null : new Date(at).toISOString());

/** All machines by their numbers, or the one of this number. */
export async function readMachines(db: CityDb | CityTx, no?: number): Promise<readonly Machine[]> {
  const lastReceipt = sql<
    string | null
  >`(select max(${receipts.at}) from ${receipts} join ${streams} on ${streams.id} = ${receipts.stream}
    where ${streams.device} = ${devices.id})`;
  const rows = await db
    .select({
      device: devices,
      contactAt: deviceContacts.at,
      revocation: deviceRevocations,
      receiptAt: lastReceipt,
    })
    .from(devices)
    .leftJoin(deviceContacts, eq(deviceContacts.device, devices.id))
    .leftJoin(deviceRevocations, eq(deviceRevocations.device, devices.id))
    .where(no === undefined ? undefined : eq(devices.no, no))
    .orderBy(asc(devices.no));
  return rows.map(({ device, contactAt, receiptAt, revocation }) => ({
    ...{ id: device.id, no: device.no, name: device.name, unit: device.unit, demo: device.demo },
    ...{ enrolledAt: device.enrolledAt.toISOString(), contactAt: iso(contactAt), receiptAt: iso(receiptAt) },
    revoked: device.revokedAt && {
      at: (revocation?.at ?? device.revokedAt).toISOString(),
      by: revocation?.byName ?? '',
      reason: revocation?.reason ?? '',
    },
  }));
}

/** The first one stands: a repeat changes nothing. Answers whether it was this one. */
export async function revokeMachine(
  tx: CityTx,
  row: typeof deviceRevocations.$inferInsert,
): Promise<boolean> {
  await tx.execute(sql`select 1 from device where id = ${row.device} for update`);
  const done = await tx
    .update(devices)
    .set({ revokedAt: row.at })
    .where(and(eq(devices.id, row.device), isNull(devices.revokedAt)))
    .returning({ id: devices.id });
  if (done.length > 0) await tx.insert(deviceRevocations).values(row);
  return done.length > 0;
}

/** Records that it had written when it last greeted and that never came; null where no greeting is noted. */
export async function unsentOf(tx: CityTx, device: string): Promise<number | null> {
  const [row] = await tx
    .select({ seq: deviceContacts.seq, acked: streams.acked })
    .from(deviceContacts)
    .innerJoin(streams, eq(streams.id, deviceContacts.stream))
    .where(eq(deviceContacts.device, device));
  return row ? Math.max(0, row.seq - row.acked) : null;
}

const most = z.object({ n: wholeColumn });

/** Dossiers that it took in on its busiest day, by its own clock. */
export async function busiestDay(tx: CityTx, device: string): Promise<number> {
  const [row] = await rowsOf(
    tx,
    sql`select coalesce(max(n), 0)::int as n from (select count(*) as n from event
      where device = ${device} and verb = 'dossier.receive' group by day) one`,
    most,
  );
  return row?.n ?? 0;
}
