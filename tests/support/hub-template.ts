/** An empty city database in a folder of its own, made once and copied: to make one takes ten times as long as to open a copy. */
import { createHash } from 'node:crypto';
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { MIGRATIONS, migrate } from '../../city/db/migrate.ts';
import { openCityDb } from '../../city/db/open.ts';

const root = path.resolve(import.meta.dirname, '../..');
const shelf = path.join(root, 'out/hub-template');

/** Puts an empty embedded database, brought up to the newest migration, into the data folder of a hub. */
export async function fillHubFolder(dataDir: string): Promise<void> {
  const whole = path.join(shelf, fingerprint());
  if (!existsSync(whole)) await make(whole);
  cpSync(path.join(whole, 'pg'), path.join(dataDir, 'pg'), { recursive: true });
}

/** Of everything that the database is made from. */
function fingerprint(): string {
  const files = readdirSync(MIGRATIONS).map((name) => path.join(MIGRATIONS, name));
  const hash = createHash('sha256');
  for (const file of [...files.sort(), path.join(root, 'package-lock.json')]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

/** Several workers may make it at once: the first one whose folder is whole names it. */
async function make(whole: string): Promise<void> {
  const draft = `${whole}.${process.pid}`;
  const { db, close } = await openCityDb({ databaseUrl: '', dataDir: draft });
  await migrate(db);
  await close();
  try {
    renameSync(draft, whole);
  } catch (error) {
    if (!existsSync(whole)) throw error;
    rmSync(draft, { recursive: true });
  }
}
