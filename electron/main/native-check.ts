/** The SQLite module is the one program file outside the sealed archive: it must be the one that was packed. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const seal = z.strictObject({ file: z.string(), sha256: z.string() });

/** `sealed` stands in the archive, whose own integrity Electron checks; `resources` is the package's resources folder. */
export function isNativeWhole(sealed: string, resources: string): boolean {
  try {
    const { file, sha256 } = seal.parse(JSON.parse(readFileSync(sealed, 'utf8')));
    const module = path.join(resources, 'app.asar.unpacked/node_modules/better-sqlite3', file);
    return createHash('sha256').update(readFileSync(module)).digest('hex') === sha256;
  } catch {
    return false;
  }
}
