/**
 * Where the data must not lie: on a network drive (its locks and syncs cannot be trusted) and in a folder that another program copies away
 * and writes back (OneDrive, Dropbox). What the system says is given, so that every kind of place can be tried.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { fail } from '../shared/problem.ts';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `/proc/mounts` of Linux; '' elsewhere. */
  readonly mounts: string;
}
export type PlaceTrouble = { readonly code: 'DB_PLACE_NETWORK' | 'DB_PLACE_SYNCED'; readonly place: string };

const NETWORK_TYPES =
  /^(nfs\d?|cifs|smb\d?|smbfs|smb3|afs|9p|ceph|davfs|ncpfs|fuse\.(sshfs|rclone|davfs2?|s3fs|gvfsd-fuse|onedriver))$/;
const SYNCED_FOLDER =
  /^(OneDrive( - .+)?|Dropbox( \(.+\))?|Google Drive|GoogleDrive|My Drive|iCloudDrive|Box( Sync)?|Nextcloud|MEGA)$/i;
const ONEDRIVE = ['OneDrive', 'OneDriveConsumer', 'OneDriveCommercial'];

/** `folder`: absolute, links followed. null = a good place. */
export function placeTrouble(folder: string, { platform, env, mounts }: Surroundings): PlaceTrouble | null {
  const windows = platform === 'win32';
  // Windows follows a mapped drive letter to its server.
  if (windows && /^\\\\(?![.?]\\[A-Za-z]:)/.test(folder)) return { code: 'DB_PLACE_NETWORK', place: folder };
  if (!windows && NETWORK_TYPES.test(typeAt(folder, mounts)))
    return { code: 'DB_PLACE_NETWORK', place: folder };
  const parts = folder.split(windows ? /[\\/]/ : '/');
  const named = parts.findIndex((part) => SYNCED_FOLDER.test(part));
  if (named >= 0) return { code: 'DB_PLACE_SYNCED', place: parts[named] ?? '' };
  const lower = (text: string) => text.toLowerCase().replaceAll('/', '\\');
  const cloud = ONEDRIVE.flatMap((name) => env[name] || []).find((root) =>
    `${lower(folder)}\\`.startsWith(`${lower(root)}\\`),
  );
  return cloud && windows ? { code: 'DB_PLACE_SYNCED', place: 'OneDrive' } : null;
}

/** The type of the file system that the longest mount point above the folder names. */
function typeAt(folder: string, mounts: string): string {
  let found = { point: '', type: '' };
  for (const line of mounts.split('\n')) {
    const [, raw = '', type = ''] = line.split(' ');
    const point = raw.replaceAll(/\\(\d{3})/g, (_, code: string) =>
      String.fromCharCode(Number.parseInt(code, 8)),
    );
    const above =
      point !== '' && (folder === point || folder.startsWith(point.endsWith('/') ? point : `${point}/`));
    // Of two mounts on one point the later one lies on top.
    if (above && point.length >= found.point.length) found = { point, type };
  }
  return found.type;
}

/** Fails with DB_PLACE_NETWORK, DB_PLACE_SYNCED. The folder may still have to be made. */
export function requireGoodPlace(folder: string): void {
  let existing = path.resolve(folder);
  while (!existsSync(existing)) existing = path.dirname(existing);
  const real = path.join(realpathSync.native(existing), path.relative(existing, path.resolve(folder)));
  const mounts = existsSync('/proc/mounts') ? readFileSync('/proc/mounts', 'utf8') : '';
  const trouble = placeTrouble(real, { platform: process.platform, env: process.env, mounts });
  if (trouble) fail(trouble.code, { place: trouble.place });
}
