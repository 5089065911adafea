/** Counts typed into the grid: zero is not blank, dates do not mix, today's desk counts what is missing. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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
    source: 'typed',
    units: [
      {
        unit,
        cells: Object.entries(cells).map(([category, value]) => ({ category, measure: 'tong', value })),
      },
    ],
  });
const grid = (asOf: string) => desk.call('count.grid', { asOf });

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
    expect(await desk.call('count.dates', {})).toEqual([]);
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
    expect(await desk.call('count.dates', {})).toEqual(['2026-11-01', '2026-10-01', '2026-09-01']);
  });
  test('an earlier sheet that was emptied again is not the last figure', async () => {
    await record('2026-09-01', { hoi_nong_dan: 1 });
    await record('2026-10-01', { hoi_nong_dan: 2 });
    await record('2026-10-01', { hoi_nong_dan: null });
    expect((await grid('2026-11-01')).rows[0]?.previous?.asOf).toBe('2026-09-01');
  });
  test('of the city has its 168 communes today and its 22 districts in 2023', async () => {
    const city = openTestDesk({ role: 'officer', office: CITY });
    expect((await city.call('count.grid', { asOf: '2026-11-20' })).rows).toHaveLength(168);
    expect((await city.call('count.grid', { asOf: '2023-09-19' })).rows).toHaveLength(22);
    await city.call('count.record', {
      asOf: '2023-09-19',
      source: 'pasted',
      units: [{ unit: '760@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 0 }] }],
    });
    expect(
      (await city.call('count.grid', { asOf: '2023-09-19' })).rows
        .filter((r) => Object.keys(r.cells).length > 0)
        .map((r) => r.unit.name),
    ).toEqual(['Quận 1']);
    await dropTestDesk(city);
  });
  test('one wrong unit among many: nothing of the call is kept', async () => {
    const cells = [{ category: 'hoi_nong_dan', measure: 'tong', value: 1 }];
    const units = [COMMUNE, '26740@2025-07-01'].map((unit) => ({ unit, cells }));
    expect(await desk.refusal('count.record', { asOf: '2026-11-01', source: 'typed', units })).toBe(
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
      counts: { asOf: null, reported: 0, expected: 8 },
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
    expect(today.counts).toEqual({ asOf: '2026-11-02', reported: 1, expected: 8 });
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
