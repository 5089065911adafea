/** Scans by USB stick: small ones first, before the events that name them; spoiled, cut short or without room for them; and both roads at once. */
import { execFileSync } from 'node:child_process';
import { createReadStream, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { importBundle } from '../../../city/courier/import-bundle.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { readMachineSetting } from '../../../db/queries/machine.ts';
import { bundleBytes, headerOf } from '../../../electron/sync/courier-bundle.ts';
import { sign } from '../../../electron/sync/jws.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { putWhole } from '../../../shared/courier/disk.ts';
import { must } from '../../../shared/lib/must.ts';
import { Problem } from '../../../shared/problem.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { scanned } from '../../support/scan-road.ts';
import { hashOf, scan } from '../../support/scans.ts';
import { carry, disk, newStick, type Stick } from '../../support/stick.ts';

const [SMALL, LARGE] = [30_000, 1_300_000];

describe.each(engines())('scans by USB stick to a hub on %s', (engine) => {
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
  const atCity = (sha256: string) => path.join(hub.dataDir, 'files', sha256.slice(0, 2), sha256);
  const lastOf = async ({ desk }: Pair, id: string) =>
    (await desk.call('dossier.get', { id })).history[0]?.delivery;
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'OK',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

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

  test('a bundle takes what the city lacks, the city holds it whole before it judges, and the answer says so', async () => {
    const pair = await offline();
    const { desk } = pair;
    const [large, small] = [await scanned(desk, LARGE), await scanned(desk, SMALL)];
    const usb = stick();
    expect((await desk.call('courier.look', {})).scans).toEqual({ count: 2, bytes: LARGE + SMALL });
    const written = await desk.call('courier.write', { place: usb.folder });
    expect(written).toMatchObject({ events: 4, scans: 2 });
    expect(written.bytes).toBeGreaterThan(LARGE + SMALL);
    expect(readFileSync(path.join(usb.folder, written.name)).includes(Buffer.from(large.sha256))).toBe(false);
    expect((await desk.call('courier.look', {})).last).toMatchObject({ scans: 2 });
    expect(await carry(hub, usb)).toMatchObject([{ batches: 1, scans: 2, acked: 4, stopped: null }]);
    for (const { sha256, bytes } of [large, small])
      expect(readFileSync(atCity(sha256)).equals(bytes)).toBe(true);
    expect(await desk.call('courier.read', { place: usb.folder })).toMatchObject({
      fresh: 4,
      scans: 2,
      waiting: 0,
    });
    expect(await desk.call('courier.look', {})).toMatchObject({ scans: { count: 0, bytes: 0 }, last: null });
    for (const { id } of [large, small]) expect(await lastOf(pair, id)).toMatchObject({ state: 'received' });

    // The same again, at both ends: nothing new. By network nothing is sent a second time.
    expect(await carry(hub, usb)).toMatchObject([{ batches: 1, scans: 2, stopped: null }]);
    expect(await desk.call('courier.read', { place: usb.folder })).toMatchObject({
      fresh: 0,
      known: 4,
      scans: 0,
    });
    pair.line.up();
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0 });
    expect(pair.line.passed.request).toBeLessThan(SMALL);
  });

  test('without its scans the rest goes; the events wait for them, and the next stick brings them alone', async () => {
    const pair = await offline();
    const { desk } = pair;
    const { id, sha256, bytes } = await scanned(desk, LARGE);
    const [first, second] = [stick(), stick()];
    expect(await desk.call('courier.write', { place: first.folder, scans: false })).toMatchObject({
      events: 2,
      scans: 0,
    });
    expect(await carry(hub, first)).toMatchObject([{ batches: 1, scans: 0 }]);
    await desk.call('courier.read', { place: first.folder });
    expect(await lastOf(pair, id)).toMatchObject({ state: 'held', code: 'FILE_MISSING' });
    expect(await desk.refusal('courier.write', { place: second.folder, scans: false })).toBe(
      'COURIER_NOTHING',
    );
    expect(await desk.call('courier.write', { place: second.folder })).toMatchObject({ events: 0, scans: 1 });
    expect((await desk.call('courier.look', {})).last).toMatchObject({ events: 0, scans: 1 });
    expect(await carry(hub, second)).toMatchObject([{ batches: 0, scans: 1, stopped: null }]);
    expect(readFileSync(atCity(sha256)).equals(bytes)).toBe(true);
    expect(await desk.call('courier.read', { place: second.folder })).toMatchObject({ fresh: 0, scans: 1 });
    expect((await desk.call('courier.look', {})).last).toBe(null);
    // The word that the event counts now comes by network.
    pair.line.up();
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, attention: 0 });
    expect(await lastOf(pair, id)).toMatchObject({ state: 'received' });
  });

  test('half of it by network, the rest by stick, then by network again', async () => {
    const pair = await offline();
    const { desk, line } = pair;
    const { id, sha256, bytes } = await scanned(desk, LARGE);
    line.up();
    line.cutAfter({ request: 900_000 });
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: { code: 'CITY_UNREACHABLE' } });
    line.down();
    const usb = stick();
    expect(await desk.call('courier.write', { place: usb.folder })).toMatchObject({ events: 0, scans: 1 });
    expect(await carry(hub, usb)).toMatchObject([{ scans: 1 }]);
    line.up();
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, attention: 0 });
    expect(line.passed.request).toBeLessThan(SMALL);
    expect(readFileSync(atCity(sha256)).equals(bytes)).toBe(true);
    expect(await lastOf(pair, id)).toMatchObject({ state: 'received' });
    expect(await desk.call('courier.read', { place: usb.folder })).toMatchObject({ fresh: 0, scans: 0 });
  });

  test('a scan that is damaged on this machine stays behind, everything else goes', async () => {
    const pair = await offline();
    const { desk } = pair;
    const [bad, good] = [await scanned(desk, SMALL), await scanned(desk, SMALL)];
    writeFileSync(path.join(desk.folder, 'files', bad.sha256.slice(0, 2), bad.sha256), 'x'.repeat(100));
    const usb = stick();
    expect(await desk.call('courier.write', { place: usb.folder })).toMatchObject({ events: 4, scans: 1 });
    expect(await carry(hub, usb)).toMatchObject([{ batches: 1, scans: 1 }]);
    await desk.call('courier.read', { place: usb.folder });
    expect(await lastOf(pair, bad.id)).toMatchObject({ state: 'held', code: 'FILE_MISSING' });
    expect(await lastOf(pair, good.id)).toMatchObject({ state: 'received' });
  });

  test('cut short or changed anywhere, the bundle is refused as a whole and the city takes nothing', async () => {
    const { desk } = await offline();
    const { sha256 } = await scanned(desk, LARGE);
    const usb = stick();
    const { name } = await desk.call('courier.write', { place: usb.folder });
    const file = path.join(usb.folder, name);
    const whole = readFileSync(file);
    const give = () => codeOf(importBundle(hub, () => createReadStream(file)));
    for (const part of [0.1, 0.5, 0.9]) {
      truncateSync(file, Math.floor(whole.length * part));
      expect(await give()).toBe('COURIER_TRUNCATED');
      const changed = Buffer.from(whole);
      changed[Math.floor(whole.length * part)] = (whole[Math.floor(whole.length * part)] ?? 0) ^ 1;
      writeFileSync(file, changed);
      expect(await give()).toBe('COURIER_DAMAGED');
    }
    expect(() => readFileSync(atCity(sha256))).toThrow();
    writeFileSync(file, whole);
    expect(await give()).toBe('OK');
  });

  test.each<[string, string, (bytes: Uint8Array) => { sha256: string; size: number; content: Uint8Array[] }]>(
    [
      [
        'another content than its hash',
        'FILE_HASH_WRONG',
        (b) => ({ sha256: 'f'.repeat(64), size: b.length, content: [b] }),
      ],
      [
        'shorter than it says',
        'COURIER_DAMAGED',
        (b) => ({ sha256: hashOf(b), size: b.length + 1, content: [b] }),
      ],
      [
        'longer than it says',
        'COURIER_DAMAGED',
        (b) => ({ sha256: hashOf(b), size: b.length - 1, content: [b] }),
      ],
      [
        'an empty piece',
        'COURIER_DAMAGED',
        (b) => ({ sha256: hashOf(b), size: b.length, content: [new Uint8Array()] }),
      ],
      [
        'a size over the limit',
        'COURIER_DAMAGED',
        (b) => ({ sha256: hashOf(b), size: 2 ** 31, content: [b] }),
      ],
      [
        'a name that is no hash',
        'COURIER_DAMAGED',
        (b) => ({ sha256: '../../etc', size: b.length, content: [b] }),
      ],
    ],
  )('a desk that writes %s is refused as %s', async (_, code, spoil) => {
    const { desk } = await offline();
    const { device, stream, office, epoch, privateKey } = must(readIdentity(desk.desk.db), 'identity');
    const at = new Date(desk.clock.now()).toISOString();
    const { sha256, size, content } = spoil(scan(SMALL, 'image/jpeg', 77));
    const usb = stick();
    await putWhole(disk, {
      ...{ folder: usb.folder, name: 'x.somotcua' },
      bytes: bundleBytes({
        boxKey: must(readMachineSetting(desk.desk.db, 'box_key'), 'box key'),
        signHeader: () =>
          sign(headerOf({ device, stream, office, epoch, from: 1, to: 0, at }), TYP.courier, privateKey),
        scans: [{ sha256, size }],
        contentOf: async function* () {
          yield* content;
        },
        batches: (async function* () {})(),
        reached: () => undefined,
      }),
    });
    expect(await codeOf(carry(hub, usb))).toBe(code);
  });

  test('a stick without room for the scans is named before anything is written; without them the rest fits', async (context) => {
    const { desk } = await offline();
    await scanned(desk, 3_000_000);
    const usb = stick();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', usb.folder], { stdio: 'ignore' });
    } catch {
      return context.skip('this user may not mount');
    }
    try {
      expect(await desk.refusal('courier.write', { place: usb.folder })).toBe('STICK_SMALL');
      expect(usb.files()).toEqual([]);
      expect(await desk.call('courier.write', { place: usb.folder, scans: false })).toMatchObject({
        events: 2,
      });
    } finally {
      execFileSync('umount', [usb.folder]);
    }
  });
  test('taken off before the stick was written, it is attached and taken off at the city too', async () => {
    const pair = await offline();
    const { desk } = pair;
    const { id, sha256 } = await scanned(desk, SMALL);
    await desk.call('dossier.detach', { id, sha256, reason: 'nhầm hồ sơ' });
    const usb = stick();
    await desk.call('courier.write', { place: usb.folder });
    await carry(hub, usb);
    await desk.call('courier.read', { place: usb.folder });
    expect((await desk.call('dossier.get', { id })).history.map((e) => e.delivery.state)).toEqual(
      Array(3).fill('received'),
    );
    rmSync(usb.folder, { recursive: true });
  });
});
