/** A desk whose store was put back from a copy, or copied to a second machine: nothing is lost, no place of a stream gets two contents. */
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { currentStream, ownStreams, streamTip } from '../../../db/queries/stream.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const CELLS = ['hoi_nong_dan', 'hoi_cuu_chien_binh', 'nguoi_co_cong', 'hoi_chu_thap_do'];
let day = 0;
let asOf = '';
const count = (desk: TestDesk, cell: number, value: number) =>
  desk.call('count.record', {
    ...{ asOf, form: null, from: null, source: 'typed' as const },
    units: [
      {
        unit: '26743@2025-07-01',
        cells: [{ category: CELLS[cell] ?? '', measure: 'tong', value }],
      },
    ],
  });
const cellsOf = async (desk: TestDesk) =>
  (await desk.call('count.grid', { asOf, form: null, from: null })).rows[0]?.cells;
const waitingOf = async (desk: TestDesk) => (await desk.call('sync.state', {})).waiting;

let hub: TestHub;
let pair: Pair;
let copy: string;
const opened: TestDesk[] = [];
beforeAll(async () => {
  hub = await startTestHub('pglite');
});
afterAll(() => hub.remove());
afterEach(async () => {
  for (const desk of opened.splice(0)) {
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    await desk.close();
  }
  await pair.line.close();
  for (const folder of [copy, pair.desk.folder]) rmSync(folder, { recursive: true, force: true });
  expect(await verifyProjections(hub.db)).toEqual([]);
});

/** A machine that sent one figure; its folder is copied while it is closed. */
async function copied(): Promise<TestDesk> {
  asOf = `2026-08-${String(++day).padStart(2, '0')}`;
  pair = await enrolledPair(hub);
  await count(pair.desk, 0, 1);
  await pair.desk.call('sync.run', {});
  await pair.desk.close();
  copy = tempFolder('copy');
  cpSync(pair.desk.folder, copy, { recursive: true });
  return open(pair.desk.folder, 'later');
}
function open(folder: string, seed: string): TestDesk {
  const desk = openTestDesk({ folder, seed: `${seed}-${day}`, clock: pair.desk.clock });
  opened.push(desk);
  return desk;
}
async function close(desk: TestDesk): Promise<void> {
  await desk.close();
  opened.splice(opened.indexOf(desk), 1);
}
/** With its journal gone: a store that stands behind its journal is brought up to it before anything else (tests/integration/backup). */
function putBack(folder: string): void {
  cpSync(path.join(copy, 'desk.db'), path.join(folder, 'desk.db'));
  rmSync(path.join(folder, 'journal'), { recursive: true });
}
const atCity = (device: string) =>
  rowsOf(
    hub.db,
    sql`select count(distinct id)::int as n from event where device = ${device}`,
    z.object({ n: z.int() }),
  );

test('an older database under a newer mark gets a new stream before anything is written, also without a network', async () => {
  const desk = await copied();
  const stream = currentStream(desk.desk.db);
  await count(desk, 1, 2);
  await desk.call('sync.run', {});
  await close(desk);
  putBack(desk.folder);

  pair.line.down();
  const again = open(desk.folder, 'again');
  const fresh = currentStream(again.desk.db);
  expect(fresh).not.toBe(stream);
  expect(ownStreams(again.desk.db)).toEqual([stream, fresh]);
  expect(streamTip(again.desk.db, fresh).seq).toBe(0);
  await count(again, 2, 3);
  expect(await again.call('sync.run', {})).toMatchObject({ waiting: 1, line: 'offline' });

  pair.line.up();
  expect(await again.call('sync.run', {})).toMatchObject({
    waiting: 0,
    received: 3,
    attention: 0,
    lastError: null,
  });
  expect(currentStream(again.desk.db)).toBe(fresh);
  expect(await cellsOf(again)).toMatchObject({
    'hoi_nong_dan/tong': 1,
    'hoi_cuu_chien_binh/tong': 2,
    'nguoi_co_cong/tong': 3,
  });
  const { device } = await again.call('session.get', {});
  expect(await atCity(device?.id ?? '')).toEqual([{ n: 3 }]);
  const receipts = await again.call('receipt.list', {});
  expect(receipts.reduce((sum, row) => sum + row.accepted, 0)).toBe(3);
  // And it stays so: the next start finds nothing behind.
  await close(again);
  const third = open(desk.folder, 'third');
  expect(currentStream(third.desk.db)).toBe(fresh);
});

test('what the older copy had not sent yet waits on the new stream and arrives', async () => {
  const desk = await copied();
  await count(desk, 1, 2);
  await close(desk);
  cpSync(path.join(desk.folder, 'desk.db'), path.join(copy, 'desk.db'));
  const more = open(desk.folder, 'more');
  await count(more, 2, 3);
  await more.call('sync.run', {});
  await close(more);
  putBack(desk.folder);
  const again = open(desk.folder, 'again');
  expect(await waitingOf(again)).toBe(1);
  expect(await again.call('sync.run', {})).toMatchObject({
    waiting: 0,
    received: 3,
    attention: 0,
    lastError: null,
  });
});

test('where the mark was put back too, the city sees the fork, and both histories stand', async () => {
  const desk = await copied();
  const stream = currentStream(desk.desk.db);
  await count(desk, 1, 2);
  await desk.call('sync.run', {});
  await close(desk);
  putBack(desk.folder);
  cpSync(path.join(copy, 'stream-mark.json'), path.join(desk.folder, 'stream-mark.json'));

  const again = open(desk.folder, 'again');
  await count(again, 2, 3);
  expect(currentStream(again.desk.db)).toBe(stream);
  expect(await again.call('sync.run', {})).toMatchObject({
    waiting: 0,
    received: 3,
    attention: 0,
    lastError: null,
  });
  expect(currentStream(again.desk.db)).not.toBe(stream);
  expect(await cellsOf(again)).toMatchObject({ 'hoi_cuu_chien_binh/tong': 2, 'nguoi_co_cong/tong': 3 });
});

test('two machines of one copy end each on a stream of its own, and see each other’s work', async () => {
  const one = await copied();
  const two = open(copy, 'two');
  await count(one, 1, 2);
  await count(two, 2, 3);
  for (const desk of [one, two, one, two, one])
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, attention: 0, waiting: 0 });
  const streams = [one, two].map((desk) => currentStream(desk.desk.db));
  expect(new Set(streams).size).toBe(2);
  await count(one, 3, 4);
  await count(two, 0, 5);
  for (const desk of [one, two, one, two])
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0 });
  expect([one, two].map((desk) => currentStream(desk.desk.db))).toEqual(streams);
  const { device } = await one.call('session.get', {});
  expect(await atCity(device?.id ?? '')).toEqual([{ n: 5 }]);
});

test.each([
  ['missing', null],
  ['damaged', '{"v":1,'],
  ['of another machine', '{"v":1,"device":"x","stream":"y","seq":9,"hash":"z"}'],
])('a mark that is %s says nothing', async (_, text) => {
  const desk = await copied();
  const stream = currentStream(desk.desk.db);
  await close(desk);
  const file = path.join(desk.folder, 'stream-mark.json');
  if (text === null) rmSync(file);
  else writeFileSync(file, text);
  const again = open(desk.folder, 'again');
  expect(currentStream(again.desk.db)).toBe(stream);
});
