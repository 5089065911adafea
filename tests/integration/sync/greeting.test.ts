/** What a greeting brings to the desk: who its people are, how wrong its clock is; and what the schedule makes of a refusal. */
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { inTransaction } from '../../../db/handle.ts';
import { writeCityUrl } from '../../../db/queries/device.ts';
import type { SyncState } from '../../../shared/contract/ipc/sync.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { startStranger } from '../../support/line.ts';

let hub: TestHub;
let pair: Pair;
beforeAll(async () => {
  hub = await startTestHub('pglite');
});
afterAll(() => hub.remove());
beforeEach(async () => {
  pair = await enrolledPair(hub);
});
afterEach(() => pair.close());

let day = 0;
const counts = (value: number) => ({
  ...{ asOf: `2026-07-${String(++day).padStart(2, '0')}`, form: null, from: null, source: 'typed' as const },
  units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
});
const deviceId = async () => (await pair.desk.call('session.get', {})).device?.id ?? '';
const actorRole = async () => (await pair.desk.call('session.get', {})).actor?.role;

test('a role that the city changed is the role on the desk', async () => {
  const id = await deviceId();
  await hub.db.execute(sql`update account set role = 'head', name = 'Lê Thị Mới' where device = ${id}`);
  await pair.desk.call('sync.run', {});
  expect((await pair.desk.call('session.get', {})).actor).toMatchObject({ role: 'head', name: 'Lê Thị Mới' });
  expect((await pair.desk.call('session.get', {})).roleStanding).toBe('current');
  expect(pair.desk.announced).toContainEqual({ announcement: 'changed', body: ['session'] });
});

test('an account that the city does not know only reads; what it wrote is sent, and it writes again when the city knows it', async () => {
  const { desk } = pair;
  const id = await deviceId();
  await desk.call('count.record', counts(1));
  const found = await rowsOf(
    hub.db,
    sql`select * from account where device = ${id}`,
    z.record(z.string(), z.unknown()),
  );
  const kept = must(found[0], 'account');
  await hub.db.execute(sql`delete from account where device = ${id}`);
  expect(await desk.call('sync.run', {})).toMatchObject({ accountKnown: false, waiting: 0, lastError: null });
  expect(await desk.refusal('count.record', counts(2))).toBe('ACCOUNT_UNKNOWN');
  expect((await desk.call('sync.items', { list: 'returned', before: null })).items).toHaveLength(1);
  expect(await actorRole()).toBe('clerk');

  const columns = Object.keys(kept);
  const values = sql.join(
    Object.values(kept).map((value) => sql`${value}`),
    sql`, `,
  );
  await hub.db.execute(sql`insert into account (${sql.raw(columns.join(', '))}) values (${values})`);
  expect(await desk.call('sync.run', {})).toMatchObject({ accountKnown: true });
  expect(await desk.refusal('count.record', counts(3))).toBe('OK');
});

test.each([
  ['ten years behind', -3_652],
  ['ten years ahead', 3_652],
])('a clock that is %s still sends, and the difference is told', async (_, days) => {
  const { desk } = pair;
  const off = days * 86_400_000;
  await desk.call('count.record', counts(4));
  desk.clock.set(new Date(hub.clock.now() + off).toISOString());
  // By a clock before its day the sheet lies in the future: the desk itself refuses it.
  expect(await desk.refusal('count.record', counts(5))).toBe(days < 0 ? 'ASOF_IN_FUTURE' : 'OK');
  const state = await desk.call('sync.run', {});
  expect(state).toMatchObject({ line: 'online', lastError: null, waiting: 0, attention: 0 });
  expect(state.received).toBe(days < 0 ? 1 : 2);
  expect(Math.abs((state.clockOffsetMs ?? 0) - off)).toBeLessThan(60_000);
});

test('a hub that asks for patience is not tried before', async () => {
  const { desk } = pair;
  const busy = await startStranger((_request, response) => {
    const headers = { 'content-type': 'application/json', 'smc-protocol': '1', 'retry-after': '600' };
    response.writeHead(503, headers).end('{"code":"HUB_BUSY","sentence":"","details":{}}');
  });
  inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, busy.url));
  desk.sync.schedule();
  const state: SyncState = await desk.call('sync.run', {});
  expect(state).toMatchObject({ line: 'offline', lastError: { code: 'HUB_BUSY' } });
  const wait = Date.parse(state.nextTryAt ?? '') - desk.clock.now();
  expect(wait).toBeGreaterThanOrEqual(600_000);
  await busy.close();
});

test('the operating system’s word turns the lamp, and a network that is back is used at once', async () => {
  const { desk } = pair;
  desk.sync.schedule();
  expect(await desk.call('sync.run', {})).toMatchObject({ line: 'online' });
  desk.sync.networkChanged(false);
  expect((await desk.call('sync.state', {})).line).toBe('offline');
  await desk.call('count.record', counts(1));
  desk.sync.networkChanged(true);
  expect((await desk.call('sync.state', {})).running).toBe(true);
  expect(await desk.call('sync.run', {})).toMatchObject({ line: 'online', waiting: 0, received: 1 });
});

test('progress names the part, the bytes and their pace', async () => {
  const { desk } = pair;
  await desk.call('count.record', counts(1));
  await desk.call('sync.run', {});
  const shown = desk.announced.flatMap(({ announcement, body }) =>
    announcement === 'sync-state' ? ((body as SyncState).progress ?? []) : [],
  );
  expect([...new Set(shown.map((p) => p.phase))]).toEqual(['hello', 'send', 'inbox']);
  expect(shown.at(-1)).toMatchObject({ done: 1, total: 1 });
  expect(shown.at(-1)?.bytes).toBeGreaterThan(1_000);
  expect(shown.at(-1)?.bytesPerSecond).toBeGreaterThan(0);
});

test('the day’s end is a setting of the machine, labelled where it is not', async () => {
  const { desk } = pair;
  expect(await desk.call('sync.settings', {})).toMatchObject({ dayEnd: '16:45', dayEndIsDefault: true });
  for (const time of ['24:00', '7:30', '16:60', '', 'x'])
    expect(await desk.refusal('sync.set-day-end', { time }), time).toBe('INPUT_INVALID');
  expect(await desk.call('sync.set-day-end', { time: '17:15' })).toMatchObject({
    dayEnd: '17:15',
    dayEndIsDefault: false,
  });
  expect(await desk.refusal('sync.set-ca', { pem: null })).toBe('FORBIDDEN');
});
