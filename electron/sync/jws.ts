/** Signing and checking, by the library `jose`. `typ` keeps bytes signed for one purpose from being taken for another. */
import { CompactSign, compactVerify, importJWK } from 'jose';
import type { z } from 'zod';
import type { PrivateJwk } from '../../db/queries/device.ts';
import type { PublicJwk } from '../../shared/contract/sync/messages.ts';
import { ALG } from '../../shared/contract/sync/version.ts';
import { fail, type ProblemCode } from '../../shared/problem.ts';

export async function sign(payload: unknown, typ: string, key: PrivateJwk): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(payload));
  return new CompactSign(bytes).setProtectedHeader({ alg: ALG, typ }).sign(await importJWK(key, ALG));
}

/** The payload, if the signature is by this key, the type is right and the content has the agreed shape. */
export async function verify<S extends z.ZodType>(
  jws: string,
  expect: { typ: string; key: PublicJwk; schema: S; otherwise: ProblemCode },
): Promise<z.output<S>> {
  try {
    const { payload, protectedHeader } = await compactVerify(jws, await importJWK(expect.key, ALG), {
      algorithms: [ALG],
    });
    if (protectedHeader.typ !== expect.typ) fail(expect.otherwise);
    return expect.schema.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch {
    return fail(expect.otherwise);
  }
}

/** What a JWS says that was verified before. */
export function payloadOf(jws: string): unknown {
  return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
}
