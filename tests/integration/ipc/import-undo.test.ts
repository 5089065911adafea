/** What an import leaves alone, how it is given up, and how it is taken back. */
import { describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import {
  CITY_TABLE,
  check,
  desk,
  eachWithADesk,
  events,
  file,
  HEADER,
  load,
} from '../../support/import-desk.ts';
import { CITY, dropTestDesk, openTestDesk } from '../../support/temp-desk.ts';

eachWithADesk();

describe('an import taken back', () => {
  const there = { asOf: '2023-09-19', form: null, from: null };
  const cellsOf = async (code: string) => {
    const { rows } = await desk.call('count.grid', there);
    return rows.find((r) => r.unit.code === code)?.cells;
  };
  const put = (value: number) =>
    desk.call('count.record', {
      ...{ ...there, source: 'typed' },
      units: [{ unit: '760@2021-01-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
    });
  test('gives every cell its former figure, as one group, once', async () => {
    await put(9);
    const { group } = await load(CITY_TABLE);
    expect(await desk.call('count.imports', {})).toMatchObject([
      { group, asOf: '2023-09-19', units: 22, cells: 176, undone: false },
    ]);
    expect(await desk.call('count.undo-import', { group })).toEqual({
      changed: 176,
      kept: 0,
      left: [],
    });
    expect(await cellsOf('760')).toEqual({ 'hoi_nong_dan/tong': 9 });
    expect(await cellsOf('770')).toEqual({});
    expect((await desk.call('count.imports', {}))[0]?.undone).toBe(true);
    expect(await desk.call('count.undo-import', { group })).toMatchObject({ changed: 0, kept: 176 });
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('leaves what somebody changed since', async () => {
    const { group } = await load(CITY_TABLE);
    await put(77);
    expect(await desk.call('count.undo-import', { group })).toEqual({
      changed: 175,
      kept: 1,
      left: [{ unit: 'Quận 1', cells: 1, why: 'changed' }],
    });
    expect(await cellsOf('760')).toEqual({ 'hoi_nong_dan/tong': 77 });
  });
  test('leaves a sheet that was locked since, and takes back the rest', async () => {
    const { group } = await load(CITY_TABLE);
    await put(77);
    await desk.call('sheet.lock', { ...there, units: ['760@2021-01-01', '770@2021-01-01'], reason: '' });
    expect(await desk.call('count.undo-import', { group })).toEqual({
      changed: 160,
      kept: 16,
      left: [
        { unit: 'Quận 1', cells: 1, why: 'changed' },
        { unit: 'Quận 1', cells: 7, why: 'locked' },
        { unit: 'Quận 3', cells: 8, why: 'locked' },
      ],
    });
    expect(await cellsOf('773')).toEqual({});
    // Once it is open again, the rest of the import can be taken back too.
    await desk.call('sheet.unlock', { ...there, units: ['770@2021-01-01'], reason: 'nhập nhầm tệp' });
    expect(await desk.call('count.undo-import', { group })).toMatchObject({ changed: 8 });
    expect(await cellsOf('770')).toEqual({});
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('of another machine is unknown here; a stranger may not', async () => {
    const group = '00000000-0000-4000-8000-000000000000';
    expect(await desk.refusal('count.undo-import', { group })).toBe('IMPORT_UNKNOWN');
    const stranger = openTestDesk({ role: 'auditor', office: CITY });
    expect(await stranger.refusal('count.undo-import', { group })).toBe('FORBIDDEN');
    await dropTestDesk(stranger);
  });
});

describe('a sheet that is locked', () => {
  const there = { asOf: '2023-09-19', form: null, from: null };
  const text = `${HEADER}\n760,Quận 1,hoi_nong_dan,5\n760,Quận 1,nguoi_co_cong,6\n770,Quận 3,hoi_nong_dan,7\n`;
  const lock = async () => {
    await load(`${HEADER}\n760,Quận 1,hoi_nong_dan,9\n`);
    await desk.call('sheet.lock', { ...there, units: ['760@2021-01-01'], reason: '' });
  };
  test('is left out and said so before; the rest goes in', async () => {
    await lock();
    const result = await check(text);
    expect(result).toMatchObject({ rows: 1, units: 1, changes: 1, stops: 0, skipped: 1 });
    expect(result.problems.map((p) => [p.row, p.weight, p.found, p.problem.code])).toEqual([
      [2, 'skip', 'Quận 1', 'IMPORT_SHEET_LOCKED'],
    ]);
    expect(result.problems[0]?.problem.sentence).toContain('bỏ qua 2 số');
    expect(await load(text)).toMatchObject({ changed: 1, units: 1, skipped: 1 });
    const { rows } = await desk.call('count.grid', there);
    const cells = (code: string) => rows.find((r) => r.unit.code === code)?.cells;
    expect([cells('760'), cells('770')]).toEqual([{ 'hoi_nong_dan/tong': 9 }, { 'hoi_nong_dan/tong': 7 }]);
  });
  test('alone in the file is no crash: nothing changes', async () => {
    await lock();
    const before = events();
    const only = `${HEADER}\n760,Quận 1,hoi_nong_dan,5\n`;
    expect(await check(only)).toMatchObject({ rows: 0, skipped: 1 });
    expect(await load(only)).toMatchObject({ changed: 0, units: 0, skipped: 1 });
    expect(events()).toBe(before);
  });
  test('that the file agrees with is no trouble', async () => {
    await lock();
    expect(await check(`${HEADER}\n760,Quận 1,hoi_nong_dan,9\n`)).toMatchObject({ skipped: 0, changes: 0 });
  });
});

describe('a long file', () => {
  const rows = Array.from({ length: 4000 }, () => '999,?,x,1\n').join('');
  test('tells how far it is', async () => {
    await check(`${HEADER}\n${rows}`);
    const told = desk.announced.filter((a) => a.announcement === 'import-progress').map((a) => a.body);
    expect(told).toHaveLength(8);
    expect(told.at(-1)).toEqual({ done: 4000, all: 4002 });
  });
  test('is given up on request, before anything is written', async () => {
    const text = `${HEADER}\n760,Quận 1,hoi_nong_dan,5\n${rows}`;
    const running = desk.refusal('count.import', { ...file(text), skipWrong: true });
    await desk.call('count.cancel-import', {});
    expect(await running).toBe('IMPORT_CANCELLED');
    expect(events()).toBe(0);
    // Nothing is left of it: the next file is read as usual.
    expect(await load(`${HEADER}\n760,Quận 1,hoi_nong_dan,5\n`)).toMatchObject({ changed: 1 });
  });
});
