/** Out as a file and in again, through the same door: counts, annexes, targets. */
import { describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { findSheetForm, formUnitsOn } from '../../../shared/catalogue/sheet-forms.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { CITY_TABLE, desk, eachWithADesk, events, file, load } from '../../support/import-desk.ts';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

eachWithADesk();

describe('export, then import into an empty book, is the identity', () => {
  const there = { asOf: '2023-09-19', form: null, from: null };
  const kinds = (['wide', 'long'] as const).flatMap((shape) =>
    (['xlsx', 'csv'] as const).map((format) => [shape, format] as const),
  );
  test.each(kinds)('%s %s', async (shape, format) => {
    await load(CITY_TABLE);
    await desk.call('count.record', {
      ...{ ...there, source: 'typed' },
      units: [
        {
          unit: '760@2021-01-01',
          cells: [
            { category: 'hoi_chu_thap_do', measure: 'hoi_vien', value: 12 },
            { category: 'hoi_nong_dan', measure: 'tong', value: null },
            { category: 'nguoi_lao_dong', measure: 'tong', value: null, outside: true },
          ],
        },
      ],
    });
    const { bytes } = await desk.call('count.file', { ...there, shape, format });
    const fresh = openTestDesk({ role: 'officer', office: CITY });
    const input = { ...file(bytes), skipWrong: false };
    expect((await fresh.call('count.check-import', file(bytes))).problems).toEqual([]);
    await fresh.call('count.import', input);
    const figures = async (d: TestDesk) =>
      (await d.call('count.grid', there)).rows.map(({ unit, cells, notes }) => [
        unit.key,
        cells,
        Object.keys(notes).filter((key) => notes[key]?.outside),
      ]);
    expect(await figures(fresh)).toEqual(await figures(desk));
    await dropTestDesk(fresh);
  });
});

test('an annex goes out and comes in again through the same door', async () => {
  const place = { asOf: '2026-11-14', form: 'phu-luc-10', from: '2026-10-15' };
  const form = findSheetForm('phu-luc-10');
  const cells = (form?.cells ?? []).slice(0, 6).map(({ category, measure }, i) => ({
    ...{ category, measure, value: i === 2 ? null : i },
    ...(i === 2 && { outside: true }),
  }));
  const [unit] = formUnitsOn(CITY, place.asOf, 'phu-luc-10').slice(-1);
  await desk.call('count.record', { ...place, source: 'typed', units: [{ unit: unit?.key ?? '', cells }] });
  const { bytes, name } = await desk.call('count.file', { ...place, shape: 'wide', format: 'xlsx' });
  expect(name).toBe('phu-luc-10-2026-10-15-2026-11-14.xlsx');
  const fresh = openTestDesk({ role: 'officer', office: CITY });
  const incoming = { ...place, fileName: name, bytes: bytes as Input<'count.import'>['bytes'] };
  expect(await fresh.call('count.check-import', incoming)).toMatchObject({ problems: [], changes: 6 });
  expect(await fresh.call('count.import', { ...incoming, skipWrong: false })).toMatchObject({ changed: 6 });
  const read = async (d: TestDesk) =>
    (await d.call('count.grid', place)).rows.map(({ cells: c, notes }) => [
      c,
      Object.keys(notes).filter((k) => notes[k]?.outside),
    ]);
  expect(await read(fresh)).toEqual(await read(desk));
  // Taken back, the sheet of that window is empty again, and the counts of the day were never touched.
  const [group] = await fresh.call('count.imports', {});
  expect(await fresh.call('count.undo-import', { group: group?.group ?? '' })).toMatchObject({ changed: 6 });
  expect((await read(fresh)).flat(2)).toEqual((await read(fresh)).map(() => ({})));
  await dropTestDesk(fresh);
});

describe('targets as a file', () => {
  const text =
    'unit_code,category_code,measure,target,from,to,source\n79,hoi_nong_dan,tong,900,2026-01-01,,KH 1\n26743,hoi_nong_dan,tong,9,2026-01-01,2026-12-31,KH 1\n';
  const bytes = (content: string) => new TextEncoder().encode(content);
  const take = (content: string, dryRun: boolean) =>
    desk.call('target.import', { bytes: bytes(content), dryRun });
  test('are looked at without writing, then written once', async () => {
    expect(await take(text, true)).toEqual({ rows: 2, changed: 2, problems: [] });
    expect(events()).toBe(0);
    expect(await take(text, false)).toMatchObject({ changed: 2 });
    expect(await desk.call('target.list', {})).toHaveLength(2);
    expect(await take(text, false)).toMatchObject({ changed: 0 });
    expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 2, problems: [] });
  });
  test('come out as they went in', async () => {
    await take(text, false);
    for (const format of ['csv', 'xlsx'] as const) {
      const out = await desk.call('target.file', { format });
      const fresh = openTestDesk({ role: 'head', office: CITY });
      await fresh.call('target.import', {
        bytes: out.bytes as Input<'count.import'>['bytes'],
        dryRun: false,
      });
      expect(await fresh.call('target.list', {})).toEqual(await desk.call('target.list', {}));
      await dropTestDesk(fresh);
    }
  });
  test('with a wrong row are refused as a whole, by a clerk in any case', async () => {
    const wrong = `${text}79,hoi_gi_do,,5,2026-01-01,,KH 1\n`;
    expect((await take(wrong, true)).problems.map((p) => [p.row, p.problem.code])).toEqual([
      [4, 'CATEGORY_UNKNOWN'],
    ]);
    expect(await desk.refusal('target.import', { bytes: bytes(wrong), dryRun: false })).toBe(
      'IMPORT_HAS_PROBLEMS',
    );
    const clerk = openTestDesk({ role: 'clerk', office: CITY });
    for (const dryRun of [true, false])
      expect(await clerk.refusal('target.import', { bytes: bytes(text), dryRun })).toBe('FORBIDDEN');
    await dropTestDesk(clerk);
    expect(events()).toBe(0);
  });
});
