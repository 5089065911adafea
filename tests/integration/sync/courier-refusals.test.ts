/** Every wrong stick and every wrong file: one code, nothing changed at either end, nothing left on the stick. */
import { randomUUID } from 'node:crypto';
import { cpSync, createReadStream, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { CompactSign, importJWK } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { importBundle } from '../../../city/courier/import-bundle.ts';
import { rowsOf } from '../../../city/db/handle.ts';
import { startHub } from '../../../city/start.ts';
import { inTransaction } from '../../../db/handle.ts';
import { readIdentity, writeCityUrl } from '../../../db/queries/device.ts';
import { bundleBytes, headerOf, streamHash } from '../../../electron/sync/courier-bundle.ts';
import { sqliteStore } from '../../../electron/sync/desk-store.ts';
import { sealingOf } from '../../../electron/sync/exchange.ts';
import { sign } from '../../../electron/sync/jws.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { filesAt, putWhole } from '../../../shared/courier/disk.ts';
import { checkEnvelope, contentOf, wrap } from '../../../shared/courier/envelope.ts';
import { must } from '../../../shared/lib/must.ts';
import { Problem } from '../../../shared/problem.ts';
import { batchesOf, loadOf } from '../../../shared/protocol/courier.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { testClock } from '../../support/clock.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { fillHubFolder } from '../../support/hub-template.ts';
import { makeKeys } from '../../support/role-papers.ts';
import { carry, disk, fullStick, lockedStick, newStick, type Stick } from '../../support/stick.ts';
import { dropTestDesk, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const receive = async ({ desk }: Pick<Pair, 'desk'>, times: number) => {
  for (let i = 0; i < times; i++) await desk.call('dossier.receive', reception(randomUUID(), 'birth'));
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: unknown) => (error instanceof Problem ? error.code : String(error)),
  );
/** A trailer that cannot be read any more looks like one that is not there. */
const changedAt = (at: number, { length }: Uint8Array) =>
  at < length - 74 ? /^COURIER_(DAMAGED|NOT_OURS)$/ : /^COURIER_(DAMAGED|TRUNCATED)$/;
async function* once(bytes: Uint8Array) {
  yield bytes;
}
const collect = async (parts: AsyncIterable<Uint8Array>) => {
  const all: Uint8Array[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
};

describe.each(engines())('what a stick can do wrong, hub on %s', (engine) => {
  let hub: TestHub;
  let other: TestHub;
  let pair: Pair;
  const pairs: Pair[] = [];
  const sticks: Stick[] = [];
  const stick = (made: Stick = newStick()) => {
    sticks.push(made);
    return made;
  };
  const offline = async (city = hub) => {
    const made = await enrolledPair(city);
    pairs.push(made);
    await made.desk.call('sync.run', {});
    made.line.down();
    return made;
  };
  const eventsAt = async (city: TestHub) =>
    (await rowsOf(city.db, sql`select count(*)::int as n from event`, z.object({ n: z.int() })))[0]?.n;
  const waiting = async ({ desk }: Pair) => (await desk.call('sync.state', {})).waiting;
  const bundleOf = async ({ desk }: Pair) => {
    const usb = stick();
    const { name } = await desk.call('courier.write', { place: usb.folder });
    return { usb, name, bytes: readFileSync(path.join(usb.folder, name)) };
  };
  const taken = (bytes: Uint8Array, city = hub) => codeOf(importBundle(city, () => once(bytes)));

  beforeAll(async () => {
    [hub, other] = [await startTestHub(engine), await startTestHub('pglite')];
    pair = await offline();
    await receive(pair, 2);
  });
  afterEach(() => {
    for (const one of sticks.splice(0)) one.remove();
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    await hub.remove();
    await other.remove();
  });

  test('a machine that never greeted the city has no key to seal with', async () => {
    const fresh = await enrolledPair(hub);
    pairs.push(fresh);
    await receive(fresh, 1);
    expect(await fresh.desk.refusal('courier.write', { place: stick().folder })).toBe('COURIER_KEY_MISSING');
    expect(await fresh.desk.call('courier.look', {})).toMatchObject({ ready: false, waiting: 1 });
  });

  test('no file of ours on the stick, in the folder, or no folder at all', async () => {
    const usb = stick();
    writeFileSync(path.join(usb.folder, 'bao-cao.docx'), 'x');
    writeFileSync(path.join(usb.folder, '._26743-1.bien-nhan.somotcua'), 'x');
    expect(await pair.desk.refusal('courier.read', { place: usb.folder })).toBe('COURIER_NONE');
    expect(await codeOf(filesAt(disk, usb.folder, 'bundle'))).toBe('COURIER_NONE');
    const gone = path.join(usb.folder, 'khong-co');
    expect(await pair.desk.refusal('courier.read', { place: gone })).toBe('STICK_GONE');
    expect(await pair.desk.refusal('courier.write', { place: gone })).toBe('STICK_GONE');
    expect(await pair.desk.refusal('courier.read', { place: path.join(usb.folder, 'bao-cao.docx') })).toBe(
      'COURIER_NOT_OURS',
    );
    expect(await pair.desk.refusal('courier.read', { place: '' })).toBe('INPUT_INVALID');
  });

  test('a full stick: said, nothing left on it, and the next stick works', async () => {
    const big = await offline();
    await receive(big, 40);
    const [name] = [(await bundleOf(big)).name];
    const full = stick(await fullStick(name));
    const before = full.files().filter((f) => !f.endsWith('.dang-ghi'));
    expect(await big.desk.refusal('courier.write', { place: full.folder })).toBe('STICK_FULL');
    expect(full.files()).toEqual(before);
    expect(await waiting(big)).toBe(40);
    expect(await big.desk.call('courier.write', { place: stick().folder })).toMatchObject({ events: 40 });
  });

  test('a stick that takes no writes', async () => {
    const locked = stick(lockedStick());
    expect(await pair.desk.refusal('courier.write', { place: locked.folder })).toBe('STICK_READ_ONLY');
  });

  test('pulled out while writing: said, and nothing of this machine is lost', async () => {
    const usb = stick();
    async function* pulled() {
      yield new Uint8Array(100);
      usb.remove();
      yield new Uint8Array(100);
    }
    expect(await codeOf(putWhole(disk, { folder: usb.folder, name: 'x.somotcua', bytes: pulled() }))).toBe(
      'STICK_GONE',
    );
  });

  test('stopped while writing: nothing is left, and it can be done again', async () => {
    const usb = stick();
    const writing = pair.desk.refusal('courier.write', { place: usb.folder });
    await pair.desk.call('courier.cancel', {});
    expect(await writing).toBe('COURIER_CANCELLED');
    expect(usb.files()).toEqual([]);
    expect(await pair.desk.call('courier.look', {})).toMatchObject({ progress: null, waiting: 2 });
    expect(await pair.desk.call('courier.write', { place: usb.folder })).toMatchObject({ events: 2 });
  });

  test('a bundle that was cut or changed at any place: nothing comes in', async () => {
    const { bytes } = await bundleOf(pair);
    const [events, step] = [await eventsAt(hub), Math.ceil(bytes.length / 40)];
    for (let at = 0; at < bytes.length; at += step) {
      expect(await taken(bytes.subarray(0, at)), `cut at ${at}`).toBe('COURIER_TRUNCATED');
      const bad = Buffer.from(bytes);
      bad[at] = (bad[at] ?? 0) ^ 1;
      expect(await taken(bad), `changed at ${at}`).toMatch(changedAt(at, bytes));
    }
    expect(await eventsAt(hub)).toBe(events);
  });

  test('a bundle changed by somebody who can count hashes: still nothing comes in', async () => {
    const { bytes } = await bundleOf(pair);
    const envelope = await checkEnvelope('bundle', once(bytes), streamHash());
    const content = await collect(contentOf(once(bytes), envelope));
    const rewrap = (about: string, inner: Uint8Array) =>
      collect(wrap({ kind: 'bundle', about }, once(inner), streamHash()));
    const events = await eventsAt(hub);
    for (const at of [0, 30, 120, 199, 230, content.length - 1]) {
      const bad = Buffer.from(content);
      bad[at] = (bad[at] ?? 0) ^ 4;
      expect(await taken(await rewrap(envelope.about, bad)), `byte ${at}`).toBe('COURIER_DAMAGED');
    }
    expect(await taken(await rewrap(envelope.about, content.subarray(0, -40)))).toBe('COURIER_DAMAGED');
    expect(await taken(await rewrap(envelope.about, new Uint8Array()))).toBe('COURIER_DAMAGED');
    expect(await taken(await rewrap(other.keys.box.recipient, content))).toBe('COURIER_OTHER_CITY');
    expect(await eventsAt(hub)).toBe(events);
  });

  test('another city: its bundle here, our bundle there, its receipts here', async () => {
    const stranger = await offline(other);
    await receive(stranger, 1);
    const theirs = await bundleOf(stranger);
    expect(await taken(theirs.bytes)).toBe('COURIER_OTHER_CITY');
    expect(await taken((await bundleOf(pair)).bytes, other)).toBe('COURIER_OTHER_CITY');
    await carry(other, theirs.usb);
    expect(await pair.desk.refusal('courier.read', { place: theirs.usb.folder })).toBe('COURIER_OTHER_CITY');
    expect([await eventsAt(other), await waiting(pair)]).toEqual([1, 2]);
  });

  /** A bundle that anybody could make: the city's box key is no secret. */
  async function forged(change: {
    readonly header?: object;
    readonly key?: ReturnType<typeof makeKeys>['privateKey'];
    readonly carrier?: Pair;
  }): Promise<Buffer> {
    const identityOf = (p: Pair) => must(readIdentity(p.desk.desk.db), 'identity');
    const [mine, carried] = [identityOf(pair), identityOf(change.carrier ?? pair)];
    const { db } = (change.carrier ?? pair).desk.desk;
    const store = sqliteStore(db, { now: () => 0, changed: () => undefined, marked: () => undefined });
    const load = must(loadOf(store), 'something waits');
    const { device, stream, office, epoch } = mine;
    const at = '2026-11-20T02:00:00.000Z';
    const header = {
      ...headerOf({ device, stream, office, epoch, from: load.from, to: load.to, at }),
      ...change.header,
    };
    return collect(
      bundleBytes({
        boxKey: hub.keys.box.recipient,
        signHeader: () => sign(header, TYP.courier, change.key ?? mine.privateKey),
        batches: batchesOf(store, sealingOf(carried), load),
        reached: () => undefined,
      }),
    );
  }
  test('a bundle that nobody, or somebody else, signed', async () => {
    const events = await eventsAt(hub);
    const b = await offline();
    await receive(b, 1);
    expect(await taken(await forged({ key: makeKeys().privateKey }))).toBe('SIGNATURE_INVALID');
    expect(await taken(await forged({ header: { device: randomUUID() } }))).toBe('DEVICE_UNKNOWN');
    expect(await taken(await forged({ carrier: b }))).toBe('BATCH_BROKEN');
    expect(await eventsAt(hub)).toBe(events);
  });

  test('receipts that were cut, changed or forged: nothing counts as received', async () => {
    const one = await offline();
    await receive(one, 1);
    const { usb, name } = await bundleOf(one);
    const [imported] = await carry(hub, usb);
    const answer = path.join(usb.folder, name.replace('.somotcua', '.bien-nhan.somotcua'));
    const good = readFileSync(answer);
    const read = async (bytes: Uint8Array) => {
      writeFileSync(answer, bytes);
      return one.desk.refusal('courier.read', { place: answer });
    };
    const step = Math.ceil(good.length / 25);
    for (let at = 0; at < good.length; at += step) {
      expect(await read(good.subarray(0, at)), `cut at ${at}`).toBe('COURIER_TRUNCATED');
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ 1;
      expect(await read(bad), `changed at ${at}`).toMatch(changedAt(at, good));
    }
    const signedBy = async (payload: object, typ: string, d = makeKeys().privateKey) => {
      const jws = await new CompactSign(Buffer.from(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'EdDSA', typ, kid: hub.keys.kid })
        .sign(await importJWK(d, 'EdDSA'));
      return collect(wrap({ kind: 'receipts', about: hub.keys.kid }, once(Buffer.from(jws)), streamHash()));
    };
    const { answer: content } = must(imported, 'answer');
    expect(await read(await signedBy(content, TYP.courierReceipts))).toBe('CITY_SIGNATURE');
    // A receipt put in place of the file: signed by the city, for another purpose.
    const receipt = Buffer.from(must(content.receipts[0], 'receipt'));
    const swapped = await collect(
      wrap({ kind: 'receipts', about: hub.keys.kid }, once(receipt), streamHash()),
    );
    expect(await read(swapped)).toBe('CITY_SIGNATURE');
    expect(await waiting(one)).toBe(1);
    expect(await read(good)).toBe('OK');
    expect(await waiting(one)).toBe(0);
  });

  test('one damaged file among good ones does not stop the good ones, and is named', async () => {
    const one = await offline();
    await receive(one, 1);
    const { usb } = await bundleOf(one);
    await carry(hub, usb);
    writeFileSync(path.join(usb.folder, 'a.bien-nhan.somotcua'), '');
    expect(await one.desk.call('courier.read', { place: usb.folder })).toMatchObject({
      fresh: 1,
      refused: [{ name: 'a.bien-nhan.somotcua', problem: { code: 'COURIER_TRUNCATED' } }],
    });
  });
});

test('a city that was put back: receipts of its new epoch send this machine to the network, those of the old one are void', async () => {
  const clock = testClock('2026-11-20T02:00:00Z');
  const [dataDir, copy] = [tempFolder('hub'), tempFolder('hub-copy')];
  const usb = newStick();
  await fillHubFolder(dataDir);
  const first = await startHub({ dataDir, clock });
  const desk = openTestDesk({ enrolled: false, clock });
  const code = await first.createEnrolCode({ unit: '26743' });
  await desk.call('device.enrol', { url: first.url, code, deviceName: 'Máy thử' });
  await receive({ desk }, 1);
  await desk.call('sync.run', {});
  await first.close();
  cpSync(dataDir, copy, { recursive: true });

  const second = await startHub({ dataDir, clock });
  inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, second.url));
  await receive({ desk }, 1);
  await desk.call('sync.run', {});
  await receive({ desk }, 1);
  await desk.call('courier.write', { place: usb.folder });
  const old = newStick();
  cpSync(usb.folder, old.folder, { recursive: true });
  await carry(second as TestHub, old);
  await second.close();
  // What stands outside the database is not put back with it.
  cpSync(path.join(dataDir, 'hub-mark.json'), path.join(copy, 'hub-mark.json'));

  const restored = await startHub({ dataDir: copy, clock });
  expect(await carry(restored as TestHub, usb)).toMatchObject([{ batches: 0, stopped: 'STREAM_GAP' }]);
  expect(await desk.refusal('courier.read', { place: usb.folder })).toBe('COURIER_NEEDS_NETWORK');
  expect(await desk.call('sync.state', {})).toMatchObject({ waiting: 1, received: 2 });
  inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, restored.url));
  expect(await desk.call('sync.run', {})).toMatchObject({ waiting: 0, received: 3, lastError: null });
  expect(await desk.refusal('courier.read', { place: old.folder })).toBe('COURIER_OLD');
  expect(await desk.call('sync.state', {})).toMatchObject({ waiting: 0, received: 3 });
  await restored.close();
  await dropTestDesk(desk);
  for (const one of [usb, old]) one.remove();
  for (const folder of [dataDir, copy]) rmSync(folder, { recursive: true, force: true });
});

test('a file that is read from the disk piece by piece is the same as one in memory', async () => {
  const usb = newStick();
  const file = path.join(usb.folder, 'x.somotcua');
  writeFileSync(
    file,
    await collect(wrap({ kind: 'bundle', about: 'age1x' }, once(new Uint8Array(300_000)), streamHash())),
  );
  expect(await checkEnvelope('bundle', createReadStream(file), streamHash())).toMatchObject({
    about: 'age1x',
    start: 21,
  });
  usb.remove();
});
