/** The browser's own folder: beside the data, or, where nothing can be written there, under the system's temporary one. */
import { createHash } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import path from 'node:path';

export function windowFolder(dataFolder: string, temporary: string): string {
  const beside = path.join(dataFolder, 'window');
  try {
    mkdirSync(beside, { recursive: true, mode: 0o700 });
    accessSync(beside, constants.W_OK);
    return beside;
  } catch {
    // The same for every start on this data: two windows must find each other.
    const of = createHash('sha256').update(dataFolder).digest('hex').slice(0, 8);
    return path.join(temporary, `so-mot-cua-cua-so-${of}`);
  }
}
