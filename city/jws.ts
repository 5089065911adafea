/** Compact JWS, Ed25519 only. `typ` is checked: bytes signed for one purpose are never valid for another. */
import { CompactSign, compactVerify, importJWK } from 'jose';
import type { PublicJwk } from '../shared/contract/sync/messages.ts';
import { ALG, type TYP } from '../shared/contract/sync/version.ts';
import { canonicalJson } from '../shared/lib/canonical-json.ts';
import { fail } from '../shared/problem.ts';
import type { HubKeys } from './keys.ts';

export type Typ = (typeof TYP)[keyof typeof TYP];
const text = new TextDecoder('utf-8', { fatal: true });

/** Ed25519 is deterministic: the same payload gives the same text. */
export function signAsCity(keys: HubKeys, typ: Typ, payload: object): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(payload));
  return new CompactSign(bytes).setProtectedHeader({ alg: ALG, typ, kid: keys.kid }).sign(keys.receiptKey);
}

/** The payload of a JWS that this key really signed for this purpose. */
export async function verifyJws(jws: string, key: PublicJwk, typ: Typ): Promise<unknown> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(key, ALG), {
      algorithms: [ALG],
    });
    if (protectedHeader.typ === typ) return JSON.parse(text.decode(payload));
  } catch {
    // Every way in which a signature can be wrong is one answer: the caller learns nothing more.
  }
  return fail('SIGNATURE_INVALID');
}

/** What a JWS claims, unverified: only good for finding the key to verify it with. */
export function peekJws(jws: string): unknown {
  try {
    return JSON.parse(text.decode(Buffer.from(jws.split('.')[1] ?? '', 'base64url')));
  } catch {
    return fail('SIGNATURE_INVALID');
  }
}
