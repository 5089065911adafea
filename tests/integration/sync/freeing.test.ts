/** Room of scans: what the city holds may leave this machine and comes back when it is opened; what it does not hold never leaves. */
import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { scanned } from '../../support/scan-road.ts';
import { hashOf } from '../../support/scans.ts';

let hub: TestHub;
let [author, reader]: Pair[] = [];
const desk = () => (author as Pair).desk;
beforeEach(async () => {
  hub = await startTestHub('pglite');
  [author, reader] = [await enrolledPair(hub), await enrolledPair(hub)];
});
afterEach(async () => {
  for (const pair of [author, reader]) await pair?.close();
  await hub.remove();
});

const NONE = { count: 0, bytes: 0 };
const here = async (id: string) => (await desk().call('dossier.get', { id })).files[0]?.here;
const onDisk = () =>
  readdirSync(`${desk().folder}/files`, { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
    .length;

test('sent and received it leaves, and is fetched again', async () => {
  const { id, sha256 } = await scanned(desk(), 50_000);
  expect(await desk().call('file.storage', {})).toEqual({ count: 1, bytes: 50_000, freeable: NONE });
  expect(await desk().call('file.free', {})).toEqual(NONE);
  expect(await here(id)).toBe(true);
  await desk().call('sync.run', {});
  const sum = { count: 1, bytes: 50_000 };
  expect(await desk().call('file.storage', {})).toEqual({ ...sum, freeable: sum });
  expect(await desk().call('file.free', {})).toEqual(sum);
  expect(await desk().call('file.storage', {})).toEqual({ ...NONE, freeable: NONE });
  expect([await here(id), onDisk()]).toEqual([false, 0]);
  expect(await desk().call('file.free', {})).toEqual(NONE);
  await desk().call('file.fetch', { id, sha256 });
  expect(hashOf((await desk().call('file.read', { id, sha256 })).bytes)).toBe(sha256);
  expect(await desk().call('file.storage', {})).toEqual({ ...sum, freeable: sum });
});

test('what waits at the line, or whose event has no word yet, stays', async () => {
  const [small, large] = [await scanned(desk(), 20_000), await scanned(desk(), 1_300_000)];
  author?.line.cutAfter({ request: 700_000 });
  expect(await desk().call('sync.run', {})).toMatchObject({ lastError: { code: 'CITY_UNREACHABLE' } });
  author?.line.down();
  // The large one is not whole at the city, and its event waits there.
  expect(await desk().call('file.free', {})).toEqual({ count: 1, bytes: 20_000 });
  expect([await here(small.id), await here(large.id)]).toEqual([false, true]);
  author?.line.up();
  expect(await desk().call('sync.run', {})).toMatchObject({ lastError: null });
  expect(await desk().call('file.free', {})).toEqual({ count: 1, bytes: 1_300_000 });
});

test('a file at the city whose event did not get there stays', async () => {
  const { id } = await scanned(desk(), 200_000);
  // The small scan goes before the batch that names it.
  author?.line.cutAfter({ request: 203_500 });
  expect(await desk().call('sync.run', {})).toMatchObject({ lastError: { code: 'CITY_UNREACHABLE' } });
  expect((await desk().call('dossier.get', { id })).history[0]?.delivery).toMatchObject({ state: 'waiting' });
  expect(await desk().call('file.free', {})).toEqual(NONE);
  expect(await here(id)).toBe(true);
});

test('what another machine attached leaves too, with what came of a fetch that was cut', async () => {
  const [one, two] = [await scanned(desk(), 60_000), await scanned(desk(), 1_300_000)];
  await desk().call('sync.run', {});
  const { desk: other, line } = reader as Pair;
  await other.call('sync.run', {});
  await other.call('file.fetch', { id: one.id, sha256: one.sha256 });
  line.cutAfter({ reply: 700_000 });
  expect(await other.refusal('file.fetch', { id: two.id, sha256: two.sha256 })).toBe('SCAN_ELSEWHERE');
  expect(readdirSync(`${other.folder}/files`)).toContain(`${two.sha256}.part`);
  expect(await other.call('file.free', {})).toEqual({ count: 1, bytes: 60_000 });
  expect(readdirSync(`${other.folder}/files`).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('after it was freed the next exchange asks for nothing', async () => {
  const { id } = await scanned(desk(), 30_000);
  await desk().call('sync.run', {});
  await desk().call('file.free', {});
  author?.line.up();
  expect(await desk().call('sync.run', {})).toMatchObject({ lastError: null, attention: 0, waiting: 0 });
  expect(await here(id)).toBe(false);
});
