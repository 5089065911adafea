/** Scans that another machine attached, over a real hub: who may have them, from where they were cut, and what is said offline. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { FILE_PART_BYTES } from '../../../shared/contract/sync/version.ts';
import { must } from '../../../shared/lib/must.ts';
import { Problem } from '../../../shared/problem.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { contentFrom, scanned } from '../../support/scan-road.ts';
import { hashOf, scan } from '../../support/scans.ts';

const [OTHER_WARD, OTHER_WARD_KEY] = ['26740', '26740@2025-07-01'];
const LARGE = 1_300_000;

describe.each(engines())('scans of other machines and a hub on %s', (engine) => {
  let hub: TestHub;
  let [author, reader]: Pair[] = [];
  const pairs: Pair[] = [];
  const machine = async (office = '26743') => {
    const made = await enrolledPair(hub, { office, role: office === '79' ? 'officer' : 'clerk' });
    pairs.push(made);
    return made;
  };
  const [one, two] = [() => must(author, 'author'), () => must(reader, 'reader')];
  beforeAll(async () => {
    hub = await startTestHub(engine);
    [author, reader] = [await machine(), await machine()];
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    await hub.remove();
  });

  /** A scan of `one`, at the city and known to `two`. */
  async function sent(size: number) {
    const made = await scanned(one().desk, size);
    for (const pair of [one(), two()])
      expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: null, attention: 0 });
    return made;
  }
  const here = async ({ desk }: Pair, id: string) => (await desk.call('dossier.get', { id })).files[0]?.here;
  const atCity = (sha256: string) => path.join(hub.dataDir, 'files', sha256.slice(0, 2), sha256);
  const refusalOf = (pair: Pair, sha256: string, offset = 0) =>
    contentFrom(pair, sha256, offset).then(
      () => 'OK',
      (error: unknown) => (error instanceof Problem ? error.code : String(error)),
    );

  test.each([40_000, FILE_PART_BYTES, LARGE])(
    'a scan of %i bytes is fetched when it is opened, encrypted at rest, and read like an own one',
    async (size) => {
      const { id, sha256, bytes } = await sent(size);
      const { desk } = two();
      expect(await here(two(), id)).toBe(false);
      expect(await desk.refusal('file.read', { id, sha256 })).toBe('SCAN_NOT_KEPT');
      await desk.call('file.fetch', { id, sha256 });
      expect(await here(two(), id)).toBe(true);
      expect(hashOf((await desk.call('file.read', { id, sha256 })).bytes)).toBe(sha256);
      const stored = readFileSync(path.join(desk.folder, 'files', sha256.slice(0, 2), sha256));
      expect(stored.includes(Buffer.from(bytes.subarray(20_000, 20_032)))).toBe(false);
      const told = desk.announced.filter((a) => a.announcement === 'fetch-progress');
      expect(told.at(-1)?.body).toEqual({ sha256, done: size, all: size });
      // Once here, it is not asked for again.
      two().line.down();
      await desk.call('file.fetch', { id, sha256 });
      two().line.up();
    },
  );

  test('cut anywhere, both ways, it goes on where it was, and comes whole', async () => {
    const { id, sha256 } = await sent(LARGE);
    const { desk, line } = two();
    const end = fc.record({
      way: fc.constantFrom('request' as const, 'reply' as const),
      bytes: fc.integer({ min: 0, max: 700_000 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(end, { minLength: 1, maxLength: 5 }), async (cuts) => {
        rmSync(path.join(desk.folder, 'files'), { recursive: true, force: true });
        for (const { way, bytes } of cuts) {
          // What a greeting and a signed question need; a way that is longer is not cut.
          line.cutAfter({ [way]: way === 'request' ? bytes % 4_000 : bytes });
          expect(await desk.refusal('file.fetch', { id, sha256 })).toMatch(/^(OK|SCAN_ELSEWHERE)$/);
          expect(await here(two(), id)).toBe(
            readdirSync(path.join(desk.folder, 'files')).includes(sha256.slice(0, 2)),
          );
        }
        line.up();
        await desk.call('file.fetch', { id, sha256 });
        expect(hashOf((await desk.call('file.read', { id, sha256 })).bytes)).toBe(sha256);
      }),
      { numRuns: 12 },
    );
    line.up();
  });

  test('what came before the cut is not asked for again', async () => {
    const { id, sha256 } = await sent(LARGE);
    const { desk, line } = two();
    line.cutAfter({ reply: 1_000_000 });
    expect(await desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_ELSEWHERE');
    line.up();
    await desk.call('file.fetch', { id, sha256 });
    expect(line.passed.reply).toBeLessThan(LARGE - 800_000);
  });

  test('without a line it says where the scan is, and the dossier opens all the same', async () => {
    const { id, sha256 } = await sent(40_000);
    const { desk, line } = two();
    line.down();
    expect(await desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_ELSEWHERE');
    expect(await here(two(), id)).toBe(false);
    line.up();
  });

  test('stopped by the clerk it keeps what came; opened twice at once it is fetched once', async () => {
    const { id, sha256 } = await sent(LARGE);
    const { desk, line } = two();
    const first = desk.refusal('file.fetch', { id, sha256 });
    const isUnderWay = () =>
      desk.announced.some(
        (a) => a.announcement === 'fetch-progress' && (a.body as { sha256: string }).sha256 === sha256,
      );
    while (!isUnderWay()) await new Promise((done) => setImmediate(done));
    await desk.call('file.cancel-fetch', {});
    expect(await first).toBe('SCAN_FETCH_STOPPED');
    line.up();
    const both = [desk.call('file.fetch', { id, sha256 }), desk.call('file.fetch', { id, sha256 })];
    await Promise.all(both);
    expect(line.passed.reply).toBeLessThan(LARGE + 50_000);
    expect(await here(two(), id)).toBe(true);
  });

  test('a content that was spoiled at the city gets no name here, and one mended there comes', async () => {
    const { id, sha256, bytes } = await sent(300_000);
    writeFileSync(atCity(sha256), scan(300_000, 'image/jpeg', 999));
    expect(await two().desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_HASH_WRONG');
    expect(await here(two(), id)).toBe(false);
    writeFileSync(atCity(sha256), bytes.subarray(0, 250_000));
    expect(await two().desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_HASH_WRONG');
    writeFileSync(atCity(sha256), bytes);
    await two().desk.call('file.fetch', { id, sha256 });
    expect(await here(two(), id)).toBe(true);
  });

  test('a scan that the city does not hold is said so', async () => {
    const { id, sha256 } = await sent(40_000);
    rmSync(atCity(sha256));
    expect(await two().desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_NOT_AT_CITY');
  });

  test('the ward, those above it, and the ward it was handed over to have it; a strange ward and a strange file have nothing', async () => {
    const { id, sha256, bytes } = await sent(40_000);
    const [strange, above] = [await machine(OTHER_WARD), await machine('79')];
    expect(await refusalOf(strange, sha256)).toBe('SCAN_OUT_OF_SCOPE');
    expect(await refusalOf(strange, 'f'.repeat(64))).toBe('SCAN_OUT_OF_SCOPE');
    expect(await refusalOf(above, 'f'.repeat(64))).toBe('SCAN_OUT_OF_SCOPE');
    expect((await contentFrom(above, sha256)).equals(bytes)).toBe(true);
    expect((await contentFrom(two(), sha256, 39_990)).equals(bytes.subarray(39_990))).toBe(true);
    expect(await contentFrom(two(), sha256, 40_000)).toHaveLength(0);
    expect(await refusalOf(two(), sha256, 40_001)).toBe('INPUT_INVALID');
    expect(await strange.desk.refusal('file.fetch', { id, sha256 })).toBe('DOSSIER_NOT_FOUND');

    const { revision: base } = await one().desk.call('dossier.get', { id });
    const to = { to: OTHER_WARD_KEY, reason: 'nhầm địa bàn', receivedBy: '' };
    await one().desk.call('dossier.transfer', { id, base, ...to });
    for (const pair of [one(), strange]) await pair.desk.call('sync.run', {});
    await strange.desk.call('file.fetch', { id, sha256 });
    expect(await here(strange, id)).toBe(true);
    // Who had it reads on.
    expect((await contentFrom(two(), sha256)).equals(bytes)).toBe(true);
  });

  test('taken off the dossier, it is nobody else’s any more', async () => {
    const { id, sha256 } = await sent(40_000);
    await one().desk.call('dossier.detach', { id, sha256, reason: 'nhầm hồ sơ' });
    await one().desk.call('sync.run', {});
    expect(await refusalOf(two(), sha256)).toBe('SCAN_OUT_OF_SCOPE');
  });

  test('a revoked machine has nothing', async () => {
    const { id, sha256 } = await sent(40_000);
    const gone = await machine();
    await gone.desk.call('sync.run', {});
    const { device } = must(readIdentity(gone.desk.desk.db), 'identity');
    await revokeDevice(hub.db, device, new Date(hub.clock.now()));
    expect(await gone.desk.refusal('file.fetch', { id, sha256 })).toBe('DEVICE_REVOKED');
  });

  test('the route is described, and nobody without a signature gets past its door', async () => {
    const { sha256 } = await sent(40_000);
    const route = `/v1/files/${sha256}/content?offset=0`;
    expect(await (await fetch(`${hub.url}${route}`)).json()).toMatchObject({ code: 'SIGNATURE_INVALID' });
    const { paths } = (await (await fetch(`${hub.url}/v1/openapi.json`)).json()) as {
      paths: Record<string, { get?: { responses: Record<string, { content: object }> } }>;
    };
    const described = paths['/v1/files/{sha256}/content']?.get?.responses['200']?.content;
    expect(described).toEqual({
      'application/octet-stream': { schema: { type: 'string', format: 'binary' } },
    });
  });
});
