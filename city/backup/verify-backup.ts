/** A backup counts once it was restored and found equal: only then is the mark raised. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { fail } from '../../shared/problem.ts';
import { type CityDb, rowsOf } from '../db/handle.ts';
import { databaseSelf, readEpoch } from '../db/queries/epoch.ts';
import { verifyProjections } from '../db/verify.ts';
import { addBackupMark, type BackupMark, brokenStream, digestUpTo } from './log-digest.ts';

interface Wish {
  /** The database that the city works with. */
  readonly live: CityDb;
  /** The backup, restored into a database of its own. */
  readonly restored: CityDb;
  /** How people find it again: a file's name, a database's name. */
  readonly place: string;
  readonly now: Date;
}

/** Fails with BACKUP_NOT_EQUAL, BACKUP_IS_LIVE; nothing is marked then. */
export async function verifyBackup({ live, restored, place, now }: Wish): Promise<BackupMark> {
  if (await isSame(live, restored)) fail('BACKUP_IS_LIVE');
  const epoch = await readEpoch(restored).catch(() => null);
  if (!epoch) return notEqual('không có kỳ dữ liệu');
  const hub = epoch.newest;
  const [here, there] = [await digestUpTo(live, hub), await digestUpTo(restored, hub)];
  if (here.events !== there.events) notEqual(`bản ghi: ${there.events}, đang dùng: ${here.events}`);
  if (here.digest !== there.digest) notEqual(`mã kiểm tra đến số ${hub}`);
  const stream = await brokenStream(restored);
  if (stream !== null) notEqual(`dãy ${stream.slice(0, 8)}`);
  const wrong = await verifyProjections(restored);
  if (wrong.length > 0) notEqual(`${wrong.length} bảng tổng hợp`);
  const mark: BackupMark = { hub, ...there, place, at: now };
  await addBackupMark(live, mark);
  return mark;
}

function notEqual(detail: string): never {
  return fail('BACKUP_NOT_EQUAL', { detail });
}

/** The same database given twice proves nothing. */
async function isSame(a: CityDb, b: CityDb): Promise<boolean> {
  const [one, other] = [await selfOf(a), await selfOf(b)];
  return one !== null && one === other;
}

/** A server process names its cluster and database; an embedded database has none of its own. */
async function selfOf(db: CityDb): Promise<string | null> {
  const [{ systemId }, [row]] = [
    await databaseSelf(db),
    await rowsOf(db, sql`select current_database() as name, inet_server_port() as port`, self),
  ];
  return systemId === null || row?.port == null ? null : `${systemId} ${row.name}`;
}
const self = z.object({ name: z.string(), port: z.number().nullable() });
