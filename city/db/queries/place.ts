/** Devices, accounts and streams. */
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PublicJwk } from '../../../shared/contract/sync/messages.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { fail } from '../../../shared/problem.ts';
import type { Stream } from '../../../shared/protocol/hub-ports.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { accounts, devices } from '../schema/place.ts';
import { streams } from '../schema/stream.ts';

export interface Device {
  readonly id: string;
  readonly unit: string;
  readonly key: PublicJwk;
  readonly revoked: boolean;
}
export async function getDevice(db: CityDb, id: string): Promise<Device> {
  if (!z.uuid().safeParse(id).success) fail('DEVICE_UNKNOWN');
  const [row] = await db.select().from(devices).where(eq(devices.id, id));
  if (!row || row.id !== id) return fail('DEVICE_UNKNOWN');
  return {
    id: row.id,
    unit: row.unit,
    key: { kty: 'OKP', crv: 'Ed25519', x: row.key },
    revoked: row.revokedAt !== null,
  };
}

export async function revokeDevice(db: CityDb, id: string, now: Date): Promise<void> {
  await db
    .update(devices)
    .set({ revokedAt: now })
    .where(and(eq(devices.id, id), isNull(devices.revokedAt)));
}

/** Codes of the units of which any machine ever sent something that arrived. */
export async function unitsHeard(db: CityDb | CityTx): Promise<readonly string[]> {
  const rows = await db
    .selectDistinct({ unit: devices.unit })
    .from(devices)
    .innerJoin(streams, eq(streams.device, devices.id))
    .where(gt(streams.acked, 0));
  return rows.map(({ unit }) => unit);
}

/** The people of a device with the roles that count at the city. */
export async function deviceAccounts(
  db: CityDb,
  device: string,
): Promise<readonly { readonly id: string; readonly name: string; readonly role: Role }[]> {
  const rows = await db
    .select({ id: accounts.id, name: accounts.name, role: accounts.role })
    .from(accounts)
    .where(eq(accounts.device, device))
    .orderBy(accounts.createdAt, accounts.id);
  return rows.map((r) => ({ ...r, role: z.enum(roles).parse(r.role) }));
}

/** The stream as it stands; a desk that was restored opens a new one by naming it in its signed hello. */
export async function openStream(
  db: CityDb | CityTx,
  wanted: Pick<Stream, 'id' | 'device'>,
  now: Date,
): Promise<Stream & { readonly opened: boolean }> {
  const fresh = { ...wanted, acked: 0, head: GENESIS, frozen: false, openedAt: now };
  const made = await db.insert(streams).values(fresh).onConflictDoNothing().returning({ id: streams.id });
  const stream = must(
    (await db.select().from(streams).where(eq(streams.id, wanted.id)))[0],
    'stream just opened',
  );
  return stream.device === wanted.device ? { ...stream, opened: made.length > 0 } : fail('STREAM_FORK');
}

/** Last place held of a stream, 0 for an unknown one. */
export async function streamPlace(db: CityDb, id: string): Promise<{ readonly acked: number }> {
  const [row] = await db.select({ acked: streams.acked }).from(streams).where(eq(streams.id, id));
  return row ?? { acked: 0 };
}

/** Takes the row lock that makes the stream's writer the only one; null where no such stream of this device stands. */
export async function lockStream(tx: CityTx, wanted: Pick<Stream, 'id' | 'device'>): Promise<Stream | null> {
  const [stream] = await tx.select().from(streams).where(eq(streams.id, wanted.id)).for('update');
  return stream && stream.device === wanted.device ? stream : null;
}

export async function advanceStream(
  tx: CityTx,
  { id, acked, head }: Pick<Stream, 'id' | 'acked' | 'head'>,
): Promise<void> {
  await tx.update(streams).set({ acked, head }).where(eq(streams.id, id));
}

export interface Replacement {
  readonly device: string;
  readonly stream: string;
  readonly replaces: string;
  /** Up to this place the author of the new stream knew the old one. */
  readonly shared: number;
  readonly now: Date;
}

/**
 * Locks both streams of a replacement, the rows before the order as a batch does; the new one is opened. Answers the old one, null
 * where the city lost it: nothing to freeze then. A stream of another device is STREAM_FORK.
 */
export async function lockBoth(
  tx: CityTx,
  { device, stream, replaces, now }: Replacement,
): Promise<Stream | null> {
  const old = await lockStream(tx, { id: replaces, device });
  if (!old && (await tx.select().from(streams).where(eq(streams.id, replaces))).length > 0)
    fail('STREAM_FORK');
  await openStream(tx, { id: stream, device }, now);
  await lockStream(tx, { id: stream, device });
  return old;
}

/**
 * The new stream takes the place of the old one, which is frozen, and that gets a number of the log: the order is locked. Answers
 * whether anything changed: a repeat does nothing.
 */
export async function replaceStream(
  tx: CityTx,
  { stream, replaces, shared }: Replacement,
  old: Stream | null,
): Promise<boolean> {
  const named = await tx
    .update(streams)
    .set({ replaces, shared, hubSeq: sql`nextval('event_hub_seq_seq')` })
    .where(and(eq(streams.id, stream), isNull(streams.replaces)))
    .returning({ id: streams.id });
  if (old && !old.frozen) await tx.update(streams).set({ frozen: true }).where(eq(streams.id, replaces));
  return named.length > 0 || old?.frozen === false;
}
