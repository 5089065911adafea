/** The signature of this machine, made inside a transaction: `node:crypto` signs at once, `jose` would have to be waited for. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import type { PublicJwk } from '../shared/contract/sync/messages.ts';
import { once, type ReadDb } from './handle.ts';

interface Signer {
  readonly device: string;
  sign(text: string): string;
}
const known = new WeakMap<object, { readonly jwk: string; readonly signer: Signer }>();

/** Null before enrolment. */
export function deviceSigner(db: ReadDb): Signer | null {
  const statement = once(db, 'device.signer', () =>
    db.$client.prepare('SELECT device, private_key AS jwk FROM device_state'),
  );
  const row = statement.get() as { device: string; jwk: string } | undefined;
  if (!row) return null;
  const kept = known.get(db.$client);
  if (kept?.jwk === row.jwk && kept.signer.device === row.device) return kept.signer;
  const key = createPrivateKey({ key: JSON.parse(row.jwk), format: 'jwk' });
  const signer: Signer = {
    device: row.device,
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  };
  known.set(db.$client, { jwk: row.jwk, signer });
  return signer;
}

export const publicKeyOf = ({ kty, crv, x }: PublicJwk): KeyObject =>
  createPublicKey({ key: { kty, crv, x }, format: 'jwk' });

export function isSignedBy(key: KeyObject, text: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  // The last letter has bits that no byte needs: one signature must not have several spellings.
  return bytes.toString('base64url') === signature && verify(null, Buffer.from(text), key, bytes);
}
