/** Exchanges that last, proxies that take little, a city that was put back twice, or to before a machine's enrolment; what the city says of a day. */
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { newestAlerts } from '../../../city/db/queries/alert.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { inTransaction } from '../../../db/handle.ts';
import { writeCityUrl } from '../../../db/queries/device.ts';
import { testClock } from '../../support/clock.ts';
import { startRelay } from '../../support/http-relay.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

// The embedded database is stopped and started several times, each time flushing every file.

let city: RestorableHub;
let day: number;
let desks: TestDesk[];
beforeEach(async () => {
  city = await startRestorableHub('pglite');
  desks = [];
  day = 0;
});
afterEach(async () => {
  for (const desk of desks) await dropTestDesk(desk);
  await city.remove();
});

async function machine(): Promise<TestDesk> {
  const clock = testClock(new Date(city.clock.now()).toISOString());
  const desk = openTestDesk({ enrolled: false, clock, seed: `long-${desks.length}` });
  desks.push(desk);
  const { url } = city.now();
  const code = await city.now().createEnrolCode({ unit: '26743' });
  await desk.call('device.enrol', { url, code, deviceName: 'Máy thử' });
  return desk;
}

const counts = (value: number) => ({
  ...{ asOf: `2026-07-${String(++day).padStart(2, '0')}`, form: null, from: null, source: 'typed' as const },
  units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
});
const write = async (desk: TestDesk, n: number) => {
  for (let i = 0; i < n; i++) await desk.call('count.record', counts(i));
};
const sync = (desk: TestDesk) => desk.call('sync.run', {});
const lead = (desk: TestDesk, url: string) => inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, url));
const held = async () =>
  (
    await rowsOf(city.now().db, sql`select count(distinct id)::int as n from event`, z.object({ n: z.int() }))
  )[0]?.n;
const whole = async (...all: TestDesk[]) => {
  expect(await verifyProjections(city.now().db)).toEqual([]);
  for (const desk of all) expect((await desk.call('data.verify', {})).problems).toEqual([]);
};

test.each(['/v1/inbox', '/v1/missing', '/v1/digest'])(
  'a challenge that is too old by the time of %s is renewed, and the exchange goes on',
  async (path) => {
    const [desk, other] = [await machine(), await machine()];
    await write(other, 2);
    await sync(other);
    await sync(desk);
    await city.backup();
    await write(desk, 1);
    await sync(desk);
    if (path === '/v1/missing') await city.restore('kept');
    let greetings = 0;
    let late = false;
    const relay = await startRelay(city.now().url, (request) => {
      if (request.path === '/v1/hello') greetings++;
      if (request.path.startsWith(path) && !late) {
        late = true;
        city.clock.move(11 * 60_000);
      }
      return undefined;
    });
    lead(desk, relay.url);
    await write(desk, 1);
    expect(await sync(desk)).toMatchObject({ lastError: null, waiting: 0, received: 2 });
    expect([late, greetings]).toEqual([true, 2]);
    expect(await held()).toBe(4);
    await relay.close();
  },
);

test('a challenge that stays too old ends the exchange, and the next one begins anew', async () => {
  const desk = await machine();
  const relay = await startRelay(city.now().url, ({ path }) => {
    if (path.startsWith('/v1/inbox')) city.clock.move(11 * 60_000);
    return undefined;
  });
  lead(desk, relay.url);
  await write(desk, 1);
  expect(await sync(desk)).toMatchObject({ lastError: { code: 'CHALLENGE_EXPIRED' }, waiting: 0 });
  lead(desk, city.now().url);
  expect(await sync(desk)).toMatchObject({ lastError: null, received: 1 });
  await relay.close();
});

test('events of a machine that is gone come back through a proxy that takes little at a time', async () => {
  const [dead, alive] = [await machine(), await machine()];
  await city.backup();
  await write(dead, 9);
  await sync(dead);
  await sync(alive);
  await city.restore('kept');
  const sizes: number[] = [];
  const relay = await startRelay(city.now().url, ({ path, body }) => {
    if (path !== '/v1/returned') return undefined;
    sizes.push((JSON.parse(body.toString()) as { events: unknown[] }).events.length);
    return (sizes.at(-1) ?? 0) > 2 ? 413 : undefined;
  });
  lead(alive, relay.url);
  expect(await sync(alive)).toMatchObject({ lastError: null });
  expect(sizes).toEqual([9, 5, 3, 2, 2, 2, 2, 1]);
  expect(await held()).toBe(9);
  await whole(alive);
  await relay.close();
});

test('a proxy that takes none of them does not stop what this machine wrote itself', async () => {
  const [dead, alive] = [await machine(), await machine()];
  await city.backup();
  await write(dead, 2);
  await sync(dead);
  await sync(alive);
  await city.restore('kept');
  const relay = await startRelay(city.now().url, ({ path }) => (path === '/v1/returned' ? 413 : undefined));
  lead(alive, relay.url);
  await write(alive, 1);
  expect(await sync(alive)).toMatchObject({ lastError: null, waiting: 0, received: 1 });
  expect(await held()).toBe(1);
  await relay.close();
});

test('a city that was put back twice while a machine was away gets all that it lost both times', async () => {
  const [away, busy] = [await machine(), await machine()];
  await write(away, 2);
  await sync(away);
  await city.backup();
  await write(away, 3);
  expect(await sync(away)).toMatchObject({ received: 5 });
  await city.restore('kept');
  // Others take the numbers that the lost ones had, and more.
  await write(busy, 6);
  await sync(busy);
  await city.backup();
  await write(busy, 1);
  await sync(busy);
  await city.restore('kept');
  expect(await sync(away)).toMatchObject({ lastError: null, waiting: 0, received: 5 });
  expect(await sync(busy)).toMatchObject({ lastError: null, waiting: 0, received: 7 });
  expect(await held()).toBe(12);
  await sync(away);
  await whole(away, busy);
});

test('a machine that was enrolled after the backup comes in again by itself with all that it wrote', async () => {
  await city.backup();
  const desk = await machine();
  const { device } = await desk.call('session.get', {});
  await write(desk, 2);
  expect(await sync(desk)).toMatchObject({ received: 2 });
  await city.restore('kept');
  const newcomer = await machine();
  expect((await newcomer.call('session.get', {})).device?.no).toBe(device?.no);
  await write(desk, 1);
  expect(await sync(desk)).toMatchObject({ lastError: null, waiting: 0, received: 3, attention: 0 });
  expect(await held()).toBe(3);
  // The number is taken by the newcomer: from now on it writes under the next one.
  const after = await desk.call('session.get', {});
  expect(after.device).toEqual({ ...device, no: (device?.no ?? 0) + 1 });
  expect((await newestAlerts(city.now().db, 9)).map((a) => a.kind)).toEqual(['readmitted', 'restored']);
  await whole(desk);
});

test('a machine that the city forgot and that has no card is told what to do; its data stays', async () => {
  await city.backup();
  const desk = await machine();
  await write(desk, 2);
  await city.restore('kept');
  desk.desk.db.$client.prepare("DELETE FROM machine_setting WHERE name = 'city_card'").run();
  expect(await sync(desk)).toMatchObject({ lastError: { code: 'DEVICE_UNKNOWN' }, waiting: 2 });
});

test('what the city holds of today and of earlier days is asked at the end of each exchange, as far as it is new', async () => {
  const desk = await machine();
  const asked: string[] = [];
  const relay = await startRelay(city.now().url, ({ path }) => {
    const date = /^\/v1\/digest\?day=(.*)$/.exec(path)?.[1];
    if (date !== undefined) asked.push(date);
    return undefined;
  });
  lead(desk, relay.url);
  const figures = (date: string) => desk.call('day.figures', { day: date });
  const newDay = () => {
    desk.clock.advance(86_400_000);
    city.clock.move(86_400_000);
  };
  await write(desk, 2);
  expect((await figures('2026-11-20')).city).toBeNull();
  await sync(desk);
  expect(await figures('2026-11-20')).toMatchObject({ sent: 2, city: { events: 2 }, differences: [] });

  // What was written too late that day goes the day after, and its day is asked for again.
  await write(desk, 1);
  expect((await figures('2026-11-20')).differences.map((d) => d.kind)).toEqual(['waiting']);
  newDay();
  await sync(desk);
  expect(await figures('2026-11-20')).toMatchObject({ sent: 3, city: { events: 3 }, differences: [] });
  await sync(desk);
  expect(asked).toEqual(['2026-11-20', '2026-11-20', '2026-11-21', '2026-11-21']);

  // A city that was put back answers anew.
  await city.backup();
  await write(desk, 1);
  await sync(desk);
  await city.restore('kept');
  asked.length = 0;
  await sync(desk);
  expect(asked).toEqual(['2026-11-20', '2026-11-21']);
  expect(await figures('2026-11-21')).toMatchObject({ sent: 1, city: { events: 1 }, differences: [] });
  for (let days = 0; days < 15; days++) newDay();
  desk.desk.db.$client.prepare('DELETE FROM city_day').run();
  asked.length = 0;
  await sync(desk);
  expect(asked).toEqual(['2026-12-06']);
  await relay.close();
});
