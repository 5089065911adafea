/** Devices, accounts, streams and the epoch. */
import { randomUUID } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { PublicJwk } from '../../../shared/contract/sync/messages.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { fail } from '../../../shared/problem.ts';
import type { CityDb, CityTx } from '../handle.ts';
import { accounts, devices, epochs } from '../schema/place.ts';
import { streams } from '../schema/stream.ts';

export interface Device {
  readonly id: string;
  readonly unit: string;
  readonly key: PublicJwk;
  readonly revoked: boolean;
}
export interface Stream {
  readonly id: string;
  readonly device: string;
  readonly acked: number;
  readonly head: string;
  readonly frozen: boolean;
}

const EPOCH_LOCK = 7_239_002;

/** The epoch of this database; the first hub on it starts one. */
export async function currentEpoch(db: CityDb, receiptKey: string, now: Date): Promise<string> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${EPOCH_LOCK})`);
    const [last] = await tx.select().from(epochs).orderBy(sql`${epochs.counter} desc`).limit(1);
    // Desks pinned the old key: under a new one every receipt would look forged. Better not to start.
    if (last && last.receiptKey !== receiptKey)
      throw new Error('hub-keys.json does not belong to this database: put the right key file back');
    if (last) return last.id;
    const id = randomUUID();
    await tx.insert(epochs).values({ id, counter: 1, receiptKey, startedAt: now });
    return id;
  });
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

/** Roles of the people of a device, by account. */
export async function deviceRoles(tx: CityTx, device: string): Promise<ReadonlyMap<string, Role>> {
  const rows = await tx
    .select({ id: accounts.id, role: accounts.role })
    .from(accounts)
    .where(eq(accounts.device, device));
  return new Map(rows.map((r) => [r.id, z.enum(roles).parse(r.role)]));
}

/** The stream as it stands; a desk that was restored opens a new one by naming it in its signed hello. */
export async function openStream(
  db: CityDb,
  wanted: Pick<Stream, 'id' | 'device'>,
  now: Date,
): Promise<Stream> {
  const fresh = { ...wanted, acked: 0, head: GENESIS, frozen: false, openedAt: now };
  await db.insert(streams).values(fresh).onConflictDoNothing();
  const stream = must(
    (await db.select().from(streams).where(eq(streams.id, wanted.id)))[0],
    'stream just opened',
  );
  return stream.device === wanted.device ? stream : fail('STREAM_FORK');
}

/** Takes the row lock that makes the stream's writer the only one. */
export async function lockStream(tx: CityTx, wanted: Pick<Stream, 'id' | 'device'>): Promise<Stream> {
  const [stream] = await tx.select().from(streams).where(eq(streams.id, wanted.id)).for('update');
  if (!stream || stream.device !== wanted.device || stream.frozen) return fail('STREAM_FORK');
  return stream;
}

export async function advanceStream(
  tx: CityTx,
  { id, acked, head }: Pick<Stream, 'id' | 'acked' | 'head'>,
): Promise<void> {
  await tx.update(streams).set({ acked, head }).where(eq(streams.id, id));
}
