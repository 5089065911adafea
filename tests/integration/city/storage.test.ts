/** The database: tables as the code believes them, append-only where promised, one program per folder. */
import { randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { getTableConfig, type PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { lockFolder } from '../../../city/db/folder-lock.ts';
import { rowsOf, wholeColumn } from '../../../city/db/handle.ts';
import { MIGRATIONS, migrate } from '../../../city/db/migrate.ts';
import { openCityDb } from '../../../city/db/open.ts';
import { rebuildIfDue } from '../../../city/db/rebuild.ts';
import {
  accounts,
  alerts,
  backupMarks,
  deviceContacts,
  deviceRevocations,
  devices,
  enrolCodes,
  epochs,
} from '../../../city/db/schema/place.ts';
import {
  accessHeads,
  eventRepeats,
  events,
  judgements,
  receipts,
  streams,
} from '../../../city/db/schema/stream.ts';
import {
  components,
  counts,
  days,
  dossiers,
  reportRecords,
  settings,
  sheets,
  targets,
} from '../../../city/db/schema/subject.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { loadKeys } from '../../../city/keys.ts';
import { startHub } from '../../../city/start.ts';
import { enrolDesk, makeEvent, sendEvents } from '../../support/fake-desk.ts';
import { engines, freshDatabase, startTestHub, type TestHub } from '../../support/hub.ts';
import { actOn, correctCatalogue, receiveDossier, recordCounts } from '../../support/wire-events.ts';

const tables: readonly PgTable[] = [
  epochs,
  alerts,
  devices,
  accounts,
  enrolCodes,
  deviceContacts,
  deviceRevocations,
  backupMarks,
  streams,
  accessHeads,
  events,
  eventRepeats,
  receipts,
  judgements,
  dossiers,
  components,
  days,
  sheets,
  counts,
  settings,
  targets,
  reportRecords,
];

describe.each(engines())('storage on %s', (engine) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(() => hub.remove());

  test('the tables have the columns that the code believes in', async () => {
    const row = z.object({ t: z.string(), c: z.string(), type: z.string(), required: z.boolean() });
    const found = await rowsOf(
      hub.db,
      sql`select c.relname as t, a.attname as c, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as required
      from pg_attribute a join pg_class c on c.oid = a.attrelid where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'migration' and a.attnum > 0 and not a.attisdropped`,
      row,
    );
    const believed = tables.flatMap((table) => {
      const { name, columns, primaryKeys } = getTableConfig(table);
      const inKey = new Set(primaryKeys.flatMap((k) => k.columns.map((c) => c.name)));
      return columns.map((c) => `${name}.${c.name} ${c.getSQLType()} ${c.notNull || inKey.has(c.name)}`);
    });
    const real = found.map((f) => `${f.t}.${f.c} ${f.type} ${f.required}`);
    expect(real.sort()).toEqual(believed.sort());
  });

  test('events, words, alerts and receipts can be neither changed nor deleted', async () => {
    const desk = await enrolDesk(hub);
    await sendEvents(desk, [makeEvent(desk, receiveDossier())]);
    for (const statement of [
      "update event set raw = ''",
      'delete from event',
      'truncate event',
      "update receipt set jws = ''",
      'delete from receipt',
      'truncate receipt',
      'delete from judgement',
      "update judgement set scope = '{}'",
      'delete from alert',
      "update alert set kind = 'fork'",
      'delete from device_revocation',
      "update device_revocation set reason = ''",
      'delete from backup_mark',
      'update backup_mark set hub = 0',
      'delete from event_repeat',
      "update event_repeat set raw = ''",
    ])
      await expect(hub.db.execute(sql.raw(statement)), statement).rejects.toMatchObject({
        cause: { message: expect.stringContaining('append-only') },
      });
  });

  test('migrating again changes nothing; a database of a newer hub is refused', async () => {
    expect(await migrate(hub.db)).toBe(readdirSync(MIGRATIONS).length);
    await hub.db.execute(sql`insert into migration (version, name) values (99, 'later')`);
    await expect(migrate(hub.db)).rejects.toMatchObject({ code: 'DB_FROM_FUTURE' });
    await hub.db.execute(sql`delete from migration where version = 99`);
  });

  test('where a migration made tables anew, the next start folds all events into them, once', async () => {
    const desk = await enrolDesk(hub, '26740', 'head');
    const { subject, ...dossier } = receiveDossier();
    const wishes = [
      { subject, ...dossier },
      actOn(subject.id, 1, { action: 'result_received', components: ['K1'] }),
      recordCounts({ hoi_nong_dan: 3 }),
      correctCatalogue('26740'),
    ];
    await sendEvents(
      desk,
      wishes.map((wish) => makeEvent(desk, wish)),
    );
    await hub.db.execute(sql`delete from component where dossier = ${subject.id}`);
    await hub.db.execute(sql`update dossier set steps = '[]', form = '{}'`);
    await hub.db.execute(sql`delete from count`);
    await hub.db.execute(sql`delete from setting`);
    await rebuildIfDue(hub.db);
    expect(await verifyProjections(hub.db)).not.toEqual([]);
    for (let start = 0; start < 2; start++) {
      await hub.db.execute(sql`create table if not exists rebuild_due (one integer primary key)`);
      await rebuildIfDue(hub.db);
      expect(await verifyProjections(hub.db)).toEqual([]);
    }
  });

  test('a database from before later words keeps its receipts, each of its epoch and at its place', async () => {
    const dataDir = mkdtempSync(path.join(os.tmpdir(), 'smc-old-'));
    const database = engine === 'postgres' ? await freshDatabase() : null;
    const { db, close } = await openCityDb({ databaseUrl: database?.url ?? '', dataDir });
    const old = path.join(dataDir, 'migrations');
    mkdirSync(old);
    for (const name of readdirSync(MIGRATIONS).filter((n) => n < '0005'))
      cpSync(path.join(MIGRATIONS, name), path.join(old, name));
    await migrate(db, old);
    const [device, stream, event, epoch] = [1, 2, 3, 4].map(() => randomUUID());
    await db.execute(sql`insert into epoch values (${epoch}, 1, 'x', now())`);
    await db.execute(
      sql`insert into device (id, name, unit, key, demo, enrolled_at) values (${device}, 'm', '79', 'k', false, now())`,
    );
    await db.execute(sql`insert into stream values (${stream}, ${device}, 1, 'h', false, now())`);
    await db.execute(sql`insert into event (id, stream, seq, device, schema, raw, hash, received_at, verdict_kind, verdict, scope)
      values (${event}, ${stream}, 1, ${device}, 1, '{}', 'h', now(), 'rejected', '{"kind":"rejected","revision":0}', '{}')`);
    for (const batch of ['a', 'b'])
      await db.execute(
        sql`insert into receipt values (${batch}, ${stream}, 1, ${batch === 'a' ? 1 : 0}, 'jws', now())`,
      );
    await migrate(db);
    const row = z.object({ batch: z.string(), epoch: z.string(), hub: wholeColumn });
    expect(
      await rowsOf(db, sql`select batch, epoch::text as epoch, hub from receipt order by batch`, row),
    ).toEqual([
      { batch: 'a', epoch, hub: 1 },
      { batch: 'b', epoch, hub: 1 },
    ]);
    await expect(db.execute(sql`delete from receipt`)).rejects.toMatchObject({
      cause: { message: expect.stringContaining('append-only') },
    });
    await close();
    await database?.drop();
    rmSync(dataDir, { recursive: true });
  });

  test('the key file is private; a hub with the keys of another does not start', async () => {
    expect(statSync(path.join(hub.dataDir, 'hub-keys.json')).mode & 0o777).toBe(0o600);
    const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'smc-keys-'));
    const [a, b] = [await loadKeys(elsewhere), await loadKeys(elsewhere)];
    expect(b.receiptPublic).toEqual(a.receiptPublic);
    expect(a.receiptPublic).not.toEqual(hub.keys.receiptPublic);
    rmSync(elsewhere, { recursive: true });
  });
});

describe('the embedded database', () => {
  const folder = () => mkdtempSync(path.join(os.tmpdir(), 'smc-lock-'));

  test('a second hub on the same folder is refused, and the folder is free afterwards', async () => {
    const dataDir = folder();
    const hub = await startHub({ dataDir });
    await expect(startHub({ dataDir })).rejects.toMatchObject({ code: 'HUB_FOLDER_IN_USE' });
    expect((await fetch(`${hub.url}/health`)).status).toBe(200);
    const epoch = await hub.epoch();
    await hub.close();
    const again = await startHub({ dataDir });
    expect(await again.epoch()).toBe(epoch);
    await again.close();
    expect(existsSync(path.join(dataDir, 'hub.lock'))).toBe(false);
    rmSync(dataDir, { recursive: true });
  });

  test('other keys on an old database are refused', async () => {
    const dataDir = folder();
    await (await startHub({ dataDir })).close();
    rmSync(path.join(dataDir, 'hub-keys.json'));
    await expect(startHub({ dataDir })).rejects.toThrow('hub-keys.json');
    rmSync(dataDir, { recursive: true });
  });

  test('the lock of a dead program is taken over, the lock of a living one is not', () => {
    const dir = folder();
    const file = path.join(dir, 'hub.lock');
    for (const stale of ['4194305 1', '', 'nonsense', `${process.pid} 1`]) {
      writeFileSync(file, stale);
      lockFolder(dir).release();
      expect(existsSync(file), stale).toBe(false);
    }
    writeFileSync(file, `${process.ppid} ?`);
    expect(() => lockFolder(dir)).toThrow('HUB_FOLDER_IN_USE');
    expect(readFileSync(file, 'utf8')).toBe(`${process.ppid} ?`);
    rmSync(dir, { recursive: true });
  });
});
