// Where things are: the clone, the built app, and the cache that outlives a clone.
import { mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure } from './say.mjs';

export const root = path.resolve(import.meta.dirname, '../..');
export const isLinux = process.platform === 'linux';
export const isRoot = process.getuid?.() === 0;

/** A path in the cache folder; the folder that holds it is made. */
export function cached(...parts) {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache');
  const file = path.join(base, 'so-mot-cua', ...parts);
  try {
    mkdirSync(path.dirname(file), { recursive: true });
  } catch (error) {
    throw new Failure(
      `The cache folder ${path.dirname(file)} cannot be written (${error.code}). Set XDG_CACHE_HOME to one that can.`,
    );
  }
  return file;
}

/** A path in the user's data folder. */
export function userData(...parts) {
  const base = process.env.XDG_DATA_HOME || path.join(os.homedir(), '.local', 'share');
  return path.join(base, 'so-mot-cua', ...parts);
}
