/**
 * The release that this hub hands out: one signed manifest and its installers in a folder that an operator fills. The hub passes the
 * manifest on as it is; whether its signature counts is decided by every desk for itself.
 */
import { open, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { PROTOCOL } from '../../shared/contract/sync/version.ts';
import {
  type Installer,
  overlaps,
  UPDATE_FILE,
  UPDATE_FILE_MAX_BYTES,
  type UpdateManifest,
  updateManifest,
} from '../../shared/domain/update.ts';

export interface ReleaseFolder {
  /** The manifest as it was signed (compact JWS); null where there is none that can be handed out. */
  manifest(): Promise<string | null>;
  /** At most `length` bytes of an installer of this manifest; null where it is not here in its full size. */
  read(sha256: string, offset: number, length: number): Promise<Uint8Array | null>;
}

export function openReleaseFolder(folder: string): ReleaseFolder {
  async function current(): Promise<{ jws: string; release: UpdateManifest } | null> {
    const file = path.join(folder, UPDATE_FILE);
    const size = await stat(file).then(
      (found) => found.size,
      () => null,
    );
    if (size === null || size > UPDATE_FILE_MAX_BYTES) return null;
    const jws = (await readFile(file, 'utf8')).trim();
    const release = contentOf(jws);
    return release && overlaps(release.protocol, PROTOCOL) ? { jws, release } : null;
  }
  return {
    manifest: async () => (await current())?.jws ?? null,
    async read(sha256, offset, length) {
      const found = (await current())?.release.files.find((file) => file.sha256 === sha256);
      return found ? piece(path.join(folder, found.name), found, { offset, length }) : null;
    },
  };
}

/** Unverified: only to find the files of that name. */
function contentOf(jws: string): UpdateManifest | null {
  try {
    const text = Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8');
    const parsed = updateManifest.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

async function piece(
  file: string,
  { size }: Installer,
  { offset, length }: { readonly offset: number; readonly length: number },
): Promise<Uint8Array | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return null;
  try {
    if ((await handle.stat()).size !== size) return null;
    const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)));
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
    return bytes.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}
