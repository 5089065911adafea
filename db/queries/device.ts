/** This machine at the city: one row, written at enrolment. */

import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { type PublicJwk, publicJwk, type ReplaceStream } from '../../shared/contract/sync/messages.ts';
import { roles } from '../../shared/domain/verbs.ts';
import { must } from '../../shared/lib/must.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { deviceState, enrolment, inboxCursor } from '../schema/local.ts';
import { writeAccounts } from './account.ts';
import { insertFirstStream } from './stream.ts';

const account = z.strictObject({ id: z.string(), name: z.string(), role: z.enum(roles) });
const privateJwk = publicJwk.extend({ d: z.string() });
export type PrivateJwk = z.infer<typeof privateJwk>;

export interface Identity {
  readonly device: string;
  readonly no: number;
  readonly name: string;
  /** Unit code; its meaning depends on the date. */
  readonly office: string;
  readonly stream: string;
  readonly privateKey: PrivateJwk;
  readonly cityUrl: string;
  readonly cityKey: PublicJwk;
  readonly epoch: string;
  readonly account: z.infer<typeof account>;
  readonly demo: boolean;
  readonly clockOffsetMs: number | null;
  /** False where the city does not know the account any more: reading only. */
  readonly accountKnown: boolean;
}

export function readIdentity(db: ReadDb): Identity | null {
  const row = once(db, 'identity', () => db.select().from(deviceState).prepare()).get();
  if (!row) return null;
  const { device, no, name, office, stream, cityUrl, epoch, demo, clockOffsetMs, accountKnown } = row;
  return {
    ...{ device, no, name, office, stream, cityUrl, epoch, demo, clockOffsetMs, accountKnown },
    privateKey: privateJwk.parse(JSON.parse(row.privateKey)),
    cityKey: publicJwk.parse(JSON.parse(row.cityKey)),
    account: account.parse(JSON.parse(row.account)),
  };
}

/** The key of an enrolment under way, if it was made for this very attempt. */
export function readEnrolmentKey(db: ReadDb, attempt: string): PrivateJwk | null {
  const row = db.select().from(enrolment).where(eq(enrolment.attempt, attempt)).get();
  return row ? privateJwk.parse(JSON.parse(row.privateKey)) : null;
}

export function writeEnrolmentKey(tx: WriteTx, attempt: string, key: PrivateJwk): void {
  const row = { attempt, privateKey: JSON.stringify(key) };
  tx.insert(enrolment)
    .values({ one: 1, ...row })
    .onConflictDoUpdate({ target: enrolment.one, set: row })
    .run();
}

/** Ends an enrolment under way; the stream that the city gave is the first one. `paper`: what the city signed of the person's role. */
export function writeIdentity(
  tx: WriteTx,
  identity: Identity,
  enrolledAt: string,
  paper: string | null = null,
): void {
  const { privateKey, cityKey, account: person, ...plain } = identity;
  const row = {
    ...plain,
    privateKey: JSON.stringify(privateKey),
    cityKey: JSON.stringify(cityKey),
    account: JSON.stringify(person),
    enrolledAt,
  };
  tx.insert(deviceState)
    .values({ one: 1, ...row })
    .onConflictDoUpdate({ target: deviceState.one, set: row })
    .run();
  tx.delete(enrolment).run();
  writeAccounts(tx, [person], new Map(paper === null ? [] : [[person.id, paper]]));
  insertFirstStream(tx, identity.stream, enrolledAt);
}

type Account = Identity['account'];
/** What a greeting of the city says of this machine: its clock, and who the people on it are. An unknown account keeps its last role. */
export function writeGreeting(
  tx: WriteTx,
  {
    clockOffsetMs,
    accounts,
    papers,
  }: {
    readonly clockOffsetMs: number;
    readonly accounts: readonly Account[];
    readonly papers: ReadonlyMap<string, string>;
  },
): { readonly accountChanged: boolean } {
  const before = must(readIdentity(tx), 'identity');
  const found = accounts.find((one) => one.id === before.account.id);
  const now = found ?? before.account;
  const accountKnown = found !== undefined;
  const row = { clockOffsetMs: Math.round(clockOffsetMs), account: JSON.stringify(now), accountKnown };
  tx.update(deviceState).set(row).run();
  return { accountChanged: writeAccounts(tx, accounts, papers) };
}

export function writeEpoch(tx: WriteTx, epoch: string): void {
  tx.update(deviceState).set({ epoch }).run();
}

/** Why this machine opened a stream by itself, until that is settled with the city. */
export function readRecovering(db: ReadDb): ReplaceStream['why'] | null {
  return db.select({ why: deviceState.recovering }).from(deviceState).get()?.why ?? null;
}

export function writeRecovering(tx: WriteTx, why: ReplaceStream['why'] | null): void {
  tx.update(deviceState).set({ recovering: why }).run();
}

/** Codes that were given under the old number keep it. */
export function writeDeviceNo(tx: WriteTx, no: number): void {
  tx.update(deviceState).set({ no }).run();
}

export function writeCityUrl(tx: WriteTx, cityUrl: string): void {
  tx.update(deviceState).set({ cityUrl }).run();
}

export function inboxAfter(db: ReadDb, epoch: string): number {
  return db.select().from(inboxCursor).where(eq(inboxCursor.epoch, epoch)).get()?.after ?? 0;
}

/** How far the inbox of the present epoch is read. */
export function inboxRead(db: ReadDb): number {
  const statement = once(db, 'inbox.read', () =>
    db.$client
      .prepare('SELECT after FROM inbox_cursor WHERE epoch = (SELECT epoch FROM device_state)')
      .pluck(),
  );
  return (statement.get() as number | undefined) ?? 0;
}

export function writeInboxAfter(tx: WriteTx, epoch: string, after: number): void {
  tx.insert(inboxCursor)
    .values({ epoch, after })
    .onConflictDoUpdate({ target: inboxCursor.epoch, set: { after } })
    .run();
}
