/** F38: the first start after an update, killed at each touch of the disk and at any moment: nothing is lost, and the backup of before is there and sound. */
import { spawn } from 'node:child_process';
import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isSound, openCopy } from '../../../db/backup/copy.ts';
import { backupFolder, listBackups } from '../../../db/backup/folder.ts';
import type { ReadDb } from '../../../db/handle.ts';
import { truthTables } from '../../../db/journal/tables.ts';
import { fileKeyStore } from '../../../db/key-store.ts';
import { readMigrations } from '../../../db/migrate.ts';
import { connect, connectCopy, createFile, DATA_FILE, openDesk } from '../../../db/open.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { must } from '../../../shared/lib/must.ts';
import { faultRuns, faultSeed, tell } from '../../support/faults/size.ts';
import { form, reception } from '../../support/forms.ts';
import { MIGRATIONS, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const CHILD = fileURLToPath(new URL('../../support/children/first-start.ts', import.meta.url));
const RUNS = faultRuns(4);
/** Each is a few starts of a process; a machine may be busy. */
const PATIENCE_MS = 60_000 + RUNS * 30_000;
const here = tempFolder('first-start');
const at = (name: string) => path.join(here, name);
const now = readMigrations(MIGRATIONS).length;

/** What people and city wrote, however the tables are called and ordered. */
const TRUTH = ['event', 'draft', 'own_stream', 'receipt', 'device_state', 'machine_setting'] as const;
/** When this machine last knew what time it was: another one at each start. */
const EACH_START = ['seen_time'];
const rowsOf = (db: ReadDb) =>
  Object.fromEntries(
    TRUTH.map((table) => {
      const rows = db.$client.prepare(`SELECT * FROM ${table} ORDER BY 1, 2`).all() as { name?: string }[];
      return [table, rows.filter(({ name }) => !EACH_START.includes(name ?? ''))] as const;
    }),
  );
function truthOf(folder: string, migrations: string): Record<string, unknown[]> {
  const db = openDesk({ folder, migrationsFolder: migrations, keys: fileKeyStore(folder) });
  try {
    expect(verifyDesk(db).problems).toEqual([]);
    expect(db.$client.pragma('integrity_check', { simple: true })).toBe('ok');
    return rowsOf(db);
  } finally {
    db.$client.close();
  }
}

/** A desk after some work, with things half typed. */
async function workedIn(folder: string): Promise<void> {
  const desk = openTestDesk({ folder });
  const { ids } = desk.desk;
  for (let i = 0; i < 40; i++)
    await desk.call('dossier.receive', reception(ids.uuid(), i % 2 ? 'birth' : 'death'));
  for (let i = 0; i < 5; i++)
    await desk.call('draft.save', {
      id: ids.uuid(),
      chain: 'birth',
      values: form('birth', 1, { 'child.fullName': `Trẻ Mẫu ${i}` }),
    });
  await desk.close();
}

/** The store of the version before, as a machine has it when the new one starts: `from` = its newest table change. */
interface Case {
  readonly name: string;
  readonly from: number;
  readonly migrations: string;
  readonly prepare: (folder: string) => void;
}
const cases: readonly Case[] = [
  {
    name: 'a store of before the journal and the accounts (12)',
    from: 12,
    migrations: MIGRATIONS,
    prepare(folder) {
      const key = fileKeyStore(folder).open(true);
      const file = path.join(folder, DATA_FILE);
      renameSync(file, `${file}.today`);
      createFile(file, key, readMigrations(MIGRATIONS).slice(0, 12));
      const [store, today] = [connect(file, key), connectCopy(`${file}.today`, key)];
      store.pragma('foreign_keys = OFF');
      for (const { name } of truthTables(store)) copyRows(today.$client, store, name);
      for (const client of [store, today.$client]) client.close();
      for (const name of ['journal', 'backups', `${DATA_FILE}.today`])
        rmSync(path.join(folder, name), { recursive: true, force: true });
    },
  },
  {
    name: `a store of today (${now}) under a version to come, which folds all tables anew`,
    from: now,
    migrations: at('next'),
    prepare: () => undefined,
  },
];

/** What the old table had room for. */
function copyRows(from: Database, to: Database, table: string): void {
  const columns = (client: Database) =>
    (client.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => `"${name}"`);
  const known = columns(to).filter((name) => columns(from).includes(name));
  const blanks = known.map(() => '?').join();
  const put = to.prepare(`INSERT OR REPLACE INTO ${table} (${known.join()}) VALUES (${blanks})`);
  for (const row of from.prepare(`SELECT ${known.join()} FROM ${table}`).raw().all()) put.run(row);
}

beforeAll(async () => {
  cpSync(MIGRATIONS, at('next'), { recursive: true });
  const number = String(now + 1).padStart(4, '0');
  writeFileSync(
    path.join(at('next'), `${number}_to_come.sql`),
    `CREATE TABLE to_come (id TEXT PRIMARY KEY, raw TEXT NOT NULL) STRICT;
INSERT INTO to_come SELECT id, raw FROM event;
CREATE INDEX to_come_id ON to_come (id);
CREATE TABLE rebuild_due (one INTEGER PRIMARY KEY);\n`,
  );
  await workedIn(at('worked'));
});
afterAll(() => rmSync(here, { recursive: true, force: true }));

interface Came {
  /** Of the disk. */
  readonly touches: number;
  readonly ms: number;
}
/** `after`: ms after it began; `at`: its touch of the disk. Answers null where it was killed. */
function start(
  folder: string,
  migrations: string,
  kill: { at?: number; after?: number },
): Promise<Came | null> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', CHILD, folder, migrations, String(kill.at ?? 0)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const began = said === '' && kill.after !== undefined;
    said += text;
    if (began) setTimeout(() => child.kill('SIGKILL'), kill.after);
  });
  return new Promise((done, failed) =>
    child.once('close', (code, signal) => {
      if (signal === 'SIGKILL') return done(null);
      const [, touches, ms] = /touches (\d+) in (\d+) ms/.exec(said) ?? [];
      return code === 0 && touches
        ? done({ touches: Number(touches), ms: Number(ms) })
        : failed(new Error(`ended with ${code}: ${said}`));
    }),
  );
}

describe.each(cases)('$name', ({ from, migrations, prepare }) => {
  let before: Record<string, unknown[]>;
  let touches = 0;
  let ms = 0;
  const old = at(`old-${from}`);

  /** Nothing is lost, whoever looks; and what was before the tables changed stands in a backup that opens. */
  function expectWhole(folder: string): void {
    expect(truthOf(folder, migrations)).toEqual(before);
    const key = fileKeyStore(folder).open(true);
    const backup = must(
      listBackups(backupFolder(folder)).findLast((one) => one.reason === 'update'),
      'backup',
    );
    const copy = must(openCopy(backup.file, key), 'copy');
    try {
      expect(copy.$client.pragma('user_version', { simple: true })).toBe(from);
      expect(isSound(copy)).toBe(true);
      expect(copy.$client.prepare('SELECT count(*) FROM event').pluck().get()).toBe(before['event']?.length);
    } finally {
      copy.$client.close();
    }
    expect(readdirSync(backupFolder(folder)).filter((name) => name.endsWith('.new'))).toEqual([]);
  }
  const fresh = (name: string) => {
    const folder = at(`${name}-${from}`);
    rmSync(folder, { recursive: true, force: true });
    cpSync(old, folder, { recursive: true });
    return folder;
  };

  beforeAll(async () => {
    cpSync(at('worked'), old, { recursive: true });
    prepare(old);
    const whole = fresh('whole');
    ({ touches, ms } = must(await start(whole, migrations, {}), 'start'));
    const db = openDesk({ folder: whole, migrationsFolder: migrations, keys: fileKeyStore(whole) });
    before = rowsOf(db);
    db.$client.close();
    expect(before['event']).toHaveLength(40);
    expect(before['draft']).toHaveLength(5);
    expectWhole(whole);
  });

  test(
    'killed right before each touch of the disk, and killed again on the way back',
    async () => {
      const stride = Math.max(1, Math.floor(touches / RUNS));
      let kills = 0;
      for (let n = 1 + (faultSeed() % stride); n <= touches; n += stride) {
        const folder = fresh('stepped');
        expect(await start(folder, migrations, { at: n }), `touch ${n}`).toBeNull();
        const again = await start(folder, migrations, { at: 1 + ((n * 7) % touches) });
        kills += again === null ? 2 : 1;
        if (again === null) expect(await start(folder, migrations, {})).not.toBeNull();
        expectWhole(folder);
      }
      tell(`    ${kills} kills at ${touches} touches of the disk, 0 lost`);
      expect(kills).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  test(
    'killed at any moment, until it comes through',
    async () => {
      let kills = 0;
      for (let run = 0; run < RUNS / 2; run++) {
        const folder = fresh('random');
        const share = ((run * 7919 + faultSeed() * 104_729) % 1000) / 1000;
        for (let turn = 0; turn < 2; turn++)
          if ((await start(folder, migrations, { after: share * ms * (turn + 1) * 0.4 })) === null) kills++;
        expect(await start(folder, migrations, {})).not.toBeNull();
        expectWhole(folder);
      }
      tell(`    ${kills} kills at any moment, 0 lost`);
    },
    PATIENCE_MS,
  );
});
