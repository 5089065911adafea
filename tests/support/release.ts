/** Releases for tests: real keys, real signatures, an installer of invented bytes, as the release task writes them. */
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CompactSign, calculateJwkThumbprint, importJWK } from 'jose';
import type { PrivateJwk } from '../../db/queries/device.ts';
import { ALG, TYP } from '../../shared/contract/sync/version.ts';
import { UPDATE_FILE, type UpdateKey, type UpdateManifest } from '../../shared/domain/update.ts';
import { makeKeys } from './role-papers.ts';

export interface ReleaseKey {
  readonly privateKey: PrivateJwk;
  readonly trusted: UpdateKey;
}
export async function releaseKey(until: string | null = null): Promise<ReleaseKey> {
  const { privateKey, publicKey } = makeKeys();
  const kid = await calculateJwkThumbprint(publicKey);
  return { privateKey, trusted: { kid, x: publicKey.x, until } };
}

export async function signManifest(
  content: unknown,
  { privateKey, trusted }: ReleaseKey,
  header: object = {},
): Promise<string> {
  const bytes = new TextEncoder().encode(typeof content === 'string' ? content : JSON.stringify(content));
  return new CompactSign(bytes)
    .setProtectedHeader({ alg: ALG, typ: TYP.update, kid: trusted.kid, ...header })
    .sign(await importJWK(privateKey, ALG));
}

export const PLATFORM = 'linux-x64';
/** An installer of `size` bytes that differ from those of every other version. */
export function installerOf(version: string, size = 1_300_000): Buffer {
  const seed = createHash('sha256').update(version).digest();
  const bytes = Buffer.alloc(size);
  for (let i = 0; i < size; i += seed.length) seed.copy(bytes, i);
  return bytes;
}

export function manifestOf(
  version: string,
  bytes: Uint8Array,
  more: Partial<UpdateManifest> = {},
): UpdateManifest {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const name = `so-mot-cua_${version}_amd64.deb`;
  return {
    v: 1,
    version,
    at: '2026-11-19T02:00:00.000Z',
    notes: ['Sửa lỗi in Mẫu 02.'],
    schema: 99,
    from: '0.1.0',
    protocol: { min: 1, max: 1 },
    files: [{ platform: PLATFORM, name, size: bytes.byteLength, sha256 }],
    ...more,
  };
}

export interface Release {
  readonly version: string;
  readonly key: ReleaseKey;
  readonly bytes?: Uint8Array;
  readonly more?: Partial<UpdateManifest>;
  readonly header?: object;
  readonly platform?: string;
}
/** As the operator of a hub, or of a stick, puts it there. Answers the installer's bytes. */
export async function writeRelease(
  folder: string,
  { version, key, bytes = installerOf(version), more = {}, header = {}, platform = PLATFORM }: Release,
): Promise<Uint8Array> {
  mkdirSync(folder, { recursive: true });
  const { files, ...made } = manifestOf(version, bytes, more);
  const manifest = { ...made, files: more.files ?? files.map((file) => ({ ...file, platform })) };
  for (const { name } of manifest.files) writeFileSync(path.join(folder, name), bytes);
  writeFileSync(path.join(folder, UPDATE_FILE), await signManifest(manifest, key, header));
  return bytes;
}
