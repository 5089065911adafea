/** Reports over IPC on a real desk: every definition, figures against hand computations, printed figures, frozen reports, files. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { syntheticDossier } from '../../../electron/demo/people.ts';
import { reportDefs } from '../../../shared/catalogue/report-defs.ts';
import type { ReportWanted } from '../../../shared/contract/ipc/report.ts';
import type { Report } from '../../../shared/report/model.ts';
import { COMMUNE, reception } from '../../support/forms.ts';
import { readSheets, readWord } from '../../support/read-back.ts';
import { CITY, dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const fixture = (name: string) => readFileSync(path.resolve(import.meta.dirname, '../../fixtures', name));
const SEED_DAY = '2023-09-19';
const wanted = (report: string, more: Partial<ReportWanted> = {}): ReportWanted => ({
  ...{ report, from: null, to: SEED_DAY, treeOn: null, compare: true },
  ...more,
});
const flow = (report: string, from: string, to: string) => wanted(report, { from, to });

let desk: TestDesk;
afterEach(() => dropTestDesk(desk));

const cell = (made: Report, row: string, column: string) =>
  made.rows.find((r) => r.key === row)?.cells[made.columns.findIndex((c) => c.key === column)];
const figure = (made: Report, row: string, column: string) => {
  const found = cell(made, row, column);
  return found?.kind === 'count' ? found.value : found?.kind;
};
const column = (made: Report, key: string) => made.rows.map((r) => figure(made, r.key, key));

/** As a person takes the file in; the total rows are left out. */
async function importSeed(): Promise<void> {
  const bytes = new Uint8Array(fixture('seeds-ngoai-nganh-2023-09-19.csv'));
  const place = { asOf: SEED_DAY, form: null, from: null };
  await desk.call('count.import', { ...place, fileName: 'so-lieu.csv', bytes, skipWrong: true });
}

const record = (asOf: string, cells: Readonly<Record<string, number>>, unit = '79@2021-01-01') =>
  desk.call('count.record', {
    ...{ asOf, form: null, from: null, source: 'typed' },
    units: [
      {
        unit,
        cells: Object.entries(cells).map(([key, value]) => {
          const [category = '', measure = 'tong'] = key.split('/');
          return { category, measure, value };
        }),
      },
    ],
  });

describe('each definition', () => {
  const each = reportDefs.map((def) => [def.id, def] as const);
  const ask = (id: string, window: 'as_of' | 'from_to') =>
    window === 'as_of' ? wanted(id, { to: '2026-11-20' }) : flow(id, '2026-11-11', '2026-11-20');
  test.each(each)('%s on an empty desk: no figure is made up, no percentage of nothing', async (id, def) => {
    desk = openTestDesk({ role: 'officer', office: CITY });
    const made = await desk.call('report.make', ask(id, def.window));
    expect(made).toMatchObject({ id, office: 'Ủy ban nhân dân Thành phố Hồ Chí Minh', findings: [] });
    expect(made.columns.map((c) => c.key)).toEqual(def.columns.map((c) => c.key));
    const figures = made.rows.flatMap((r) => r.cells);
    const rates = figures.flatMap((c) => (c.kind === 'percent' ? [c] : []));
    const counts = figures.flatMap((c) => (c.kind === 'count' && c.value !== null ? [c.value] : []));
    if (def.expected === undefined) {
      expect(rates.filter((c) => c.part !== null && c.of)).toEqual([]);
      expect(Math.max(0, ...counts)).toBe(0);
    } else {
      // Of the cells that 168 units owe not one is filled.
      expect(new Set(rates.map((c) => c.part))).toEqual(new Set([0]));
      expect(rates.at(-1)?.of).toBe(168 * def.expected);
    }
  });
  test.each(each)('%s at a ward with dossiers and counts', async (id, def) => {
    desk = openTestDesk();
    await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
    await record('2026-11-20', { hoi_nong_dan: 12 }, COMMUNE);
    const made = await desk.call('report.make', ask(id, def.window));
    expect(made).toMatchObject({ place: 'Phường Bến Thành', findings: [], made: { treeOn: '2026-11-20' } });
    expect(new Set(made.rows.map((r) => r.key)).size).toBe(made.rows.length);
  });
});

describe("the city's table of 19/09/2023", () => {
  beforeEach(async () => {
    desk = openTestDesk({ role: 'officer', office: CITY });
    await importSeed();
  });
  test('a. every cell and every sum is that of the file, added up here by itself', async () => {
    const made = await desk.call('report.make', wanted('ngoai-nganh'));
    const rows = Papa.parse<Record<string, string>>(
      fixture('seeds-ngoai-nganh-2023-09-19.csv')
        .toString('utf8')
        .replace(/^\uFEFF/, ''),
      { header: true, skipEmptyLines: true },
    ).data.filter((r) => /^\d/.test(r.unit_code ?? ''));
    const units = rows.filter((r) => r.unit_code !== CITY);
    for (const { unit_code, category_code = '', count } of units)
      expect(figure(made, `${unit_code}@2021-01-01`, category_code), `${unit_code} ${category_code}`).toBe(
        Number(count),
      );
    for (const { key } of made.columns.slice(2))
      expect(figure(made, 'total', key)).toBe(
        units.filter((r) => r.category_code === key).reduce((sum, r) => sum + Number(r.count), 0),
      );
    expect(made.columns.slice(2).map((c) => figure(made, 'total', c.key))).toEqual([
      33370, 26770, 159006, 12719, 50871, 29183, 8190, 1408,
    ]);
    expect(made.findings).toEqual([]);
  });
  test('by the units of today the figures of the old districts are nobody’s, and it is said', async () => {
    const made = await desk.call('report.make', wanted('ngoai-nganh', { treeOn: '2025-07-01' }));
    expect(made.rows.length).toBeGreaterThan(168);
    expect(figure(made, 'total', 'hoi_nong_dan')).toBe(26770);
    expect(made.findings.map((f) => f.code)).toContain('UNIT_SPLIT');
  });
  test.each(['xlsx', 'docx', 'csv'] as const)(
    '%s, read back by other code, says the same',
    async (format) => {
      const made = await desk.call('report.make', wanted('ngoai-nganh'));
      const { name, bytes } = await desk.call('report.file', { source: wanted('ngoai-nganh'), format });
      expect(name).toBe(`ngoai-nganh-${SEED_DAY}.${format}`);
      const farmers = column(made, 'hoi_nong_dan');
      if (format === 'xlsx') {
        const [sheet] = readSheets(bytes);
        const head = [...(sheet?.cells ?? [])].find(([, c]) => c.value === 'HỘI NÔNG DÂN')?.[0] ?? '';
        const [, letter = '', line = ''] = /^([A-Z]+)(\d+)$/.exec(head) ?? [];
        expect(farmers.map((_, i) => sheet?.cells.get(`${letter}${Number(line) + 1 + i}`)?.value)).toEqual(
          farmers,
        );
      } else if (format === 'docx') {
        const table = readWord(bytes).tables.find((rows) => rows.length > 20);
        const texts = (table ?? []).slice(-23).map((row) => row.cells[3]?.text);
        expect(texts).toEqual(
          farmers.map((n) => (typeof n === 'number' ? new Intl.NumberFormat('vi-VN').format(n) : n)),
        );
      } else {
        const text = new TextDecoder().decode(bytes);
        const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
        expect(data.map((r) => Number(r.hoi_nong_dan))).toEqual(farmers);
      }
    },
  );
  test('the clipboard has the table with plain numbers, and the sentences', async () => {
    const { text, html, paragraph } = await desk.call('report.clipping', { source: wanted('ngoai-nganh') });
    expect(text.split('\r\n').at(-1)?.split('\t').slice(1)).toEqual(
      ['Tổng', 33370, 26770, 159006, 12719, 50871, 29183, 8190, 1408].map(String),
    );
    expect(html).toContain('x:num="159006"');
    expect(paragraph).toBe('');
  });
  test('a printed figure is kept, compared and taken back', async () => {
    const about = { report: 'ngoai-nganh', from: null, to: SEED_DAY };
    const print = (text: string) =>
      desk.call('report.print', {
        ...about,
        figures: [{ row: 'total', column: 'hoi_cuu_chien_binh', text }],
        source: 'Phụ lục Công văn 1068, trang 2',
      });
    expect(await print('33.140')).toEqual({ revision: 1 });
    expect(await desk.call('report.printed', about)).toEqual([
      { row: 'total', column: 'hoi_cuu_chien_binh', text: '33.140' },
    ]);
    const made = await desk.call('report.make', wanted('ngoai-nganh'));
    expect(made.findings.map((f) => f.sentence)).toEqual([
      'Tổng, HỘI CỰU CHIẾN BINH: Cộng 22 số = 33.370, báo cáo ghi 33.140: lệch 230, đúng bằng khi bỏ 1 dòng: Quận 1',
    ]);
    expect(await print('')).toEqual({ revision: 2 });
    expect(await desk.call('report.printed', about)).toEqual([]);
    expect((await desk.call('report.make', wanted('ngoai-nganh'))).findings).toEqual([]);
  });
  test('frozen, then changed: it stands as it was, and each changed cell is told', async () => {
    const { id } = await desk.call('report.freeze', wanted('ngoai-nganh'));
    expect((await desk.call('report.compare', { id })).changes.cells).toEqual([]);
    await record(SEED_DAY, { hoi_nong_dan: 9 }, '760@2021-01-01');
    const { frozen, changes } = await desk.call('report.compare', { id });
    expect(figure(frozen, 'total', 'hoi_nong_dan')).toBe(26770);
    const before = figure(frozen, '760@2021-01-01', 'hoi_nong_dan');
    if (typeof before !== 'number') throw new Error('no figure of Quận 1');
    const count = (value: number) => ({ kind: 'count', value });
    expect(changes.cells).toEqual([
      { row: '760@2021-01-01', column: 'hoi_nong_dan', frozen: count(before), now: count(9) },
      { row: 'total', column: 'hoi_nong_dan', frozen: count(26770), now: count(26770 - before + 9) },
    ]);
    desk.clock.advance(60_000);
    const second = await desk.call('report.freeze', wanted('ngoai-nganh', { treeOn: SEED_DAY }));
    const list = await desk.call('report.frozen', { report: null });
    expect(list.map((f) => f.id)).toEqual([second.id, id]);
    expect(list[1]).toMatchObject({
      report: 'ngoai-nganh',
      to: SEED_DAY,
      treeOn: SEED_DAY,
      by: 'Lê Thị Thử',
    });
    expect(await desk.call('report.frozen', { report: 'bieu-06' })).toEqual([]);
  });
});

test('b. progress of 17/6/2024 against the targets, as the half-year report has it', async () => {
  desk = openTestDesk({ role: 'officer', office: CITY });
  const day = '2024-06-17';
  await record(day, {
    ...{ 'hoi_chu_thap_do/tong': 149_699, 'hoi_chu_thap_do/hoi_vien': 135_998 },
    ...{ 'hoi_chu_thap_do/tinh_nguyen_vien': 13_701, 'an_sinh_xa_hoi/ra_soat': 158_035 },
  });
  const made = await desk.call('report.make', wanted('tien-do-chi-tieu', { to: day }));
  expect(figure(made, 'hoi_chu_thap_do', 'target')).toBe(194_197);
  expect(cell(made, 'ra_soat', 'rate')).toEqual({ kind: 'percent', part: 158_035, of: 158_038 });
  const { paragraph } = await desk.call('report.clipping', {
    source: wanted('tien-do-chi-tieu', { to: day }),
  });
  expect(paragraph).toContain('149.699/194.197 trường hợp, đạt tỷ lệ 77,1%');
});

describe('c. the linked procedures', () => {
  beforeEach(async () => {
    desk = openTestDesk();
    const days = ['2026-09-20', '2026-10-11', '2026-10-30', '2026-11-10', '2026-11-11'];
    for (const [i, day] of days.entries()) {
      desk.clock.set(`${day}T02:30:00Z`);
      const chain = i % 2 === 0 ? 'birth' : 'death';
      await desk.call('dossier.receive', {
        ...reception(desk.desk.ids.uuid(), chain),
        values: syntheticDossier(1, i + 1, { today: day, ward: 'Phường Bến Thành', chain }).values,
      });
    }
  });
  test('from the 11th to the 10th: both end days count, the month before beside it', async () => {
    const made = await desk.call('report.make', flow('lien-thong', '2026-10-11', '2026-11-10'));
    expect(column(made, 'received')).toEqual([1, 2, 3]);
    expect(column(made, 'received_before')).toEqual([1, 0, 1]);
    expect(column(made, 'open')).toEqual([2, 2, 4]);
    expect(made.paragraphs[0]).toContain('Từ 11/10/2026 đến 10/11/2026');
    expect(made.findings).toEqual([]);
  });
  test('without comparison the month before is not known, not 0', async () => {
    const made = await desk.call('report.make', {
      ...flow('lien-thong', '2026-10-11', '2026-11-10'),
      compare: false,
    });
    expect(column(made, 'received_before')).toEqual([null, null, null]);
  });
  test('d. Biểu 06: what came in is what was ended and what is open', async () => {
    const made = await desk.call('report.make', flow('bieu-06', '2026-10-11', '2026-11-10'));
    for (const { key } of made.rows) {
      const n = (c: string) => Number(figure(made, key, c));
      expect(n('c3')).toBe(n('c4') + n('c5') + n('c6'));
      expect(n('c3')).toBe(n('c7') + n('c11'));
    }
    expect(column(made, 'c3')).toEqual([2, 2, 4]);
  });
  test('i. the register has names: on the screen only, in no file, on no clipboard, not kept', async () => {
    const register = flow('so-theo-doi', '2026-10-11', '2026-11-10');
    const made = await desk.call('report.make', register);
    expect(made.rows).toHaveLength(3);
    const named = made.rows.map((r) => r.cells[made.columns.findIndex((c) => c.key === 'name')]);
    expect(named.every((c) => c?.kind === 'text' && c.text !== '')).toBe(true);
    for (const format of ['xlsx', 'docx', 'csv'])
      expect(await desk.refusal('report.file', { source: register, format })).toBe('REPORT_WITH_NAMES');
    expect(await desk.refusal('report.clipping', { source: register })).toBe('REPORT_WITH_NAMES');
    expect(await desk.refusal('report.freeze', register)).toBe('REPORT_WITH_NAMES');
    const { report, from, to } = register;
    const figures = [{ row: '1', column: 'sets', text: '1' }];
    expect(await desk.refusal('report.print', { report, from, to, figures, source: 'x' })).toBe(
      'REPORT_WITH_NAMES',
    );
  });
});

describe('an office above the wards', () => {
  const NOTE = 'Chỉ gồm hồ sơ có trên máy này';
  test('knows nothing of the dossiers of its wards, and does not say 0', async () => {
    desk = openTestDesk({ role: 'officer', office: CITY });
    const made = await desk.call('report.make', flow('lien-thong', '2026-10-11', '2026-11-10'));
    expect(column(made, 'received')).toEqual([null, null, null]);
    expect(made.paragraphs).toEqual([]);
    expect(made.notes.join()).toContain(NOTE);
  });
  test('a ward counts its own, without the note', async () => {
    desk = openTestDesk();
    const made = await desk.call('report.make', flow('lien-thong', '2026-10-11', '2026-11-10'));
    expect(column(made, 'received')).toEqual([0, 0, 0]);
    expect(made.notes.join()).not.toContain(NOTE);
  });
});

describe('the window that is over', () => {
  const ID = '11111111-1111-4111-8111-111111111111';
  const OCTOBER = flow('lien-thong', '2026-10-11', '2026-11-10');
  async function act(day: string, action: string, components: string[], more: object = {}): Promise<void> {
    desk.clock.set(`${day}T02:30:00Z`);
    const { revision: base } = await desk.call('dossier.get', { id: ID });
    const step = { action, components, on: null, time: null, reason: 'lý do thử', ...more };
    await desk.call('dossier.act', { id: ID, base, step: step as never });
  }
  const papers = (paper: string) => ({ items: ['Nộp bổ sung'], papers: [paper] });
  beforeEach(async () => {
    desk = openTestDesk();
    desk.clock.set('2026-10-12T02:30:00Z');
    await desk.call('dossier.receive', {
      ...reception(ID, 'birth'),
      values: syntheticDossier(1, 1, { today: '2026-10-12', ward: 'Phường Bến Thành', chain: 'birth' })
        .values,
    });
    await act('2026-10-12', 'ask_supplement', ['K1'], papers('ks_giay_chung_sinh'));
    desk.clock.set('2026-11-11T02:30:00Z');
  });

  test.each(['lien-thong', 'bieu-06', 'thieu-giay-to', 'dung-han', 'vuong-mac'])(
    '%s made again later tells what stood at its end, not what stands today',
    async (id) => {
      const asked = flow(id, '2026-10-11', '2026-11-10');
      const { id: kept } = await desk.call('report.freeze', asked);
      await act('2026-11-12', 'supplement_arrived', ['K1']);
      await act('2026-11-12', 'report_obstacle', ['K1'], { obstacle: 'phan_mem_ho_tich' });
      await act('2026-11-13', 'ask_supplement', ['K1'], papers('ks_to_khai'));
      await act('2026-11-16', 'supplement_arrived', ['K1']);
      await act('2026-11-16', 'result_received', ['K1']);
      const { changes } = await desk.call('report.compare', { id: kept });
      expect(changes).toMatchObject({ cells: [], rowsAdded: [], rowsGone: [], paragraphs: [] });
    },
  );

  test('a dossier that came back since still waited at the end of the window, and the request was one of it', async () => {
    await act('2026-11-12', 'supplement_arrived', ['K1']);
    await act('2026-11-13', 'ask_supplement', ['K1'], papers('ks_to_khai'));
    const made = await desk.call('report.make', OCTOBER);
    expect(['open', 'waiting', 'asked'].map((c) => figure(made, 'birth', c))).toEqual([1, 1, 1]);
    const late = await desk.call('report.make', flow('bieu-06', '2026-10-11', '2026-11-10'));
    expect(['c12', 'c13'].map((c) => figure(late, 'birth', c))).toEqual([1, 0]);
    const now = await desk.call('report.make', flow('bieu-06', '2026-11-11', '2026-12-10'));
    expect(['c12', 'c13'].map((c) => figure(now, 'birth', c))).toEqual([0, 1]);
  });

  test('each window has the papers that were asked for in it', async () => {
    await act('2026-11-12', 'supplement_arrived', ['K1']);
    await act('2026-11-13', 'ask_supplement', ['K1'], papers('ks_to_khai'));
    const rows = async (from: string, to: string) =>
      (await desk.call('report.make', flow('thieu-giay-to', from, to))).rows.map((r) => r.key);
    expect(await rows('2026-10-11', '2026-11-10')).toEqual(['ks_giay_chung_sinh', 'total']);
    expect(await rows('2026-11-11', '2026-12-10')).toEqual(['ks_to_khai', 'total']);
  });

  test('halfway through a window a dossier that is due later is in time', async () => {
    await act('2026-11-12', 'supplement_arrived', ['K1']);
    await act('2026-11-12', 'result_received', ['K1']);
    const due = (await desk.call('dossier.get', { id: ID })).due ?? '';
    desk.clock.set(`${due}T02:30:00Z`);
    const window = flow('bieu-06', '2026-11-11', '2026-12-10');
    const inTime = await desk.call('report.make', window);
    expect(['c12', 'c13'].map((c) => figure(inTime, 'birth', c))).toEqual([1, 0]);
    expect(inTime.notes.join()).toContain('Kỳ chưa kết thúc');
    desk.clock.set('2026-12-10T02:30:00Z');
    const late = await desk.call('report.make', window);
    expect(['c12', 'c13'].map((c) => figure(late, 'birth', c))).toEqual([0, 1]);
  });

  test('a step typed late counts on the day on which it happened', async () => {
    await act('2026-11-12', 'supplement_arrived', ['K1'], { on: '2026-11-09', time: '09:00' });
    const made = await desk.call('report.make', OCTOBER);
    expect(['open', 'waiting'].map((c) => figure(made, 'birth', c))).toEqual([1, 0]);
  });
});

describe('refused', () => {
  test.each([
    ['an unknown report', wanted('khong-co'), 'REPORT_UNKNOWN'],
    ['a prototype name', wanted('__proto__'), 'REPORT_UNKNOWN'],
    ['a path', wanted('../../etc/passwd'), 'REPORT_UNKNOWN'],
    ['a day for a window', wanted('lien-thong'), 'REPORT_WINDOW'],
    ['a window for a day', flow('ngoai-nganh', '2023-09-01', SEED_DAY), 'REPORT_WINDOW'],
    ['days turned round', flow('lien-thong', '2026-11-10', '2026-10-11'), 'WINDOW_REVERSED'],
    ['an office that was not there', wanted('ngoai-nganh', { treeOn: '1970-01-01' }), 'UNIT_CLOSED'],
    ['a day that is none', wanted('ngoai-nganh', { to: '2026-02-30' }), 'INPUT_INVALID'],
    ['no day', { ...wanted('ngoai-nganh'), to: '' }, 'INPUT_INVALID'],
    ['more than was asked', { ...wanted('ngoai-nganh'), format: 'pdf' }, 'INPUT_INVALID'],
  ])('%s', async (_, input, code) => {
    desk = openTestDesk();
    expect(await desk.refusal('report.make', input)).toBe(code);
  });
  test.each(['pdf', 'exe', '', null])('the format %j is not made here', async (format) => {
    desk = openTestDesk();
    expect(await desk.refusal('report.file', { source: wanted('ngoai-nganh'), format })).toBe(
      'INPUT_INVALID',
    );
  });
  test('a printed figure without its source, a frozen report that is not there', async () => {
    desk = openTestDesk();
    const figures = [{ row: 'total', column: 'hoi_nong_dan', text: '1' }];
    const about = { report: 'ngoai-nganh', from: null, to: SEED_DAY };
    expect(await desk.refusal('report.print', { ...about, figures, source: ' ' })).toBe('FACT_SOURCE');
    expect(await desk.refusal('report.print', { ...about, figures: [], source: 'x' })).toBe('INPUT_INVALID');
    expect(await desk.refusal('report.compare', { id: desk.desk.ids.uuid() })).toBe('REPORT_UNKNOWN');
  });
});
