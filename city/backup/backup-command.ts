/** `--backup FILE` and `--backup-verified URL`: a backup of the embedded database, or one that PostgreSQL's own tools made, checked by restoring it. */
import { existsSync } from 'node:fs';
import { open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fail } from '../../shared/problem.ts';
import { type Clock, iso } from '../clock.ts';
import type { CityDb } from '../db/handle.ts';
import { migrate } from '../db/migrate.ts';
import { type CityDbPlace, openCityDb, openCopy } from '../db/open.ts';
import type { BackupMark } from './log-digest.ts';
import { verifyBackup } from './verify-backup.ts';

type Place = CityDbPlace & { readonly clock: Clock };

/** Of the embedded database, while no hub runs on its folder. The file gets its name only once it was found whole. */
export async function backupTo(place: Place, file: string): Promise<BackupMark> {
  if (place.databaseUrl) fail('BACKUP_BY_POSTGRES');
  if (existsSync(file)) fail('BACKUP_FILE_EXISTS', { file: path.basename(file) });
  const opened = await openCityDb(place);
  const part = `${file}.part`;
  try {
    await migrate(opened.db);
    await writeWhole(part, await opened.dump());
    const mark = await checkCopy(opened.db, { part, file, now: new Date(place.clock.now()) });
    await opened.settle();
    await rename(part, file);
    return mark;
  } finally {
    await opened.close();
    await rm(part, { force: true });
  }
}

/** Read back from the disk: what was written is what is checked. */
async function checkCopy(
  live: CityDb,
  { part, file, now }: { readonly part: string; readonly file: string; readonly now: Date },
): Promise<BackupMark> {
  const copy = await openCopy(await readFile(part)).catch(() =>
    fail('BACKUP_NOT_EQUAL', { detail: 'không mở lại được' }),
  );
  try {
    return await verifyBackup({ live, restored: copy.db, place: path.basename(file), now });
  } finally {
    await copy.close();
  }
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'w', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** `url`: a database into which a backup of the city's PostgreSQL was restored (pg_dump, pg_restore). */
export async function checkRestored(place: Place, url: string): Promise<BackupMark> {
  if (!place.databaseUrl) fail('BACKUP_BY_POSTGRES');
  const live = await openCityDb(place);
  const restored = await openCityDb({ databaseUrl: url, dataDir: place.dataDir });
  try {
    await migrate(live.db);
    const name = new URL(url).pathname.slice(1);
    return await verifyBackup({
      live: live.db,
      restored: restored.db,
      place: name,
      now: new Date(place.clock.now()),
    });
  } finally {
    await restored.close();
    await live.close();
  }
}

export function markLine({ hub, events, place, at }: BackupMark): string {
  return JSON.stringify({ event: 'backup-verified', hub, events, place, at: iso(at.getTime()) });
}
