/** A release over a real hub: offered, refused, cut and resumed, replaced, held back while a batch is open. */
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { UPDATE_FILE, type UpdateManifest } from '../../../shared/domain/update.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import {
  installerOf,
  manifestOf,
  PLATFORM,
  type Release,
  type ReleaseKey,
  releaseKey,
  signManifest,
  writeRelease,
} from '../../support/release.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder } from '../../support/temp-desk.ts';

const VERSION = '0.4.0';
const nameOf = (version: string) => `so-mot-cua_${version}_amd64.deb`;

describe.each(engines())('a release of a hub on %s', (engine) => {
  let hub: TestHub;
  let key: ReleaseKey;
  let pair: Pair;
  let desk: TestDesk;
  const shelf = tempFolder('release');
  let waiting: string;
  beforeAll(async () => {
    hub = await startTestHub(engine, { updatesDir: shelf });
    key = await releaseKey();
  });
  afterAll(async () => {
    await hub.remove();
    rmSync(shelf, { recursive: true, force: true });
  });
  beforeEach(async () => {
    rmSync(shelf, { recursive: true, force: true });
    waiting = tempFolder('updates');
    pair = await enrolledPair(hub, { role: 'head', version: VERSION, updates: taking() });
    desk = pair.desk;
  });
  afterEach(async () => {
    await dropTestDesk(desk);
    await pair.line.close();
    rmSync(waiting, { recursive: true, force: true });
  });
  const taking = () => ({ keys: [key.trusted], folder: waiting, platform: PLATFORM });
  const release = (more: Omit<Release, 'key'>) => writeRelease(shelf, { key, ...more });
  const state = () => desk.call('update.state', {});
  const here = (version: string) => readFileSync(path.join(waiting, version, nameOf(version)));
  async function reopen(): Promise<void> {
    const { folder, clock } = desk;
    await desk.close();
    desk = openTestDesk({ folder, clock, seed: 'again', version: VERSION, updates: taking() });
  }

  test('is offered with what changed, fetched in pieces, checked, and ready; a fresh start knows it still', async () => {
    const bytes = await release({ version: '0.5.0' });
    expect(await desk.call('update.check', {})).toMatchObject({
      version: VERSION,
      offered: { version: '0.5.0', notes: ['Sửa lỗi in Mẫu 02.'], here: 0, ready: false, from: 'city' },
      due: true,
      problem: null,
    });
    expect(await desk.call('update.load', {})).toMatchObject({
      offered: { here: bytes.length, size: bytes.length, ready: true },
      loading: false,
    });
    expect(here('0.5.0').equals(bytes)).toBe(true);
    await reopen();
    await expect
      .poll(() => desk.desk.updates.state().offered)
      .toMatchObject({ version: '0.5.0', ready: true });
  });

  test('a hub without one, with the same one, or with an older one offers nothing, and that is no failure', async () => {
    expect(await desk.call('update.check', {})).toMatchObject({
      offered: null,
      due: false,
      problem: null,
    });
    for (const version of [VERSION, '0.3.9']) {
      await release({ version });
      expect(await desk.call('update.check', {})).toMatchObject({ offered: null, problem: null });
    }
    expect((await state()).checkedAt).not.toBeNull();
  });

  test.each<[string, string, Partial<UpdateManifest>]>([
    [
      'for other machines',
      'UPDATE_OTHER_PLATFORM',
      {
        files: [
          { ...must(manifestOf('0.5.0', installerOf('0.5.0')).files[0], 'file'), platform: 'win32-x64' },
        ],
      },
    ],
    ['that needs one between', 'UPDATE_STEP_BETWEEN', { from: '0.4.5' }],
    ['with older tables', 'UPDATE_OLD_TABLES', { schema: 2 }],
  ])('a release %s is refused in words and not kept', async (_name, code, more) => {
    await release({ version: '0.5.0', more });
    expect(await desk.refusal('update.check', {})).toBe(code);
    expect(await state()).toMatchObject({ offered: null, problem: { code } });
    expect(existsSync(waiting) && readdirSync(waiting)).toEqual([]);
  });

  test('a hub does not hand out what does not speak its protocol', async () => {
    await release({ version: '0.5.0', more: { protocol: { min: 7, max: 9 } } });
    expect(await desk.call('update.check', {})).toMatchObject({ offered: null });
  });

  test.each<[string, (jws: string) => string | Promise<string>, string | null]>([
    [
      'by a strange key',
      async () => signManifest(manifestOf('0.5.0', installerOf('0.5.0')), await releaseKey()),
      'UPDATE_KEY_UNKNOWN',
    ],
    ['with a bent signature', (jws) => `${jws.slice(0, -9)}AAAAAAAAA`, 'UPDATE_SIGNATURE'],
    ['that is a page of a portal', () => '<html>login</html>', null],
    ['that is too large', (jws) => jws + 'A'.repeat(70_000), null],
  ])('a manifest %s', async (_name, bend, code) => {
    await release({ version: '0.5.0' });
    const file = path.join(shelf, UPDATE_FILE);
    writeFileSync(file, await bend(readFileSync(file, 'utf8')));
    // A hub that cannot read it has none.
    if (code === null) expect(await desk.call('update.check', {})).toMatchObject({ offered: null });
    else expect(await desk.refusal('update.check', {})).toBe(code);
    expect((await state()).offered).toBeNull();
  });

  test('cut after any number of bytes it goes on from there, and comes whole', async () => {
    const bytes = await release({ version: '0.5.0' });
    await desk.call('update.check', {});
    const way = fc.constantFrom('request' as const, 'reply' as const);
    const cut = fc.tuple(way, fc.integer({ min: 0, max: 700_000 }));
    await fc.assert(
      fc.asyncProperty(fc.array(cut, { minLength: 1, maxLength: 5 }), async (cuts) => {
        rmSync(path.join(waiting, '0.5.0', nameOf('0.5.0')), { force: true });
        let before = 0;
        for (const [direction, at] of cuts) {
          pair.line.cutAfter({ [direction]: direction === 'request' ? at % 4_000 : at });
          expect(await desk.refusal('update.load', {})).toMatch(/^(OK|UPDATE_STOPPED)$/);
          const { offered } = await state();
          expect(offered?.here).toBeGreaterThanOrEqual(before);
          before = offered?.here ?? 0;
        }
        pair.line.up();
        await desk.call('update.load', {});
        expect(here('0.5.0').equals(bytes)).toBe(true);
      }),
      { numRuns: 12 },
    );
    pair.line.up();
  });

  test('what came before the cut is not fetched again, and a machine that was switched off goes on too', async () => {
    const bytes = await release({ version: '0.5.0' });
    await desk.call('update.check', {});
    pair.line.cutAfter({ reply: 1_000_000 });
    expect(await desk.refusal('update.load', {})).toBe('UPDATE_STOPPED');
    pair.line.up();
    await reopen();
    await desk.call('update.load', {});
    // At most the piece that was under way is asked for again.
    expect(pair.line.passed.reply).toBeLessThan(bytes.length - 400_000);
    expect(here('0.5.0').equals(bytes)).toBe(true);
  });

  test.each<[string, (file: string) => void]>([
    ['longer', (file) => appendFileSync(file, 'x')],
    ['shorter', (file) => truncateSync(file, 900_000)],
    ['gone', (file) => rmSync(file)],
  ])('an installer that is %s at the hub is not handed out', async (_name, spoil) => {
    await release({ version: '0.5.0' });
    await desk.call('update.check', {});
    spoil(path.join(shelf, nameOf('0.5.0')));
    expect(await desk.refusal('update.load', {})).toBe('UPDATE_FILE_MISSING');
    expect((await state()).offered).toMatchObject({ ready: false, here: 0 });
  });

  test('an installer of the right size with other bytes is dropped, and a mended one comes', async () => {
    const bytes = await release({ version: '0.5.0' });
    await desk.call('update.check', {});
    const file = path.join(shelf, nameOf('0.5.0'));
    writeFileSync(file, installerOf('0.6.6'));
    expect(await desk.refusal('update.load', {})).toBe('UPDATE_FILE_WRONG');
    expect((await state()).offered).toMatchObject({ ready: false, here: 0 });
    writeFileSync(file, bytes);
    await desk.call('update.load', {});
    expect(here('0.5.0').equals(Buffer.from(bytes))).toBe(true);
  });

  test('a release that is older than the one offered, played again, changes nothing', async () => {
    await release({ version: '0.6.0' });
    await desk.call('update.check', {});
    await release({ version: '0.5.0' });
    expect(await desk.refusal('update.check', {})).toBe('UPDATE_NOT_NEWER');
    expect((await state()).offered).toMatchObject({ version: '0.6.0' });
  });

  test('a newer one takes its place, and what waited of the old one goes', async () => {
    await release({ version: '0.5.0' });
    await desk.call('update.check', {});
    await desk.call('update.load', {});
    await release({ version: '0.6.0' });
    await desk.call('update.check', {});
    expect(readdirSync(waiting).sort()).toEqual(['0.6.0']);
    expect((await state()).offered).toMatchObject({ version: '0.6.0', ready: false });
  });

  test('the road is described, and nobody without a signature gets past its door', async () => {
    await release({ version: '0.5.0' });
    for (const route of ['/v1/update', `/v1/update/${'a'.repeat(64)}?offset=0`])
      expect(await (await fetch(`${hub.url}${route}`)).json()).toMatchObject({ code: 'SIGNATURE_INVALID' });
  });

  test('nothing is installed while a batch is open; after it, it is', async () => {
    await release({ version: '0.5.0' });
    await desk.call('update.check', {});
    await desk.call('update.load', {});
    await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
    const sending = desk.call('sync.run', {});
    expect(await desk.refusal('update.prepare', {})).toBe('UPDATE_BATCH_OPEN');
    expect(await sending).toMatchObject({ lastError: null, waiting: 0 });
    expect(await desk.call('update.prepare', {})).toMatchObject({ version: '0.5.0' });
  });
});
