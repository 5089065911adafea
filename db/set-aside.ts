/** Files of the store that a start set aside. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

export const ASIDE = 'set-aside';

export function asideFiles(folder: string): readonly string[] {
  const place = path.join(folder, ASIDE);
  return existsSync(place) ? readdirSync(place) : [];
}

/** Only on a person's word: they may hold what nothing else does. */
export function dropAside(folder: string): void {
  for (const name of asideFiles(folder)) rmSync(path.join(folder, ASIDE, name), { recursive: true });
}
