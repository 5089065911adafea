/** The scan behind a figure: part of its event, sent like the scans of dossiers, read by the office above, by nobody else. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyProjections } from '../../../city/db/verify.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { CountCell } from '../../../shared/domain/sheet.ts';
import { must } from '../../../shared/lib/must.ts';
import { Problem } from '../../../shared/problem.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { contentFrom } from '../../support/scan-road.ts';
import { hashOf, scan } from '../../support/scans.ts';
import { carry, newStick } from '../../support/stick.ts';

const UNIT = '26743@2025-07-01';
const CELL = { category: 'hoi_nong_dan', measure: 'tong' };
const KEY = 'hoi_nong_dan/tong';

describe.each(engines())('evidence of figures and a hub on %s', (engine) => {
  let hub: TestHub;
  let [ward, city, strange]: Pair[] = [];
  let made = 0;
  const [one, above, other] = [
    () => must(ward, 'ward'),
    () => must(city, 'city'),
    () => must(strange, 'strange'),
  ];
  beforeAll(async () => {
    hub = await startTestHub(engine);
    ward = await enrolledPair(hub);
    city = await enrolledPair(hub, { office: '79', role: 'officer' });
    strange = await enrolledPair(hub, { office: '26740' });
  });
  afterAll(async () => {
    expect(await verifyProjections(hub.db)).toEqual([]);
    for (const pair of [one(), above(), other()]) {
      expect(verifyDesk(pair.desk.desk.db).problems).toEqual([]);
      await pair.close();
    }
    await hub.remove();
  });

  const place = (asOf: string) => ({ asOf, form: null, from: null });
  const record = (asOf: string, cell: Partial<CountCell>, { desk }: Pair = one()) =>
    desk.call('count.record', {
      ...{ ...place(asOf), source: 'typed' },
      units: [{ unit: UNIT, cells: [{ ...CELL, value: 7, ...cell }] }],
    });
  /** A figure of `one` with a scan of this size, not sent yet. */
  async function proven(asOf: string, size: number) {
    const bytes = scan(size, 'image/jpeg', 500 + ++made);
    const file = await one().desk.call('file.take', { name: 'Danh sách ký tên.jpg', bytes });
    await record(asOf, { evidence: 'Danh sách', file });
    return { file, bytes, sha256: hashOf(bytes), id: `${UNIT}:${asOf}` };
  }
  const noteAt = async ({ desk }: Pair, asOf: string) => {
    const { rows } = await desk.call('count.grid', place(asOf));
    return rows.find((row) => row.unit.key === UNIT)?.notes[KEY];
  };
  const run = async ({ desk }: Pair) =>
    expect(await desk.call('sync.run', {})).toMatchObject({ lastError: null, attention: 0, waiting: 0 });

  test.each([30_000, 1_300_000])('of %i bytes: sent, seen above, fetched there on demand', async (size) => {
    const asOf = size > 100_000 ? '2026-10-02' : '2026-10-01';
    const { file, sha256, bytes, id } = await proven(asOf, size);
    expect(await noteAt(one(), asOf)).toMatchObject({ evidence: 'Danh sách', file: { ...file, here: true } });
    for (const pair of [one(), above(), other()]) await run(pair);
    expect(readFileSync(path.join(hub.dataDir, 'files', sha256.slice(0, 2), sha256)).equals(bytes)).toBe(
      true,
    );
    expect(await noteAt(above(), asOf)).toMatchObject({ file: { ...file, here: false } });
    await above().desk.call('file.fetch', { id, sha256 });
    expect(await noteAt(above(), asOf)).toMatchObject({ file: { here: true } });
    expect(hashOf((await above().desk.call('file.read', { id, sha256 })).bytes)).toBe(sha256);
    const refused = await contentFrom(other(), sha256).catch((error: unknown) => error);
    expect(refused instanceof Problem && refused.code).toBe('SCAN_OUT_OF_SCOPE');
    expect(await other().desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_NOT_ATTACHED');
  });

  test('a figure counts at once and its sheet is locked and sent, though the line was cut in its large evidence', async () => {
    const asOf = '2026-10-03';
    const { sha256, id } = await proven(asOf, 1_300_000);
    await one().desk.call('sheet.lock', { ...place(asOf), units: [UNIT], reason: '' });
    one().line.cutAfter({ request: 900_000 });
    expect(await one().desk.call('sync.run', {})).toMatchObject({ lastError: { code: 'CITY_UNREACHABLE' } });
    one().line.up();
    await run(above());
    const row = (await above().desk.call('count.grid', place(asOf))).rows.find((r) => r.unit.key === UNIT);
    expect(row).toMatchObject({ status: 'locked', cells: { [KEY]: 7 } });
    expect(await above().desk.refusal('file.fetch', { id, sha256 })).toBe('SCAN_NOT_AT_CITY');
    await run(one());
    await above().desk.call('file.fetch', { id, sha256 });
  });

  test('a new figure may keep it, another file takes its place, null takes it off', async () => {
    const asOf = '2026-10-04';
    const { file } = await proven(asOf, 2_000);
    expect(await record(asOf, { file })).toEqual({ changed: 0 });
    expect(await record(asOf, { value: 8, file })).toEqual({ changed: 1 });
    expect(await noteAt(one(), asOf)).toMatchObject({ file });
    const second = await one().desk.call('file.take', { name: 'b.png', bytes: scan(900, 'image/png', 3) });
    await record(asOf, { value: 8, file: second });
    expect(await noteAt(one(), asOf)).toMatchObject({ file: { name: 'b.png' } });
    expect(await record(asOf, { value: 8, file: null })).toEqual({ changed: 1 });
    expect(await noteAt(one(), asOf)).not.toHaveProperty('file');
    await run(one());
    expect(await contentFrom(above(), file.sha256).catch((error: unknown) => (error as Problem).code)).toBe(
      'SCAN_OUT_OF_SCOPE',
    );
  });

  test('what was never taken in, or is gone from this machine, is no evidence', async () => {
    const cells = (sha256: string) => ({
      ...{ ...place('2026-10-05'), source: 'typed' },
      units: [
        {
          unit: UNIT,
          cells: [{ ...CELL, value: 1, file: { sha256, name: 'a.png', size: 9, type: 'image/png' } }],
        },
      ],
    });
    expect(await one().desk.refusal('count.record', cells('f'.repeat(64)))).toBe('SCAN_NOT_KEPT');
    expect(await one().desk.refusal('count.record', cells('x'))).toBe('INPUT_INVALID');
    const { sha256 } = await one().desk.call('file.take', {
      name: 'c.png',
      bytes: scan(800, 'image/png', 4),
    });
    rmSync(path.join(one().desk.folder, 'files', sha256.slice(0, 2), sha256));
    expect(await one().desk.refusal('count.record', cells(sha256))).toBe('SCAN_NOT_KEPT');
    expect(await noteAt(one(), '2026-10-05')).toBe(undefined);
  });

  test('its name and size are those of what was taken in, whatever the window says', async () => {
    const asOf = '2026-10-06';
    const bytes = scan(700, 'application/pdf', 8);
    const { sha256 } = await one().desk.call('file.take', { name: 'x', bytes });
    await record(asOf, { file: { sha256, name: '../../Danh sách.exe', size: 1, type: 'image/png' } });
    expect(await noteAt(one(), asOf)).toMatchObject({
      file: { sha256, name: 'Danh sách.pdf', size: 700, type: 'application/pdf' },
    });
  });

  test('it travels by stick like any scan', async () => {
    const { sha256, bytes } = await proven('2026-10-07', 2_500);
    const usb = newStick();
    expect(await one().desk.call('courier.write', { place: usb.folder })).toMatchObject({
      scans: expect.any(Number),
    });
    await carry(hub, usb);
    usb.remove();
    expect((await contentFrom(above(), sha256)).equals(bytes)).toBe(true);
    await run(one());
  });
});
