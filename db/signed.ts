/**
 * Checks what the city signed and this machine keeps (compact JWS, Ed25519), without waiting: it is asked for in the middle of a call.
 * The same text under the same key is checked once.
 */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { PublicJwk } from '../shared/contract/sync/messages.ts';
import { ALG } from '../shared/contract/sync/version.ts';

const header = z.looseObject({ alg: z.literal(ALG), typ: z.string() });
const known = new Map<string, unknown>();
const MOST_KNOWN = 200;

/** The payload as the schema reads it; null where signature, purpose or shape is not right. */
export function readSigned<S extends z.ZodType>(
  jws: string,
  { key, typ, schema }: { readonly key: PublicJwk; readonly typ: string; readonly schema: S },
): z.output<S> | null {
  const name = `${typ} ${key.x} ${jws}`;
  if (!known.has(name)) {
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(name, schema.safeParse(payloadOf(jws, key, typ)).data ?? null);
  }
  return known.get(name) as z.output<S> | null;
}

function payloadOf(jws: string, key: PublicJwk, typ: string): unknown {
  const [head = '', body = '', signature = '', ...more] = jws.split('.');
  if (more.length > 0) return null;
  try {
    if (header.parse(fromBase64(head)).typ !== typ) return null;
    const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' });
    const signed = Buffer.from(`${head}.${body}`);
    return verify(null, signed, publicKey, Buffer.from(signature, 'base64url')) ? fromBase64(body) : null;
  } catch {
    return null;
  }
}

function fromBase64(text: string): unknown {
  return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
}
