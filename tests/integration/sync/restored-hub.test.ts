/** A city that was put back to an older copy: what it no longer holds is sent again from the desk. */
import { cpSync, rmSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { startHub } from '../../../city/start.ts';
import { inTransaction } from '../../../db/handle.ts';
import { writeCityUrl } from '../../../db/queries/device.ts';
import { testClock } from '../../support/clock.ts';
import { fillHubFolder } from '../../support/hub-template.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const UNIT = '26743@2025-07-01';
const counts = (value: number) => ({
  asOf: '2026-10-01',
  form: null,
  from: null,
  source: 'typed' as const,
  units: [{ unit: UNIT, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
});

test('events whose receipt stands here but that the city lost are sent again, and sending goes on', async () => {
  const clock = testClock('2026-11-20T02:00:00Z');
  const [dataDir, copy] = [tempFolder('hub'), tempFolder('hub-copy')];
  await fillHubFolder(dataDir);
  const first = await startHub({ dataDir, clock });
  const desk = openTestDesk({ enrolled: false, clock });
  const code = await first.createEnrolCode({ unit: '26743' });
  await desk.call('device.enrol', { url: first.url, code, deviceName: 'Máy thử' });
  await desk.call('count.record', counts(1));
  await desk.call('sync.run', {});
  await first.close();
  cpSync(dataDir, copy, { recursive: true });

  const second = await startHub({ dataDir, clock });
  inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, second.url));
  for (const value of [2, 3]) {
    await desk.call('count.record', counts(value));
    await desk.call('sync.run', {});
  }
  await second.close();

  const restored = await startHub({ dataDir: copy, clock });
  inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, restored.url));
  await desk.call('count.record', counts(4));
  expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0, received: 4 });
  // Also where the stream goes on: two that had their receipt, not the one that was never sent.
  expect(await desk.call('sync.recovery', {})).toMatchObject({
    under: null,
    last: { why: 'city_restored', resent: 2 },
  });
  const [held] = await rowsOf(
    restored.db,
    sql`select count(*)::int as n from event`,
    z.object({ n: z.int() }),
  );
  expect(held?.n).toBe(4);
  expect(await verifyProjections(restored.db)).toEqual([]);
  expect((await desk.call('data.verify', {})).problems).toEqual([]);
  expect(desk.desk.db.$client.prepare('SELECT count(*) FROM batch').pluck().get()).toBe(0);
  await restored.close();
  await dropTestDesk(desk);
  for (const folder of [dataDir, copy]) rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['which sent something itself', 1],
  ['of which nothing was lost', 0],
])(
  'an event whose own machine is gone comes back to the city from one that had read it, %s',
  async (_, own) => {
    const clock = testClock('2026-11-20T02:00:00Z');
    const [dataDir, copy] = [tempFolder('hub'), tempFolder('hub-copy')];
    await fillHubFolder(dataDir);
    const first = await startHub({ dataDir, clock });
    const [dead, alive] = ['dead', 'alive'].map((seed) => openTestDesk({ enrolled: false, clock, seed })) as [
      TestDesk,
      TestDesk,
    ];
    for (const desk of [dead, alive]) {
      const code = await first.createEnrolCode({ unit: '26743' });
      await desk.call('device.enrol', { url: first.url, code, deviceName: 'Máy thử' });
    }
    await first.close();
    cpSync(dataDir, copy, { recursive: true });

    const second = await startHub({ dataDir, clock });
    const lead = (desk: TestDesk, url: string) => inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, url));
    for (const desk of [dead, alive]) lead(desk, second.url);
    await dead.call('count.record', counts(7));
    await dead.call('sync.run', {});
    if (own > 0) await alive.call('count.record', { ...counts(8), asOf: '2026-10-02' });
    expect(await alive.call('sync.run', {})).toMatchObject({ waiting: 0, received: own });
    const gridOf = async () =>
      (await alive.call('count.grid', { ...{ form: null, from: null }, asOf: '2026-10-01' })).rows[0]?.cells;
    expect(await gridOf()).toMatchObject({ 'hoi_nong_dan/tong': 7 });
    await second.close();
    await dropTestDesk(dead);

    const restored = await startHub({ dataDir: copy, clock });
    lead(alive, restored.url);
    expect(await alive.call('sync.run', {})).toMatchObject({
      lastError: null,
      waiting: 0,
      received: own,
      attention: 0,
    });
    const held = await rowsOf(
      restored.db,
      sql`select count(distinct id)::int as n from event`,
      z.object({ n: z.int() }),
    );
    expect(held).toEqual([{ n: 1 + own }]);
    expect(await gridOf()).toMatchObject({ 'hoi_nong_dan/tong': 7 });
    expect(await verifyProjections(restored.db)).toEqual([]);
    expect((await alive.call('data.verify', {})).problems).toEqual([]);
    // The same again changes nothing.
    expect(await alive.call('sync.run', {})).toMatchObject({
      ...{ lastError: null, waiting: 0, received: own },
    });
    await restored.close();
    await dropTestDesk(alive);
    for (const folder of [dataDir, copy]) rmSync(folder, { recursive: true, force: true });
  },
);
