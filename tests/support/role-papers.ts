/** Role papers as the city signs them, for desks that were enrolled without one; and who sits at a desk. */
import { createPrivateKey, generateKeyPairSync, sign } from 'node:crypto';
import { inTransaction } from '../../db/handle.ts';
import { readAccounts, writeAccounts } from '../../db/queries/account.ts';
import { type PrivateJwk, readIdentity } from '../../db/queries/device.ts';
import type { Desk } from '../../electron/context.ts';
import type { PublicJwk, RolePaper } from '../../shared/contract/sync/messages.ts';
import { ALG, TYP } from '../../shared/contract/sync/version.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { must } from '../../shared/lib/must.ts';

export function makeKeys(): { privateKey: PrivateJwk; publicKey: PublicJwk } {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const publicKey = { kty: 'OKP', crv: 'Ed25519', x: String(jwk.x) } as const;
  return { publicKey, privateKey: { ...publicKey, d: String(jwk.d) } };
}

/** Signs for every desk that `openTestDesk` enrols. */
export const testCity = makeKeys();

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

export function signed(typ: string, payload: object, key: PrivateJwk = testCity.privateKey): string {
  const text = `${base64({ alg: ALG, typ })}.${base64(payload)}`;
  const signature = sign(null, Buffer.from(text), createPrivateKey({ key: { ...key }, format: 'jwk' }));
  return `${text}.${signature.toString('base64url')}`;
}

export interface Holder {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}
/** Good for a century: clocks of tests stand anywhere in it. */
export function rolePaperOf(
  { device, office }: { readonly device: string; readonly office: string },
  account: Holder,
  more: Partial<RolePaper> = {},
  key: PrivateJwk = testCity.privateKey,
): string {
  const { id, name, role } = account;
  const paper: RolePaper = {
    ...{ v: 1, device, office, account: { id, name, role } },
    ...{ from: '2000-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z' },
    ...more,
  };
  return signed(TYP.role, paper, key);
}

/** What a greeting that names these people, and nobody else, leaves behind. */
export function cityNames(
  { db }: Pick<Desk, 'db'>,
  people: readonly Holder[],
  more: Partial<RolePaper> = {},
): void {
  const identity = must(readIdentity(db), 'identity');
  const papers = new Map(people.map((one) => [one.id, rolePaperOf(identity, one, more)]));
  inTransaction(db, (tx) => writeAccounts(tx, people, papers));
}

/** The same store with another person at the machine, whom the city names like those before. */
export function sitDown(
  desk: Pick<Desk, 'db'>,
  { id, name = 'Người khác', role = 'clerk' }: { id: string; name?: string; role?: Role },
  more: Partial<RolePaper> = {},
): void {
  const others = readAccounts(desk.db).filter((one) => one.id !== id && one.known);
  cityNames(desk, [...others, { id, name, role }], more);
  desk.db.$client.prepare('UPDATE device_state SET account = ?').run(JSON.stringify({ id, name, role }));
}
