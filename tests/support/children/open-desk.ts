/** A process that opens a desk's store, says what came of it, and ends. */
import { writeSync } from 'node:fs';
import { fileKeyStore } from '../../../db/key-store.ts';
import { closeDesk, openDesk } from '../../../db/open.ts';
import { Problem } from '../../../shared/problem.ts';
import { MIGRATIONS } from '../temp-desk.ts';

const [folder = ''] = process.argv.slice(2);
try {
  closeDesk(openDesk({ folder, migrationsFolder: MIGRATIONS, keys: fileKeyStore(folder) }));
  writeSync(1, 'OPENED');
} catch (error) {
  writeSync(1, error instanceof Problem ? error.code : String(error));
}
