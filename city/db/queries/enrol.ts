/** Enrol codes, and the device that one of them lets in. */
import { randomUUID } from 'node:crypto';
import { and, eq, gt, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { DeviceCard, EnrolReply, PublicJwk } from '../../../shared/contract/sync/messages.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { must } from '../../../shared/lib/must.ts';
import { fail } from '../../../shared/problem.ts';
import { type CityDb, type CityTx, rowsOf } from '../handle.ts';
import { accounts, devices, enrolCodes } from '../schema/place.ts';
import { streams } from '../schema/stream.ts';

export interface NewCode {
  readonly hash: string;
  readonly unit: string;
  readonly role: Role;
  readonly name: string;
  readonly demo: boolean;
  readonly expiresAt: Date;
}
export interface Newcomer {
  readonly codeHash: string;
  readonly key: PublicJwk;
  readonly name: string;
  readonly now: Date;
}
export type Enrolled = Omit<EnrolReply, 'epoch' | 'receiptKey' | 'card'> & { readonly at: Date };

export async function addEnrolCode(db: CityDb, code: NewCode): Promise<void> {
  await db.insert(enrolCodes).values(code);
}

export async function enrolDevice(db: CityDb, newcomer: Newcomer): Promise<Enrolled> {
  return db.transaction(async (tx) => {
    const { codeHash, key, name, now } = newcomer;
    const device = randomUUID();
    // One statement takes the code: of two desks that type it at once, one finds it used.
    const [code] = await tx
      .update(enrolCodes)
      .set({ usedAt: now })
      .where(and(eq(enrolCodes.hash, codeHash), isNull(enrolCodes.usedAt), gt(enrolCodes.expiresAt, now)))
      .returning();
    if (!code) return repeatedEnrol(tx, newcomer);
    const { unit, role, demo } = code;
    const [taken] = await tx
      .insert(devices)
      .values({ id: device, name, unit, key: key.x, demo, enrolledAt: now })
      .onConflictDoNothing()
      .returning();
    if (!taken) return fail('ENROL_CODE_WRONG');
    await tx
      .insert(streams)
      .values({ id: randomUUID(), device, acked: 0, head: GENESIS, frozen: false, openedAt: now });
    await tx
      .insert(accounts)
      .values({ id: randomUUID(), name: code.name, role, unit, device, demo, createdAt: now });
    await tx.update(enrolCodes).set({ device }).where(eq(enrolCodes.hash, codeHash));
    return describe(tx, device);
  });
}

export async function addDeviceAccount(
  db: CityDb,
  {
    no,
    name,
    role,
    now,
  }: { readonly no: number; readonly name: string; readonly role: Role; readonly now: Date },
): Promise<void> {
  const [device] = await db
    .select()
    .from(devices)
    .where(and(eq(devices.no, no), isNull(devices.revokedAt)));
  if (!device) return fail('DEVICE_UNKNOWN');
  const { unit, id, demo } = device;
  await db.insert(accounts).values({ id: randomUUID(), name, role, unit, device: id, demo, createdAt: now });
}

/** The answer was lost on the way: the same key with the same code gets it again. */
async function repeatedEnrol(tx: CityTx, { codeHash, key }: Newcomer): Promise<Enrolled> {
  const [used] = await tx
    .select({ device: devices.id })
    .from(enrolCodes)
    .innerJoin(devices, eq(devices.id, enrolCodes.device))
    .where(and(eq(enrolCodes.hash, codeHash), eq(devices.key, key.x), isNull(devices.revokedAt)));
  return used ? describe(tx, used.device) : fail('ENROL_CODE_WRONG');
}

async function describe(tx: CityTx, id: string): Promise<Enrolled> {
  const device = must((await tx.select().from(devices).where(eq(devices.id, id)))[0], 'device');
  const stream = must(
    (await tx.select().from(streams).where(eq(streams.device, id)).orderBy(streams.openedAt).limit(1))[0],
    'stream',
  );
  const account = must(
    (await tx.select().from(accounts).where(eq(accounts.device, id)).orderBy(accounts.createdAt).limit(1))[0],
    'account',
  );
  return {
    device: id,
    no: device.no,
    stream: stream.id,
    office: device.unit,
    account: { id: account.id, name: account.name, role: z.enum(roles).parse(account.role) },
    demo: device.demo,
    at: device.enrolledAt,
  };
}

/** Lets a device in again that the city forgot when it was put back; one that it knows is left as it is. Answers its number. */
export async function readmitDevice(
  tx: CityTx,
  card: DeviceCard,
): Promise<{ readonly no: number; readonly forgotten: boolean }> {
  await tx.execute(sql`lock table device in share row exclusive mode`);
  const [known] = await tx.select({ no: devices.no }).from(devices).where(eq(devices.id, card.device));
  if (known) return { no: known.no, forgotten: false };
  const { device, name, office, key, demo, account } = card;
  const createdAt = new Date(card.at);
  // Its old number, unless somebody who was enrolled meanwhile has it.
  const [made] = await rowsOf(
    tx,
    sql`insert into device (id, no, name, unit, key, demo, enrolled_at) overriding system value
      select ${device}, case when exists (select 1 from device where no = ${card.no}) then (select max(no) + 1 from device) else ${card.no} end,
        ${name}, ${office}, ${key.x}, ${demo}, ${createdAt.toISOString()}
      on conflict do nothing returning no`,
    z.object({ no: z.int() }),
  );
  if (!made) return fail('DEVICE_UNKNOWN');
  await tx.execute(
    sql`select setval(pg_get_serial_sequence('device', 'no'), greatest((select max(no) from device), nextval(pg_get_serial_sequence('device', 'no')) - 1))`,
  );
  await tx
    .insert(accounts)
    .values({ ...account, unit: office, device, demo, createdAt })
    .onConflictDoNothing();
  return { no: made.no, forgotten: true };
}
