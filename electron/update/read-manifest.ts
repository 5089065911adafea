/** A manifest counts only by its signature: size, key and signature come before anything in it is read. */
import { compactVerify, decodeProtectedHeader, importJWK } from 'jose';
import { ALG, TYP } from '../../shared/contract/sync/version.ts';
import {
  UPDATE_FILE_MAX_BYTES,
  type UpdateKey,
  type UpdateManifest,
  updateManifest,
} from '../../shared/domain/update.ts';
import { fail } from '../../shared/problem.ts';

const HEADER_MAX = 500;

/** `now`: epoch ms. Fails with UPDATE_UNREADABLE, UPDATE_KEY_UNKNOWN, UPDATE_KEY_EXPIRED, UPDATE_SIGNATURE. */
export async function readManifest(
  jws: string,
  keys: readonly UpdateKey[],
  now: number,
): Promise<UpdateManifest> {
  const { x, until } = keyOf(jws, keys);
  const bytes = await verified(jws, x);
  // A clock that was put back must not make an old key good again for something that was made later.
  const manifest = contentOf(bytes);
  if (until !== null && Math.max(now, Date.parse(manifest.at)) >= Date.parse(until))
    fail('UPDATE_KEY_EXPIRED', { until: until.slice(0, 10).split('-').reverse().join('/') });
  return manifest;
}

function keyOf(jws: string, keys: readonly UpdateKey[]): UpdateKey {
  const [head = ''] = jws.split('.', 1);
  if (jws.length > UPDATE_FILE_MAX_BYTES || head.length > HEADER_MAX) fail('UPDATE_UNREADABLE');
  const header = headerOf(jws);
  if (header.alg !== ALG || header.typ !== TYP.update || typeof header.kid !== 'string')
    return fail('UPDATE_UNREADABLE');
  return keys.find(({ kid }) => kid === header.kid) ?? fail('UPDATE_KEY_UNKNOWN');
}

function headerOf(jws: string) {
  try {
    return decodeProtectedHeader(jws);
  } catch {
    return fail('UPDATE_UNREADABLE');
  }
}

async function verified(jws: string, x: string): Promise<Uint8Array> {
  try {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x }, ALG);
    return (await compactVerify(jws, key, { algorithms: [ALG] })).payload;
  } catch {
    return fail('UPDATE_SIGNATURE');
  }
}

function contentOf(bytes: Uint8Array): UpdateManifest {
  try {
    return updateManifest.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return fail('UPDATE_UNREADABLE');
  }
}
