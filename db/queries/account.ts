/** The people of this machine: who the city says they are, and their PINs. */
import { asc, eq } from 'drizzle-orm';
import { z } from 'zod';
import type { Role } from '../../shared/domain/verbs.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { deskAccount } from '../schema/local.ts';

export interface DeskAccount {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** False where the city does not name the account any more: reading only. */
  readonly known: boolean;
  readonly hasPin: boolean;
  /** JWS of the role paper. */
  readonly paper: string | null;
}

export function readAccounts(db: ReadDb): readonly DeskAccount[] {
  const rows = once(db, 'accounts', () =>
    db.select().from(deskAccount).orderBy(asc(deskAccount.name), asc(deskAccount.id)).prepare(),
  ).all();
  return rows.map(({ pin, ...row }) => ({ ...row, hasPin: pin !== null }));
}

/**
 * What the city says of everybody at this machine, with its signed papers by account. True where anything is other than before, but for
 * papers that only live longer; nobody is ever deleted.
 */
export function writeAccounts(
  tx: WriteTx,
  named: readonly Pick<DeskAccount, 'id' | 'name' | 'role'>[],
  papers: ReadonlyMap<string, string> = new Map(),
): boolean {
  const before = readAccounts(tx);
  const gone = before.filter((one) => one.known && !named.some(({ id }) => id === one.id));
  for (const { id } of gone)
    tx.update(deskAccount).set({ known: false, paper: null }).where(eq(deskAccount.id, id)).run();
  const changed = named.filter(({ id, name, role }) => {
    const old = before.find((one) => one.id === id);
    return !(old?.known && old.name === name && old.role === role);
  });
  for (const { id, name, role } of changed)
    tx.insert(deskAccount)
      .values({ id, name, role, known: true })
      .onConflictDoUpdate({ target: deskAccount.id, set: { name, role, known: true } })
      .run();
  for (const { id } of named)
    tx.update(deskAccount)
      .set({ paper: papers.get(id) ?? null })
      .where(eq(deskAccount.id, id))
      .run();
  return gone.length + changed.length > 0;
}

/** One person whom the city named outside a greeting. */
export function keepAccount(
  tx: WriteTx,
  { id, name, role }: Pick<DeskAccount, 'id' | 'name' | 'role'>,
  paper: string,
): void {
  const row = { name, role, known: true, paper };
  tx.insert(deskAccount)
    .values({ id, ...row })
    .onConflictDoUpdate({ target: deskAccount.id, set: row })
    .run();
}

const pinHash = z.strictObject({ salt: z.string(), hash: z.string() });
export type PinHash = z.infer<typeof pinHash>;

export function readPin(db: ReadDb, id: string): PinHash | null {
  const row = db.select({ pin: deskAccount.pin }).from(deskAccount).where(eq(deskAccount.id, id)).get();
  return row?.pin ? pinHash.parse(JSON.parse(row.pin)) : null;
}

export function writePin(tx: WriteTx, id: string, pin: PinHash | null): void {
  tx.update(deskAccount)
    .set({ pin: pin && JSON.stringify(pin) })
    .where(eq(deskAccount.id, id))
    .run();
}
