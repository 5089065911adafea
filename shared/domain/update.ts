/** A release as it says of itself, and which of them a machine takes. One manifest for all platforms, signed with a key of its own (docs/decisions/024). */
import { z } from 'zod';
import { fail } from '../problem.ts';

/** Name of the signed manifest (compact JWS) beside the installers: in the hub's folder and on a USB stick. */
export const UPDATE_FILE = 'so-mot-cua.ban-cap-nhat';
export const UPDATE_FILE_MAX_BYTES = 64 * 1024;
export const INSTALLER_MAX_BYTES = 600 * 1024 * 1024;

export const versionText = z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/);
const installer = z.strictObject({
  /** `process.platform` and `process.arch`, as in `linux-x64`. */
  platform: z.string().regex(/^(linux|win32|darwin)-[a-z0-9]{2,8}$/),
  /** A plain name: it becomes a file's. */
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.(deb|exe)$/),
  size: z.int().min(1).max(INSTALLER_MAX_BYTES),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});
export type Installer = z.infer<typeof installer>;

export const updateManifest = z.strictObject({
  v: z.literal(1),
  version: versionText,
  at: z.iso.datetime(),
  /** What changed, a sentence each, for clerks. */
  notes: z.array(z.string().min(1).max(300)).max(20),
  /** Number of the newest table change that it knows: a store never goes back. */
  schema: z.int().min(1).max(9_999),
  /** The oldest version that it may be installed over. */
  from: versionText,
  /** Of the line to the city. */
  protocol: z.strictObject({ min: z.int().min(1), max: z.int().min(1) }),
  files: z.array(installer).min(1).max(10),
});
export type UpdateManifest = z.infer<typeof updateManifest>;

/** A public update key. Two may stand beside each other while one takes the place of the other. */
export const updateKey = z.strictObject({
  /** Thumbprint of the key (RFC 7638). */
  kid: z.string().min(20).max(60),
  x: z.string().min(40).max(50),
  /** Takes nothing from this moment on; null = no end yet. */
  until: z.iso.datetime().nullable(),
});
export type UpdateKey = z.infer<typeof updateKey>;
export const updateKeys = z.array(updateKey).max(4);

/** Below 0: `a` is the older one. Anything behind the three numbers does not count. */
export function compareVersions(a: string, b: string): number {
  const numbers = (text: string) => [0, 1, 2].map((i) => Number.parseInt(text.split('.')[i] ?? '0', 10) || 0);
  const [left, right] = [numbers(a), numbers(b)];
  for (const [i, n] of left.entries()) if (n !== right[i]) return n - (right[i] ?? 0);
  return 0;
}

export interface OwnBuild {
  readonly version: string;
  readonly platform: string;
  /** Newest table change of the store. */
  readonly schema: number;
  readonly protocol: { readonly min: number; readonly max: number };
}

/** The installer for this machine. Fails with UPDATE_NOT_NEWER, UPDATE_OTHER_PLATFORM, UPDATE_STEP_BETWEEN, UPDATE_OLD_TABLES, UPDATE_PROTOCOL. */
export function installerFor(manifest: UpdateManifest, own: OwnBuild): Installer {
  const { version, schema, from, protocol } = manifest;
  if (compareVersions(version, own.version) <= 0) fail('UPDATE_NOT_NEWER', { version, own: own.version });
  const found = manifest.files.find((file) => file.platform === own.platform);
  if (!found) return fail('UPDATE_OTHER_PLATFORM', { version, platform: own.platform });
  if (compareVersions(own.version, from) < 0) fail('UPDATE_STEP_BETWEEN', { version, from });
  if (schema < own.schema) fail('UPDATE_OLD_TABLES', { version });
  if (!overlaps(protocol, own.protocol)) fail('UPDATE_PROTOCOL', { version });
  return found;
}

export function overlaps(a: OwnBuild['protocol'], b: OwnBuild['protocol']): boolean {
  return a.min <= b.max && b.min <= a.max;
}
