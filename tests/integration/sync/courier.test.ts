/** The road by USB stick on real stores: what was typed offline goes to the city in a file and comes back as receipts. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { carry, newStick, type Stick } from '../../support/stick.ts';

const receive = async ({ desk }: Pair, times: number) => {
  for (let i = 0; i < times; i++) await desk.call('dossier.receive', reception(randomUUID(), 'birth'));
};
const EMPTY = { fresh: 0, known: 0, scans: 0, others: 0, apart: null, stopped: null, refused: [] };

describe.each(engines())('by USB stick to a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const sticks: Stick[] = [];
  /** A machine that has greeted the city once and then lost its line. */
  const offline = async () => {
    const made = await enrolledPair(hub);
    pairs.push(made);
    await made.desk.call('sync.run', {});
    made.line.down();
    return made;
  };
  const stick = () => {
    const made = newStick();
    sticks.push(made);
    return made;
  };
  const online = async ({ desk, line }: Pair) => {
    line.up();
    return desk.call('sync.run', {});
  };
  const deviceOf = async ({ desk }: Pair) => (await desk.call('session.get', {})).device?.id ?? '';
  const atHub = async (pair: Pair) => {
    const found = await rowsOf(
      hub.db,
      sql`select verdict_kind as kind, verdict->>'code' as code from event where device = ${await deviceOf(pair)} order by hub_seq`,
      z.object({ kind: z.string(), code: z.string().nullable() }),
    );
    return found.map(({ kind, code }) => (code === null ? kind : `${kind} ${code}`));
  };

  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterEach(() => {
    for (const one of sticks.splice(0)) one.remove();
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    expect(await verifyProjections(hub.db)).toEqual([]);
    await hub.remove();
  });

  test('everything that waits goes out in one file, and its receipts come back', async () => {
    const pair = await offline();
    const { desk } = pair;
    await receive(pair, 3);
    const usb = stick();
    const written = await desk.call('courier.write', { place: usb.folder });
    expect(written).toMatchObject({
      events: 3,
      name: expect.stringMatching(/^26743-\d+-261120-0900\.somotcua$/),
    });
    expect(usb.files()).toEqual([written.name]);
    // Nothing counts as sent, and that a bundle is on its way is remembered.
    expect(await desk.call('courier.look', {})).toMatchObject({
      waiting: 3,
      ready: true,
      last: { name: written.name, events: 3 },
    });
    expect(await desk.call('sync.state', {})).toMatchObject({ waiting: 3, received: 0 });

    expect(await carry(hub, usb)).toMatchObject([{ batches: 1, acked: 3, office: '26743', stopped: null }]);
    expect(await atHub(pair)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await desk.call('courier.read', { place: usb.folder })).toEqual({
      ...EMPTY,
      fresh: 3,
      waiting: 0,
    });
    expect(await desk.call('courier.look', {})).toMatchObject({ waiting: 0, last: null });
    expect(await desk.call('sync.state', {})).toMatchObject({ waiting: 0, received: 3 });
    expect(await desk.call('receipt.list', {})).toHaveLength(1);
    expect((await desk.call('data.verify', {})).problems).toEqual([]);
    expect(await desk.refusal('courier.write', { place: usb.folder })).toBe('COURIER_NOTHING');
  });

  test('the file shows nobody and nothing of what was typed', async () => {
    const pair = await offline();
    await receive(pair, 1);
    const usb = stick();
    const { name } = await pair.desk.call('courier.write', { place: usb.folder });
    const bytes = readFileSync(path.join(usb.folder, name));
    const rows = pair.desk.desk.db.$client
      .prepare('SELECT raw FROM event WHERE own = 1')
      .pluck()
      .all() as string[];
    const words = rows.flatMap((raw) => raw.match(/[\p{L}\d]{6,}/gu) ?? []);
    expect(words.length).toBeGreaterThan(20);
    const inside = bytes.subarray(bytes.indexOf(10) + 1);
    expect(words.filter((word) => word.length > 7 && inside.includes(word))).toEqual([]);
    await carry(hub, usb);
    const answer = readFileSync(
      path.join(usb.folder, usb.files().find((f) => f.includes('bien-nhan')) ?? ''),
      'latin1',
    );
    expect(answer).not.toMatch(/Nguy|Lê|Trần/);
  });

  test('a bundle of several batches, read in twice, and its receipts read in twice', async () => {
    const pair = await offline();
    const { desk } = pair;
    const form = reception(randomUUID(), 'birth');
    await desk.call('dossier.receive', form);
    const counts = (value: number) => ({
      ...{ asOf: '2026-11-05', form: null, from: null, source: 'typed' as const },
      units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
    });
    for (let value = 1; value <= 520; value++) await desk.call('count.record', counts(value));
    const usb = stick();
    expect(await desk.call('courier.write', { place: usb.folder })).toMatchObject({ events: 521 });
    expect(await carry(hub, usb)).toMatchObject([{ batches: 2, acked: 521 }]);
    const answer = usb.files().find((f) => f.includes('bien-nhan')) ?? '';
    expect(await desk.call('courier.read', { place: path.join(usb.folder, answer) })).toMatchObject({
      fresh: 521,
      known: 0,
    });
    expect(await desk.call('courier.read', { place: usb.folder })).toMatchObject({
      fresh: 0,
      known: 521,
      waiting: 0,
    });
    expect(await carry(hub, usb)).toMatchObject([{ batches: 2, acked: 521, stopped: null }]);
    expect(await atHub(pair)).toHaveLength(521);
  });

  test('first by network, then by USB stick: no second effect, the same receipts', async () => {
    const pair = await offline();
    await receive(pair, 2);
    const usb = stick();
    await pair.desk.call('courier.write', { place: usb.folder });
    expect(await online(pair)).toMatchObject({ waiting: 0, received: 2 });
    const before = await pair.desk.call('receipt.list', {});
    await receive(pair, 1);
    expect(await online(pair)).toMatchObject({ waiting: 0, received: 3 });
    // The city is further than the bundle by now, and so is this machine.
    expect(await carry(hub, usb)).toMatchObject([{ batches: 1, acked: 3, stopped: null }]);
    expect(await pair.desk.call('courier.read', { place: usb.folder })).toEqual({
      ...EMPTY,
      known: 2,
      waiting: 0,
    });
    expect(await atHub(pair)).toHaveLength(3);
    expect(await pair.desk.call('receipt.list', {})).toEqual(expect.arrayContaining(before));
  });

  test('first by USB stick, then by network, receipts never read in: no second effect', async () => {
    const pair = await offline();
    await receive(pair, 2);
    const usb = stick();
    await pair.desk.call('courier.write', { place: usb.folder });
    await carry(hub, usb);
    await receive(pair, 1);
    expect(await online(pair)).toMatchObject({ waiting: 0, received: 3, lastError: null });
    expect(await pair.desk.call('courier.read', { place: usb.folder })).toMatchObject({
      fresh: 0,
      known: 2,
      apart: null,
    });
    expect(await atHub(pair)).toHaveLength(3);
  });

  test('two bundles one after the other, the second carries what the first has no receipts for', async () => {
    const pair = await offline();
    await receive(pair, 1);
    const [first, second] = [stick(), stick()];
    await pair.desk.call('courier.write', { place: first.folder });
    await receive(pair, 2);
    expect(await pair.desk.call('courier.write', { place: second.folder })).toMatchObject({ events: 3 });
    expect(await carry(hub, second)).toMatchObject([{ acked: 3 }]);
    expect(await carry(hub, first)).toMatchObject([{ acked: 3, stopped: null }]);
    expect(await pair.desk.call('courier.read', { place: first.folder })).toMatchObject({
      fresh: 1,
      waiting: 2,
    });
    expect(await pair.desk.call('courier.read', { place: second.folder })).toMatchObject({
      fresh: 2,
      waiting: 0,
    });
  });

  test('one stick serves two machines, each takes what is its own', async () => {
    const [a, b] = [await offline(), await offline()];
    await receive(a, 1);
    await receive(b, 2);
    const usb = stick();
    await a.desk.call('courier.write', { place: usb.folder });
    await b.desk.call('courier.write', { place: usb.folder });
    await carry(hub, usb);
    expect(usb.files()).toHaveLength(4);
    expect(await a.desk.call('courier.read', { place: usb.folder })).toEqual({
      ...EMPTY,
      fresh: 1,
      others: 1,
      waiting: 0,
    });
    expect(await b.desk.call('courier.read', { place: usb.folder })).toEqual({
      ...EMPTY,
      fresh: 2,
      others: 1,
      waiting: 0,
    });
  });

  test('a receipts file of another machine alone is refused', async () => {
    const [a, b] = [await offline(), await offline()];
    await receive(a, 1);
    await receive(b, 1);
    const usb = stick();
    await a.desk.call('courier.write', { place: usb.folder });
    await carry(hub, usb);
    expect(await b.desk.refusal('courier.read', { place: usb.folder })).toBe('COURIER_OTHER_DEVICE');
    expect(await b.desk.call('sync.state', {})).toMatchObject({ waiting: 1, received: 0 });
  });

  test('a stream that the city froze takes nothing; the machine is told to go by network, and there all is well', async () => {
    const pair = await offline();
    await receive(pair, 2);
    const usb = stick();
    await pair.desk.call('courier.write', { place: usb.folder });
    await hub.db.execute(sql`update stream set frozen = true where device = ${await deviceOf(pair)}`);
    expect(await carry(hub, usb)).toMatchObject([
      { batches: 0, stopped: 'STREAM_FORK', answer: { frozen: true } },
    ]);
    expect(await pair.desk.call('courier.read', { place: usb.folder })).toEqual({
      ...EMPTY,
      ...{ apart: 'frozen', stopped: 'STREAM_FORK', waiting: 2 },
    });
    expect(await online(pair)).toMatchObject({ waiting: 0, received: 2, lastError: null });
    expect(await atHub(pair)).toEqual(['accepted', 'accepted']);
  });

  test('a revoked device hands over what it holds: kept word for word, without effect, with receipts', async () => {
    const pair = await offline();
    await receive(pair, 2);
    await revokeDevice(hub.db, await deviceOf(pair), new Date(hub.clock.now()));
    expect(await online(pair)).toMatchObject({ waiting: 2, lastError: { code: 'DEVICE_REVOKED' } });
    const usb = stick();
    await pair.desk.call('courier.write', { place: usb.folder });
    expect(await carry(hub, usb)).toMatchObject([{ batches: 1, acked: 2, stopped: null }]);
    expect(await atHub(pair)).toEqual(['held DEVICE_REVOKED', 'held DEVICE_REVOKED']);
    expect(await pair.desk.call('courier.read', { place: usb.folder })).toMatchObject({
      fresh: 2,
      apart: null,
      waiting: 0,
    });
    const { items } = await pair.desk.call('sync.items', { list: 'returned', before: null });
    expect(items.map((i) => i.delivery.code)).toEqual(['DEVICE_REVOKED', 'DEVICE_REVOKED']);
  });
});
