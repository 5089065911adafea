/** Counts typed into the grid: zero is not blank, dates do not mix, today's desk counts what is missing. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countColumns } from '../../../shared/catalogue/categories.ts';
import { countUnitsOn } from '../../../shared/catalogue/units.ts';
import { accepted, cityAnswers, rejected } from '../../support/city-answer.ts';
import { COMMUNE, form, reception } from '../../support/forms.ts';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));
const record = (asOf: string, cells: Record<string, number | null>, unit = COMMUNE) =>
  desk.call('count.record', {
    asOf,
    ...PLACE,
    source: 'typed',
    units: [
      {
        unit,
        cells: Object.entries(cells).map(([category, value]) => ({ category, measure: 'tong', value })),
      },
    ],
  });
const PLACE = { form: null, from: null };
const grid = (asOf: string) => desk.call('count.grid', { asOf, ...PLACE });

describe('the grid', () => {
  test('shows zero as zero and what was not reported as nothing', async () => {
    expect(await record('2026-11-01', { hoi_nong_dan: 0, nguoi_co_cong: 7 })).toEqual({ changed: 2 });
    expect((await grid('2026-11-01')).rows).toMatchObject([
      {
        unit: { code: '26743', name: 'Phường Bến Thành' },
        cells: { 'hoi_nong_dan/tong': 0, 'nguoi_co_cong/tong': 7 },
        previous: null,
        delivery: { state: 'waiting' },
      },
    ]);
    expect(Object.keys((await grid('2026-11-01')).rows[0]?.cells ?? {})).toHaveLength(2);
    expect((await grid('2026-11-02')).rows[0]).toMatchObject({ cells: {}, delivery: null });
  });
  test('takes a figure back to "not reported"', async () => {
    await record('2026-11-01', { hoi_nong_dan: 0 });
    expect(await record('2026-11-01', { hoi_nong_dan: null })).toEqual({ changed: 1 });
    expect((await grid('2026-11-01')).rows[0]?.cells).toEqual({});
    expect(await desk.call('count.dates', { form: null })).toEqual([]);
    expect(await record('2026-11-01', { hoi_nong_dan: null })).toEqual({ changed: 0 });
  });
  test('shows the last earlier figures of the unit beside it, not those of a later day', async () => {
    await record('2026-09-01', { hoi_nong_dan: 1 });
    await record('2026-10-01', { hoi_nong_dan: 2 });
    await record('2026-11-01', { hoi_nong_dan: 3 });
    expect((await grid('2026-10-31')).rows[0]?.previous).toEqual({
      asOf: '2026-10-01',
      cells: { 'hoi_nong_dan/tong': 2 },
    });
    expect((await grid('2026-10-01')).rows[0]?.previous).toEqual({
      asOf: '2026-09-01',
      cells: { 'hoi_nong_dan/tong': 1 },
    });
    expect((await grid('2026-09-01')).rows[0]?.previous).toBeNull();
    expect(await desk.call('count.dates', { form: null })).toEqual([
      '2026-11-01',
      '2026-10-01',
      '2026-09-01',
    ]);
  });
  test('an earlier sheet that was emptied again is not the last figure', async () => {
    await record('2026-09-01', { hoi_nong_dan: 1 });
    await record('2026-10-01', { hoi_nong_dan: 2 });
    await record('2026-10-01', { hoi_nong_dan: null });
    expect((await grid('2026-11-01')).rows[0]?.previous?.asOf).toBe('2026-09-01');
  });
  test('of the city has its 168 communes today and its 22 districts in 2023', async () => {
    const city = openTestDesk({ role: 'officer', office: CITY });
    expect((await city.call('count.grid', { asOf: '2026-11-20', ...PLACE })).rows).toHaveLength(168);
    expect((await city.call('count.grid', { asOf: '2023-09-19', ...PLACE })).rows).toHaveLength(22);
    await city.call('count.record', {
      asOf: '2023-09-19',
      ...PLACE,
      source: 'pasted',
      units: [{ unit: '760@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 0 }] }],
    });
    expect(
      (await city.call('count.grid', { asOf: '2023-09-19', ...PLACE })).rows
        .filter((r) => Object.keys(r.cells).length > 0)
        .map((r) => r.unit.name),
    ).toEqual(['Quận 1']);
    await dropTestDesk(city);
  });
  test('one wrong unit among many: nothing of the call is kept', async () => {
    const cells = [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }];
    const units = [COMMUNE, '26740@2025-07-01'].map((unit) => ({ unit, cells }));
    expect(await desk.refusal('count.record', { asOf: '2026-11-01', ...PLACE, source: 'typed', units })).toBe(
      'UNIT_OUT_OF_SCOPE',
    );
    expect((await grid('2026-11-01')).rows[0]?.cells).toEqual({});
  });
  test('a figure that the city returned counts no longer', async () => {
    await record('2026-11-01', { hoi_nong_dan: 1 });
    cityAnswers(desk, () => accepted);
    await record('2026-11-01', { hoi_nong_dan: 2 });
    cityAnswers(desk, () => ({ ...rejected, code: 'UNIT_CLOSED' }));
    expect((await grid('2026-11-01')).rows[0]).toMatchObject({
      cells: { 'hoi_nong_dan/tong': 1 },
      delivery: { state: 'returned', code: 'UNIT_CLOSED' },
    });
  });
});

describe("today's desk", () => {
  const nobody = { total: 0, rows: [] };
  test('of a fresh machine is empty, and names the holiday ahead', async () => {
    expect(await desk.call('today.get', {})).toEqual({
      ...{ overdue: [], dueSoon: [], returned: 0, drafts: 0 },
      ...{ supplement: nobody, elsewhere: nobody, toGive: nobody },
      counts: { asOf: null, reported: 0, expected: 15, waiting: 15 },
      closing: { entered: 0, received: 0, returned: 0, waiting: 0 },
      specialDays: [{ date: '2026-11-24', name: 'Ngày Văn hóa Việt Nam', working: false }],
    });
  });
  test('counts what was entered, received, returned and still waits, and what is due', async () => {
    desk.clock.set('2026-11-16T02:00:00Z');
    const id = desk.desk.ids.uuid();
    await desk.call('dossier.receive', {
      ...reception(id, 'birth'),
      values: form('birth', 1, { 'child.birth': '2026-11-10' }),
    });
    cityAnswers(desk, () => accepted);
    desk.clock.set('2026-11-20T02:30:00Z');
    await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'death'));
    await record('2026-11-01', { hoi_nong_dan: 0, nguoi_co_cong: 3 });
    let n = 0;
    cityAnswers(desk, () => (n++ === 0 ? accepted : rejected));
    await desk.call('draft.save', { id: desk.desk.ids.uuid(), chain: 'birth', values: {} });
    await record('2026-11-02', { hoi_nong_dan: 5 });
    const today = await desk.call('today.get', {});
    expect(today.closing).toEqual({ entered: 3, received: 1, returned: 1, waiting: 1 });
    expect(today.counts).toEqual({ asOf: '2026-11-02', reported: 1, expected: 15, waiting: 14 });
    expect([today.drafts, today.returned]).toEqual([1, 1]);
    expect(today.overdue.map((r) => [r.id, r.nextDue])).toEqual([[id, '2026-11-16']]);
    expect(today.dueSoon.map((r) => r.chain)).toEqual(['death']);
  });
  test('midnight in Vietnam begins a new day', async () => {
    desk.clock.set('2026-11-20T16:59:00Z');
    await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
    expect((await desk.call('today.get', {})).closing.entered).toBe(1);
    desk.clock.set('2026-11-20T17:00:00Z');
    expect((await desk.call('today.get', {})).closing.entered).toBe(0);
  });
});

test('of an office above wards says how many units still lack figures, of a ward how many figures', async () => {
  const city = openTestDesk({ role: 'officer', office: CITY });
  const units = countUnitsOn(CITY, '2026-11-20').slice(0, 2);
  const cells = countColumns.map(({ category, measure }) => ({
    ...{ category: category.code, measure: measure.code, value: 0 },
  }));
  await city.call('count.record', {
    ...{ asOf: '2026-11-20', ...PLACE, source: 'typed' },
    units: units.map((u, i) => ({ unit: u.key, cells: i === 0 ? cells : cells.slice(1) })),
  });
  expect((await city.call('today.get', {})).counts).toMatchObject({ reported: 29, waiting: 167 });
  await dropTestDesk(city);
  await record('2026-11-20', { hoi_nong_dan: 0 });
  expect((await desk.call('today.get', {})).counts.waiting).toBe(countColumns.length - 1);
});

describe('the life of a sheet', () => {
  const step = { asOf: '2026-11-01', ...PLACE, units: [COMMUNE], reason: '' };
  const state = async (d: TestDesk = desk) => {
    const { status, statusReason, sentOn, may } = await rowIn(d);
    return { status, statusReason, sentOn, may };
  };
  const rowIn = async (d: TestDesk) => {
    const { rows } = await d.call('count.grid', { asOf: '2026-11-01', ...PLACE });
    const found = rows.find((r) => r.unit.key === COMMUNE);
    if (!found) throw new Error('no such row');
    return found;
  };
  const verbs = (d: TestDesk) =>
    d.desk.db.$client.prepare('SELECT verb FROM event ORDER BY n').pluck().all() as string[];
  const officer = async () => {
    const city = openTestDesk({ role: 'officer', office: CITY });
    const cells = [{ category: 'hoi_nong_dan', measure: 'tong', value: 3 }];
    await city.call('count.record', {
      ...{ asOf: '2026-11-01', ...PLACE, source: 'typed' },
      units: [{ unit: COMMUNE, cells }],
    });
    return city;
  };

  test('a sheet without figures is not sent; a locked one takes no more, and a repeat changes nothing', async () => {
    expect(await desk.refusal('sheet.lock', step)).toBe('SHEET_EMPTY');
    await record('2026-11-01', { hoi_nong_dan: 0 });
    expect((await state()).may).toEqual(['sheet.lock']);
    expect(await desk.call('sheet.lock', step)).toEqual({ changed: 1 });
    expect(await state()).toEqual({
      ...{ status: 'locked', statusReason: '', sentOn: '2026-11-20' },
      may: [],
    });
    expect(await desk.call('sheet.lock', step)).toEqual({ changed: 0 });
    const late = { ...{ asOf: '2026-11-01', ...PLACE, source: 'typed' } };
    const cells = [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }];
    expect(await desk.refusal('count.record', { ...late, units: [{ unit: COMMUNE, cells }] })).toBe(
      'SHEET_LOCKED',
    );
    expect(verbs(desk)).toEqual(['count.record', 'sheet.lock']);
    for (const verb of ['sheet.approve', 'sheet.return', 'sheet.unlock'] as const)
      expect(await desk.refusal(verb, { ...step, reason: 'x' }), verb).toBe('FORBIDDEN');
  });
  test('the office above approves, gives back and unlocks, each with what it needs', async () => {
    const city = await officer();
    expect(await city.refusal('sheet.approve', step)).toBe('SHEET_STEP_NOT_ALLOWED');
    expect(await city.call('sheet.lock', step)).toEqual({ changed: 1 });
    expect(await city.call('sheet.approve', step)).toEqual({ changed: 1 });
    expect(await city.refusal('sheet.return', { ...step, reason: '  ' })).toBe('REASON_REQUIRED');
    expect(await city.call('sheet.return', { ...step, reason: ' Thiếu số ' })).toEqual({ changed: 1 });
    expect(await state(city)).toMatchObject({
      ...{ status: 'returned', statusReason: 'Thiếu số' },
      may: ['sheet.lock'],
    });
    await city.call('sheet.lock', step);
    expect(await city.refusal('sheet.unlock', step)).toBe('REASON_REQUIRED');
    expect(await city.call('sheet.unlock', { ...step, reason: 'Nhập nhầm' })).toEqual({ changed: 1 });
    expect(await state(city)).toMatchObject({ status: 'draft', statusReason: 'Nhập nhầm' });
    expect(verbs(city).filter((verb) => verb !== 'count.record')).toEqual([
      ...['sheet.lock', 'sheet.approve', 'sheet.return', 'sheet.lock', 'sheet.unlock'],
    ]);
    await dropTestDesk(city);
  });
  test('one unit of a block that cannot: nothing of the block is done', async () => {
    const city = await officer();
    const units = [COMMUNE, '26740@2025-07-01'];
    expect(await city.refusal('sheet.lock', { ...step, units })).toBe('SHEET_EMPTY');
    expect((await state(city)).status).toBe('draft');
    expect(await city.refusal('sheet.lock', { ...step, units: ['99999@2025-07-01'] })).toBe('UNIT_UNKNOWN');
    await dropTestDesk(city);
  });
});

describe('what a cell carries', () => {
  test('outside is neither zero nor blank; reason and paper stay with the figure', async () => {
    const cell = { category: 'hoi_nong_dan', measure: 'tong' };
    const put = (more: object) =>
      desk.call('count.record', {
        ...{ asOf: '2026-11-01', ...PLACE, source: 'typed' },
        units: [{ unit: COMMUNE, cells: [{ ...cell, value: null, ...more }] }],
      });
    expect(await put({ outside: true })).toEqual({ changed: 1 });
    expect((await grid('2026-11-01')).rows[0]).toMatchObject({
      cells: {},
      notes: { 'hoi_nong_dan/tong': { outside: true } },
    });
    expect(await put({ value: 4, reason: ' giảm do  chuyển đi ', evidence: 'Danh sách' })).toEqual({
      changed: 1,
    });
    expect((await grid('2026-11-01')).rows[0]?.notes['hoi_nong_dan/tong']).toMatchObject({
      ...{ reason: 'giảm do chuyển đi', evidence: 'Danh sách', by: expect.any(String) },
    });
    expect((await grid('2026-11-02')).rows[0]?.history['hoi_nong_dan/tong']).toEqual([
      { asOf: '2026-11-01', value: 4 },
    ]);
  });
  test('of an annex lies in a sheet of its own, of its window', async () => {
    const city = openTestDesk({ role: 'officer', office: CITY });
    const place = { asOf: '2026-11-14', form: 'phu-luc-8', from: '2026-10-15' };
    const { rows } = await city.call('count.grid', place);
    const own = rows.find((r) => r.unit.code === CITY);
    expect(own?.cells).toEqual({});
    const cells = [{ category: 'pl8.7', measure: 'tong', value: 83 }];
    const units = [{ unit: own?.unit.key ?? '', cells }];
    expect(await city.call('count.record', { ...place, source: 'typed', units })).toEqual({ changed: 1 });
    const again = await city.call('count.grid', place);
    expect(again.rows.find((r) => r.unit.code === CITY)?.cells).toEqual({ 'pl8.7/tong': 83 });
    const counts = { ...place, form: null, from: null, source: 'typed' };
    expect(await city.refusal('count.record', { ...counts, units })).toBe('CATEGORY_UNKNOWN');
    await dropTestDesk(city);
  });
});

describe('targets', () => {
  const target = {
    ...{ unit: '26743', category: 'hoi_nong_dan', measure: 'tong', value: 200 as number | null },
    ...{ from: '2026-01-01', to: null, source: 'Kế hoạch 01/KH' },
  };
  test('a head sets one with its paper and days, and takes it back; a clerk may not', async () => {
    const head = openTestDesk({ role: 'head' });
    expect(await desk.refusal('target.set', target)).toBe('FORBIDDEN');
    expect(await head.call('target.set', target)).toEqual({ revision: 1 });
    const { items } = await head.call('sync.items', { list: 'waiting', before: null });
    expect(items.map((i) => i.title)).toEqual(['Phường Bến Thành · Hội Nông dân']);
    const { targets } = await head.call('count.grid', { asOf: '2026-11-01', ...PLACE });
    expect(targets).toEqual([target]);
    expect((await head.call('count.grid', { asOf: '2025-12-31', ...PLACE })).targets).toEqual([]);
    expect(await head.call('target.list', {})).toEqual([target]);
    await head.call('target.set', { ...target, value: null });
    expect(await head.call('target.list', {})).toEqual([]);
    await dropTestDesk(head);
  });
  test.each([
    ['without a paper', { source: ' ' }, 'FACT_SOURCE'],
    ['of nothing', { value: 0 }, 'TARGET_ZERO'],
    ['that ends before it begins', { to: '2025-12-31' }, 'WINDOW_REVERSED'],
    ['of another ward', { unit: '26740' }, 'UNIT_OUT_OF_SCOPE'],
    ['of no figure', { measure: 'khong_co' }, 'CATEGORY_UNKNOWN'],
  ])('one %s is refused', async (_, part, code) => {
    const head = openTestDesk({ role: 'head' });
    expect(await head.refusal('target.set', { ...target, ...part })).toBe(code);
    await dropTestDesk(head);
  });
});
