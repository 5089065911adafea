/** Scans over a real hub: small before the events, large after them, from where the line was cut, and the city's word when they are whole. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { hashOf, scan } from '../../support/scans.ts';

const [SMALL, LARGE] = [40_000, 1_300_000];

describe.each(engines())('scans and a hub on %s', (engine) => {
  let hub: TestHub;
  let pair: Pair;
  let made = 0;
  beforeAll(async () => {
    hub = await startTestHub(engine);
    pair = await enrolledPair(hub);
  });
  afterAll(async () => {
    await pair.close();
    await hub.remove();
  });

  /** A dossier with one scan of this size. */
  async function scanned(size: number) {
    const { desk } = pair;
    const id = `11111111-1111-4111-8111-${String(++made).padStart(12, '0')}`;
    const bytes = scan(size, 'image/jpeg', made);
    const sha256 = hashOf(bytes);
    await desk.call('dossier.receive', reception(id, 'birth'));
    await desk.call('file.take', { name: 'quet.jpg', bytes });
    await desk.call('dossier.attach', { id, sha256, name: 'quet.jpg', paper: null, note: '' });
    return { id, sha256, bytes };
  }
  const atCity = (sha256: string) =>
    readFileSync(path.join(hub.dataDir, 'files', sha256.slice(0, 2), sha256));
  const lastOf = async (id: string) => (await pair.desk.call('dossier.get', { id })).history[0]?.delivery;

  test.each([SMALL, LARGE])('a scan of %i bytes and its event are received in one exchange', async (size) => {
    const { id, sha256, bytes } = await scanned(size);
    expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0, attention: 0 });
    expect(atCity(sha256).equals(bytes)).toBe(true);
    expect(await lastOf(id)).toMatchObject({ state: 'received' });
    expect(await verifyProjections(hub.db)).toEqual([]);
    expect(verifyDesk(pair.desk.desk.db).problems).toEqual([]);
  });

  test('where the line is cut in a large scan its event waits at the city, and the next exchange goes on from there', async () => {
    const { id, sha256, bytes } = await scanned(LARGE);
    pair.line.cutAfter({ request: 900_000 });
    expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: { code: 'CITY_UNREACHABLE' } });
    expect(await lastOf(id)).toMatchObject({ state: 'held', code: 'FILE_MISSING' });
    pair.line.up();
    expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: null });
    expect(pair.line.passed.request).toBeLessThan(LARGE - 400_000);
    expect(atCity(sha256).equals(bytes)).toBe(true);
    expect(await lastOf(id)).toMatchObject({ state: 'received' });
  });

  test('taken off before it was sent, it is attached and taken off at the city too', async () => {
    const { id, sha256 } = await scanned(LARGE);
    await pair.desk.call('dossier.detach', { id, sha256, reason: 'nhầm hồ sơ' });
    expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: null, attention: 0 });
    const { history, files } = await pair.desk.call('dossier.get', { id });
    expect(files).toEqual([]);
    expect(history.map((e) => [e.verb, e.delivery.state])).toEqual([
      ['dossier.detach', 'received'],
      ['dossier.attach', 'received'],
      ['dossier.receive', 'received'],
    ]);
    expect(await verifyProjections(hub.db)).toEqual([]);
  });

  test('a damaged scan stops nobody else', async () => {
    const { id, sha256 } = await scanned(SMALL);
    const { desk } = pair;
    writeFileSync(path.join(desk.folder, 'files', sha256.slice(0, 2), sha256), 'x'.repeat(100));
    const other = await scanned(SMALL);
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null });
    expect(await lastOf(id)).toMatchObject({ state: 'held', code: 'FILE_MISSING' });
    expect(await lastOf(other.id)).toMatchObject({ state: 'received' });
  });
});
