/** The seeds' other annexes, from data alone: what they print is what comes out, and their slips are told. */
import { describe, expect, test } from 'vitest';
import { targets } from '../../../../shared/catalogue/targets.ts';
import { enteredCells } from '../../../../shared/report/entered.ts';
import type { CountFigure } from '../../../../shared/report/figures.ts';
import { percentText } from '../../../../shared/report/percent.ts';
import { cellAt, count, def, fixture, key, report, sentences } from './report-input.ts';

const city = key('79', '2023-09-14');
const figure = (
  category: string,
  measure: string,
  value: number,
  more: Partial<CountFigure> = {},
): CountFigure => ({
  unit: city,
  category,
  measure,
  value,
  asOf: '2023-09-13',
  ...more,
});
/** The columns of a fixture as flows of a window; an empty cell was not printed. */
function flows(
  name: string,
  {
    from,
    to,
    place,
  }: { from: string; to: string; place: (row: string) => Pick<CountFigure, 'unit' | 'category'> | null },
): CountFigure[] {
  return fixture(name).flatMap(({ row = '', ...cells }) => {
    const where = place(row);
    return where === null
      ? []
      : Object.entries(cells)
          .filter(([measure, text]) => text !== '' && !measure.startsWith('ty_le'))
          .map(([measure, text]) => ({ ...where, measure, value: Number(text), from, asOf: to }));
  });
}

describe('Phụ lục 10, 17/8-13/9/2023', () => {
  const window = { from: '2023-08-17', to: '2023-09-13' };
  const counts = flows('seeds-phu-luc-10.csv', {
    ...window,
    place: (n) => ({ unit: city, category: `pl10.${n}` }),
  });
  const rows = fixture('seeds-phu-luc-10.csv');
  test('the printed rates of the rows are right, that of nothing is blank', () => {
    const printed = rows.slice(1).map((r) => ({ row: `pl10_${r.row}`, column: 'rate', text: r.ty_le ?? '' }));
    const made = report('phu-luc-10', { window, counts, printed });
    expect(made.findings).toEqual([]);
    expect(cellAt(made, 'pl10_1', 'rate')).toEqual({ kind: 'percent', part: 0, of: 0 });
    expect(made.subtitle).toBe('Từ ngày 17/8/2023 đến ngày 13/9/2023');
  });
  test('the printed total row sums only rows 2 to 6', () => {
    const printed = [
      { row: 'total', column: 'all', text: '3806' },
      { row: 'total', column: 'online', text: '3278' },
      { row: 'total', column: 'direct', text: '528' },
      { row: 'total', column: 'rate', text: '86,13%' },
    ];
    const told = report('phu-luc-10', { window, counts, printed }).findings;
    expect(told.map((f) => f.code)).toEqual([
      'TOTAL_OF_SOME_ROWS',
      'TOTAL_OF_SOME_ROWS',
      'TOTAL_OF_SOME_ROWS',
      'PERCENT_WRONG',
    ]);
    expect(told[0]?.sentence).toContain(
      'Cộng 8 số = 25.471, báo cáo ghi 3.806: lệch 21.665, đúng bằng khi bỏ 2 dòng: Thu hồi giấy chứng nhận',
    );
  });
});

describe('Phụ lục 8, 15/6-15/9/2023', () => {
  const window = { from: '2023-06-15', to: '2023-09-15' };
  const counts = flows('seeds-phu-luc-8.csv', {
    ...window,
    place: (n) => ({ unit: city, category: `pl8.${n}` }),
  });
  const made = report('phu-luc-8', { window, counts });
  test('subtotals of the two groups, blank rows stay blank and 0 stays 0', () => {
    expect([
      count(made, 'business', 'all'),
      count(made, 'weapons', 'all'),
      count(made, 'total', 'all'),
    ]).toEqual([1278, 517, 1795]);
    expect([count(made, 'pl8_9', 'all'), count(made, 'pl8_15', 'all')]).toEqual([0, null]);
    expect(made.rows.filter((r) => r.kind === 'group').map((r) => r.key)).toEqual(['business', 'weapons']);
    expect(made.findings).toEqual([]);
  });
  test('all of it online', () => {
    expect(cellAt(made, 'total', 'rate')).toEqual({ kind: 'percent', part: 1795, of: 1795 });
  });
});

describe('Phụ lục 9, 1/3-6/9/2023', () => {
  const window = { from: '2023-03-01', to: '2023-09-06' };
  const place = (row: string) =>
    row === 'tong' || row === 'quan_huyen'
      ? null
      : row === 'pc07'
        ? { unit: city, category: 'pl9.pc07' }
        : { unit: key(row, '2023-09-06'), category: 'pl9' };
  const counts = flows('seeds-phu-luc-9.csv', { ...window, place });
  const made = report('phu-luc-9', { window, treeOn: '2023-09-06', counts });
  const row = (code: string) => key(code, '2023-09-06');
  test('its own columns sum to its printed totals', () => {
    expect([
      count(made, 'total', 'in_all'),
      count(made, 'units', 'in_all'),
      count(made, 'pc07', 'in_all'),
    ]).toEqual([7724, 3923, 3801]);
    expect(['in_3', 'in_4', 'in_post', 'online'].map((c) => count(made, 'total', c))).toEqual([
      2389, 5616, 8, 8013,
    ]);
  });
  test('rates above 100 % are shown as they are and told', () => {
    const rate = cellAt(made, 'total', 'rate');
    expect(rate?.kind === 'percent' && percentText(rate.part, rate.of)).toBe('103,7%');
    expect(sentences(made, 'RATE_ABOVE_100')).toContain(
      'Huyện Cần Giờ: 23/19 = 121,1%: trên 100%, tử số và mẫu số lấy từ hai cột khác nhau',
    );
  });
  test('the parts exceed the total, and results exceed receipts', () => {
    expect(sentences(made, 'PARTS_DIFFER')).toContain(
      'Tổng, Tổng cộng: 0 + 2.389 + 5.616 + 8 = 8.013, báo cáo ghi 7.724: lệch 289',
    );
    const exceeding = made.findings.filter((f) => f.code === 'EXCEEDS').map((f) => f.row);
    expect(new Set(exceeding)).toEqual(new Set([row('766'), row('783')]));
  });
  test('the printed column "Trực tuyến" only repeats the total', () => {
    const printed = [{ row: 'total', column: 'online', text: '7724' }];
    const told = report('phu-luc-9', { window, treeOn: '2023-09-06', counts, printed });
    expect(sentences(told, 'SUM_DIFFERS')).toEqual([
      'Tổng, Trực tuyến: 2.389 + 5.616 + 8 = 8.013, báo cáo ghi 7.724: lệch 289',
    ]);
  });
  test('the printed rates are right arithmetic, but for those that are not', () => {
    const rates = fixture('seeds-phu-luc-9.csv')
      .filter((r) => place(r.row ?? '') !== null && r.row !== 'pc07')
      .map((r) => ({ row: row(r.row ?? ''), column: 'rate', text: r.ty_le ?? '' }));
    const told = report('phu-luc-9', { window, treeOn: '2023-09-06', counts, printed: rates }).findings;
    expect(told.filter((f) => f.code.startsWith('PERCENT'))).toEqual([]);
  });
});

describe('VNeID accounts', () => {
  const to = '2024-06-17';
  const vneid = (measure: string, value: number) => figure('vneid', measure, value, { asOf: to });
  const counts = [
    vneid('cap', 5_648_732),
    vneid('cap_thuong_tru', 4_609_298),
    vneid('cap_tam_tru', 1_039_434),
    vneid('kich_hoat', 4_553_237),
  ];
  const made = report('tai-khoan-vneid', { window: { from: null, to }, treeOn: to, counts, targets });
  test("the city's own figures where no unit reported", () => {
    expect(count(made, 'total', 'issued')).toBe(5_648_732);
    expect(made.paragraphs[0]).toBe(
      'Tính đến ngày 17/6/2024, đã cấp 5.648.732 tài khoản định danh điện tử (trong đó, đã cấp 4.609.298 tài khoản đối với nhân khẩu thường trú và 1.039.434 tài khoản đối với nhân khẩu tạm trú), đến nay đã có 4.553.237 tài khoản được kích hoạt (đạt 80,6%)',
    );
  });
  test('more accounts than the target is told, as the three figures of the report deserve', () => {
    expect(sentences(made)).toEqual([
      'Tổng: 5.648.732/5.454.179 = 103,6%: trên 100%, tử số và mẫu số lấy từ hai cột khác nhau',
    ]);
  });
});

test('ASM lodging: two totals that are off by 2, one sentence with the right ones', () => {
  const pairs = { kinh_doanh: [3271, 2684], y_te: [103, 66], khac: [322, 322] };
  const counts = Object.entries(pairs).flatMap(([kind, [all = 0, done = 0]]) => [
    figure(`asm.${kind}`, 'tong', all),
    figure(`asm.${kind}`, 'da_trien_khai', done),
  ]);
  const printed = [
    { row: 'total', column: 'all', text: '3.694' },
    { row: 'total', column: 'done', text: '3.070' },
    { row: 'total', column: 'rate', text: '83,1%' },
  ];
  const made = report('luu-tru-asm', { window: { from: null, to: '2023-09-13' }, counts, printed });
  expect(sentences(made)).toEqual([
    'Tổng, Tổng số cơ sở: 3.271 + 103 + 322 = 3.696, báo cáo ghi 3.694: lệch 2',
    'Tổng, Đã triển khai ASM: 2.684 + 66 + 322 = 3.072, báo cáo ghi 3.070: lệch 2',
  ]);
  expect(made.paragraphs[0]).toContain('3.072 cơ sở đã triển khai phần mềm ASM đạt 83,1%');
});

test('35 and 12 pilot models', () => {
  const measures = [
    'tong',
    'da_trien_khai',
    'dang_trien_khai',
    'chua_trien_khai',
    'chua_khach_quan',
    'chua_don_vi',
  ];
  const of = (plan: string, values: readonly number[]) =>
    values.map((value, i) => figure(`mo_hinh.${plan}`, measures[i] ?? '', value));
  const counts = [...of('35', [35, 21, 2, 12, 8, 4]), ...of('12', [12, 3, 4, 5])];
  const made = report('mo-hinh-diem', { window: { from: null, to: '2023-09-13' }, counts });
  expect(made.findings).toEqual([]);
  expect(made.paragraphs).toEqual([
    'Đến nay, đã triển khai thực hiện 21/35 mô hình điểm; 02/35 mô hình đang triển khai; 12/35 mô hình điểm chưa triển khai (trong đó có 08 mô hình chưa triển khai do nguyên nhân khách quan, 04 mô hình do các đơn vị chưa triển khai)',
    'Đối với 12 mô hình điểm theo Công văn số 2188/UBND-KSTT: đã triển khai 03/12 mô hình, đang triển khai 04/12, còn 05/12 mô hình đang phối hợp tổ chức triển khai',
  ]);
});

test('a new annex is data only: its entry sheet comes from its definition', () => {
  expect(enteredCells(def('luu-tru-asm')).slice(0, 2)).toEqual([
    {
      category: 'asm.kinh_doanh',
      measure: 'tong',
      kind: 'snapshot',
      name: 'Cơ sở kinh doanh lưu trú - Tổng số cơ sở',
      title: 'Tổng số cơ sở',
      group: '',
      of: 'office',
    },
    {
      category: 'asm.kinh_doanh',
      measure: 'da_trien_khai',
      kind: 'snapshot',
      name: 'Cơ sở kinh doanh lưu trú - Đã triển khai ASM',
      title: 'Đã triển khai ASM',
      group: '',
      of: 'office',
    },
  ]);
  const ofUnits = enteredCells(def('phu-luc-9')).filter((c) => c.of === 'units');
  expect(ofUnits).toHaveLength(12);
  expect(new Set(ofUnits.map((c) => c.name)).size).toBe(12);
  expect(enteredCells(def('ngoai-nganh'))).toHaveLength(8);
  expect(enteredCells(def('bieu-06'))).toEqual([]);
});
