/** Reports about counts against the city's own tables: the annex, progress, An sinh xã hội, completeness. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categories } from '../../../../shared/catalogue/categories.ts';
import { targets } from '../../../../shared/catalogue/targets.ts';
import { childrenOn, countUnitsOn } from '../../../../shared/catalogue/units.ts';
import { type Amount, minus, sumOf } from '../../../../shared/report/amount.ts';
import { dueDay } from '../../../../shared/report/due-days.ts';
import type { CountFigure, SheetFigure } from '../../../../shared/report/figures.ts';
import { makeReport } from '../../../../shared/report/make-report.ts';
import type { Report } from '../../../../shared/report/model.ts';
import { percentText } from '../../../../shared/report/percent.ts';
import { cellAt, city2024, count, def, input, key, report, sentences, table2023 } from './report-input.ts';

const half2024 = {
  window: { from: null, to: '2024-06-17' },
  treeOn: '2024-06-17',
  counts: city2024,
  targets,
};
const TOTALS = [33370, 26770, 159006, 12719, 50871, 29183, 8190, 1408];

describe('a. the annex of 19/09/2023', () => {
  const made = report('ngoai-nganh', { counts: table2023 });
  test('22 rows in the order of the table, eight columns, the printed totals', () => {
    expect(made.title).toBe('Thống kê thu thập thông tin ngoại ngành vào CSDLQG về DC');
    expect(made.subtitle).toBe('Tính đến ngày 19/9/2023');
    expect(made.rows.map((r) => r.kind)).toEqual([...Array(22).fill('data'), 'total']);
    const names = categories.map((c) => c.name.toUpperCase());
    expect(made.columns.slice(2).map((c) => c.title)).toEqual(names);
    expect(categories.map((c) => count(made, 'total', c.code))).toEqual(TOTALS);
    expect(cellAt(made, made.rows[0]?.key ?? '', 'unit')).toEqual({
      kind: 'text',
      text: 'Thành phố Thủ Đức',
    });
    expect(made.findings).toEqual([]);
  });
  test("every cell is the seed's, and a 0 is a 0", () => {
    for (const f of table2023) expect(count(made, f.unit, f.category)).toBe(f.value);
    expect(table2023.filter((f) => f.value === 0)).toHaveLength(46);
    expect(TOTALS.reduce((all, total) => all + total)).toBe(321_517);
    expect(made.notes).toEqual(['Số luỹ kế đến ngày chốt, không cộng các kỳ với nhau.']);
  });
  test('a printed total that the rows do not give is told', () => {
    const printed = [
      { row: 'total', column: 'hoi_nong_dan', text: '26.770' },
      { row: 'total', column: 'hoi_cuu_chien_binh', text: '33.140' },
    ];
    expect(sentences(report('ngoai-nganh', { counts: table2023, printed }))).toEqual([
      'Tổng, HỘI CỰU CHIẾN BINH: Cộng 22 số = 33.370, báo cáo ghi 33.140: lệch 230, đúng bằng khi bỏ 1 dòng: Quận 1',
    ]);
  });
  test("the city's own figure beside its rows is compared, never mixed in", () => {
    const own: CountFigure = {
      unit: key('79', '2023-09-19'),
      category: 'hoi_nong_dan',
      measure: 'tong',
      asOf: '2023-09-19',
      value: 26_700,
    };
    const both = report('ngoai-nganh', { counts: [...table2023, own] });
    expect(count(both, 'total', 'hoi_nong_dan')).toBe(26_770);
    expect(sentences(both)).toEqual([
      'Thành phố Hồ Chí Minh: cộng các đơn vị bên dưới = 26.770, đơn vị ghi 26.700: lệch 70',
    ]);
  });
  test('another day is another snapshot', () => {
    const later = report('ngoai-nganh', { counts: table2023, window: { from: null, to: '2023-09-20' } });
    expect(count(later, 'total', 'hoi_nong_dan')).toBeNull();
    expect(later.notes.at(-1)).toContain('(176 ô)');
  });
});

describe('a. the form of 168 units', () => {
  const to = '2026-10-31';
  const wards = childrenOn('79', to);
  const counts = wards.map(
    (u, i): CountFigure => ({
      unit: u.key,
      category: 'hoi_nong_dan',
      measure: 'tong',
      asOf: to,
      value: i === 0 ? null : i === 1 ? 'outside' : i,
    }),
  );
  const made = report('ngoai-nganh', { window: { from: null, to }, treeOn: to, counts });
  test('168 rows and a total; blank, 0 and outside stay apart', () => {
    expect(made.rows).toHaveLength(169);
    expect(count(made, 'total', 'hoi_nong_dan')).toBe((167 * 168) / 2 - 1);
    expect(count(made, wards[0]?.key ?? '', 'hoi_nong_dan')).toBeNull();
    expect(count(made, wards[1]?.key ?? '', 'hoi_nong_dan')).toBe('outside');
    expect(count(made, 'total', 'hoi_cuu_chien_binh')).toBeNull();
    expect(made.notes.at(-1)).toBe('Không thuộc địa bàn (trên màn hình là dấu ×): 1 ô, khác với 0.');
  });
  const clusters = [
    { key: 'c1', name: 'Cụm 1', units: wards.slice(2, 5).map((u) => u.code) },
    { key: 'c2', name: 'Cụm 2', units: wards.slice(5, 7).map((u) => u.code) },
  ];
  test('clusters sum their wards; wards in none have rows of their own, so that the total holds everybody', () => {
    const cut = report('ngoai-nganh-cum', { window: { from: null, to }, treeOn: to, counts, clusters });
    expect(count(cut, 'c1', 'hoi_nong_dan')).toBe(2 + 3 + 4);
    expect(count(cut, 'c2', 'hoi_nong_dan')).toBe(5 + 6);
    expect(count(cut, wards[9]?.key ?? '', 'hoi_nong_dan')).toBe(9);
    expect(cut.rows).toHaveLength(2 + 163 + 1);
    expect(count(cut, 'total', 'hoi_nong_dan')).toBe((167 * 168) / 2 - 1);
    expect(sentences(cut)).toEqual([]);
  });
  test('by cluster, each unit below its subtotal', () => {
    const made = report('ngoai-nganh-cum-don-vi', {
      window: { from: null, to },
      treeOn: to,
      counts,
      clusters,
    });
    const keys = made.rows.map((r) => r.key);
    const ordered = countUnitsOn('79', to).map((u) => u.key);
    const below = (from: number, end: number) =>
      ordered.filter((k) => wards.slice(from, end).some((u) => u.key === k));
    expect(keys.slice(0, 7)).toEqual(['c1', ...below(2, 5), 'c2', ...below(5, 7)]);
    expect(keys[7]).toBe('no_cluster');
    expect(keys).toHaveLength(168 + 3 + 1);
    expect(count(made, 'c1', 'hoi_nong_dan')).toBe(2 + 3 + 4);
    expect(count(made, 'no_cluster', 'hoi_nong_dan')).toBe((167 * 168) / 2 - 1 - 9 - 11);
    expect(count(made, 'total', 'hoi_nong_dan')).toBe((167 * 168) / 2 - 1);
  });
  test('without clusters every unit stands for itself', () => {
    const bare = report('ngoai-nganh-cum', { window: { from: null, to }, treeOn: to, counts, clusters: [] });
    expect(bare.rows).toHaveLength(169);
    expect(count(bare, 'total', 'hoi_nong_dan')).toBe((167 * 168) / 2 - 1);
  });
});

describe('b. progress against targets, mid 2024', () => {
  const made = report('tien-do-chi-tieu', half2024);
  test.each([
    ['hoi_chu_thap_do', 149_699, '77,1%'],
    ['hoi_vien', 135_998, '80,3%'],
    ['tinh_nguyen_vien', 13_701, '54,9%'],
    ['ra_soat', 158_035, '99,998%'],
    ['hoi_nong_dan', 33_211, null],
    ['nguoi_lao_dong', 582_371, null],
  ])('%s', (row, value, rate) => {
    expect(count(made, row, 'value')).toBe(value);
    const cell = cellAt(made, row, 'rate');
    expect(cell?.kind === 'percent' ? percentText(cell.part, cell.of) : 'no rate').toBe(rate);
  });
  test('the parts of Chữ thập đỏ add up, and the sentence is that of the report', () => {
    expect(made.findings).toEqual([]);
    expect(made.paragraphs.at(-1)).toBe(
      'Hội Chữ thập đỏ: đã cập nhật 149.699/194.197 trường hợp, đạt tỷ lệ 77,1% (trong đó đã cập nhật 135.998/169.263 hội viên, đạt tỷ lệ 80,3% và đã cập nhật 13.701/24.934 tình nguyện viên, đạt tỷ lệ 54,9%)',
    );
    expect(made.paragraphs[0]).toBe('Hội Cựu chiến binh: đã cập nhật 43.405 trường hợp');
  });
  test('parts that do not add up are told', () => {
    const counts = city2024.map((f) => (f.measure === 'hoi_vien' ? { ...f, value: 136_000 } : f));
    expect(sentences(report('tien-do-chi-tieu', { ...half2024, counts }))).toEqual([
      'Hội Chữ thập đỏ, Đã cập nhật: 136.000 + 13.701 = 149.701, báo cáo ghi 149.699: lệch 2',
    ]);
  });
  test('a target that has ended gives no percentage', () => {
    const counts = city2024.map((f) => ({ ...f, asOf: '2025-12-31' }));
    const late = report('tien-do-chi-tieu', {
      ...half2024,
      counts,
      window: { from: null, to: '2025-12-31' },
    });
    expect(cellAt(late, 'hoi_chu_thap_do', 'rate')).toEqual({ kind: 'percent', part: 149_699, of: null });
    expect(count(late, 'hoi_chu_thap_do', 'rest')).toBeNull();
  });
});

test("only what is counted has a number: no part of a row above, nothing that is nobody's", () => {
  const numbers = (made: Report) =>
    made.rows.map((r) => cellAt(made, r.key, 'no')).map((c) => (c?.kind === 'text' ? c.text : ''));
  const progress = report('tien-do-chi-tieu', { window: { from: null, to: '2024-06-17' }, counts: city2024 });
  expect(numbers(progress)).toEqual(['1', '2', '3', '4', '5', '6', '7', '', '', '8']);
  const byNewTree = report('ngoai-nganh', { counts: table2023, treeOn: '2025-07-01' });
  expect(numbers(byNewTree).slice(-3)).toEqual(['168', '', '']);
});

describe('change since the snapshot before', () => {
  const later: readonly CountFigure[] = city2024.map((f) =>
    f.category === 'hoi_nong_dan' ? { ...f, value: 26_000 } : f,
  );
  const made = report('tang-giam', {
    ...half2024,
    previous: { from: null, to: '2023-09-19' },
    counts: [...table2023, ...later.filter((f) => f.category !== 'nguoi_co_cong')],
  });
  test('growth, a fall with its question, and a blank that is no change', () => {
    expect(count(made, 'hoi_cuu_chien_binh', 'more')).toBe(43_405 - 33_370);
    expect(cellAt(made, 'nguoi_lao_dong', 'rate')).toEqual({
      kind: 'percent',
      part: 582_371 - 50_871,
      of: 50_871,
    });
    expect(count(made, 'nguoi_co_cong', 'before')).toBe(8190);
    expect(count(made, 'nguoi_co_cong', 'more')).toBeNull();
    expect(sentences(made)).toEqual(['Hội Nông dân: 26.770 rồi 26.000, số luỹ kế giảm 770. Hãy ghi lý do.']);
  });
  test('nothing before: nothing to compare', () => {
    const alone = report('tang-giam', half2024);
    expect(count(alone, 'hoi_cuu_chien_binh', 'more')).toBeNull();
    expect(alone.findings).toEqual([]);
  });
});

describe('g. An sinh xã hội', () => {
  test("the city's own figures, with the sentence of the report", () => {
    const made = report('chi-tra-asxh', half2024);
    expect(made.paragraphs).toEqual([
      'Đến nay, các đơn vị đã rà soát 158.035/158.038 trường hợp thuộc đối tượng chi trả ASXH (đạt 99,998%), trong đó 54.825 trường hợp đã được cấp tài khoản ASXH và 54.065 trường hợp đã được chi trả qua tài khoản. Ngoài ra, 4.313 trường hợp bất khả kháng không đăng ký được tài khoản.',
    ]);
    expect(made.findings).toEqual([]);
  });
  test.each([
    [
      'without a target nothing is measured against it',
      { targets: [] },
      /^Đến nay, các đơn vị đã rà soát 158\.035 trường hợp thuộc đối tượng chi trả ASXH, trong đó 54\.825 /,
    ],
    [
      'without accounts the sentence still ends',
      { counts: city2024.filter((f) => f.measure !== 'cap_tai_khoan') },
      /\(đạt 99,998%\)\. Ngoài ra, 4\.313 /,
    ],
  ])('%s', (_, less, expected) => {
    expect(report('chi-tra-asxh', { ...half2024, ...less }).paragraphs).toEqual([
      expect.stringMatching(expected),
    ]);
  });
  test('a sentence that goes on from an unknown figure is not said', () => {
    const counts = city2024.filter((f) => f.measure !== 'ra_soat');
    expect(report('chi-tra-asxh', { ...half2024, counts }).paragraphs).toEqual([]);
  });
  test('the other figures of the same report', () => {
    const made = report('chi-tra-khong-tien-mat', half2024);
    expect(count(made, 'total', 'value')).toBe(82_821);
    expect(count(made, 'total', 'target')).toBe(173_943);
    expect(made.paragraphs[0]).toContain('14.425/35.389 trường hợp Người có công');
  });
  test('more paid than accounts is told', () => {
    const counts = city2024.map((f) => (f.measure === 'chi_tra_tai_khoan' ? { ...f, value: 60_000 } : f));
    expect(sentences(report('chi-tra-asxh', { ...half2024, counts }), 'EXCEEDS')).toEqual([
      'Tổng: Đã chi trả qua tài khoản 60.000 lớn hơn Đã cấp tài khoản ASXH 54.825, lệch 5.175',
    ]);
  });
});

describe('h. completeness', () => {
  const to = '2026-10-31';
  const [a, b, c] = childrenOn('79', to).map((u) => u.key);
  const sheet = (unit = '', sentOn: string | null = null): SheetFigure => ({
    unit,
    asOf: to,
    filled: 8,
    expected: 12,
    sentOn,
  });
  const made = (today: string) =>
    report('tinh-hinh-bao-cao-thang', {
      window: { from: null, to },
      treeOn: to,
      today,
      sheets: [sheet(a, '2026-11-14'), sheet(b, '2026-11-15'), sheet(c)],
    });
  test('on time up to the 14th, late from the 15th, missing once it is over', () => {
    const late = made('2026-11-20');
    expect([a, b, c].map((u) => cellAt(late, u ?? '', 'status'))).toEqual(
      ['Đúng hạn', 'Trễ hạn', 'Chưa báo cáo'].map((text) => ({ kind: 'text', text })),
    );
    expect(cellAt(late, a ?? '', 'due')).toEqual({ kind: 'date', date: '2026-11-14' });
    expect(late.paragraphs).toEqual([
      'Tính đến ngày 31/10/2026: 01 đơn vị gửi đúng hạn, 01 đơn vị gửi trễ hạn, 166 đơn vị chưa báo cáo.',
    ]);
    expect(count(late, 'total', 'filled')).toBe(24);
  });
  test('units that have begun nothing lack all their cells: three of 168 do not make the city complete', () => {
    const whole = [a, b, c].map((unit) => ({ ...sheet(unit, '2026-11-10'), filled: 15, expected: 15 }));
    const late = report('tinh-hinh-bao-cao-thang', {
      window: { from: null, to },
      treeOn: to,
      today: '2026-11-20',
      sheets: whole,
    });
    expect(cellAt(late, 'total', 'rate')).toEqual({ kind: 'percent', part: 45, of: 168 * 15 });
    const silent = late.rows.find((r) => r.kind === 'data' && ![a, b, c].includes(r.key))?.key ?? '';
    expect(['filled', 'expected', 'missing'].map((column) => count(late, silent, column))).toEqual([
      0, 15, 1,
    ]);
  });
  test('nobody is missing before the day has passed', () => {
    expect(made('2026-11-14').paragraphs).toEqual([
      'Tính đến ngày 31/10/2026: 01 đơn vị gửi đúng hạn, 01 đơn vị gửi trễ hạn, 0 đơn vị chưa báo cáo, 166 đơn vị chưa đến hạn.',
    ]);
  });
  test.each([
    ['tinh-hinh-bao-cao-thang', '2026-10-14', '2026-10-14'],
    ['tinh-hinh-bao-cao-thang', '2026-10-15', '2026-11-14'],
    ['tinh-hinh-bao-cao-thang', '2026-12-20', '2027-01-14'],
    ['tinh-hinh-bao-cao-tuan', '2026-11-16', '2026-11-20'],
    ['tinh-hinh-bao-cao-tuan', '2026-11-20', '2026-11-20'],
    ['tinh-hinh-bao-cao-tuan', '2026-11-21', '2026-11-27'],
    ['tinh-hinh-bao-cao-tuan', '2020-01-01', null],
  ])('%s as of %s is due %s', (id, asOf, due) => {
    expect(dueDay(def(id).due ?? [], asOf)).toBe(due);
  });
});

const amount: fc.Arbitrary<Amount> = fc.oneof(
  fc.nat(1000),
  fc.constant(null),
  fc.constant('outside' as const),
);

describe('sums', () => {
  test('blank, 0 and outside stay apart', () => {
    expect(sumOf([])).toBeNull();
    expect(sumOf([null, 'outside'])).toBeNull();
    expect(sumOf(['outside', 'outside'])).toBe('outside');
    expect(sumOf([null, 0, 'outside'])).toBe(0);
    expect(minus(5, null)).toBeNull();
    expect(minus(null, 5)).toBeNull();
    expect(minus('outside', 'outside')).toBe('outside');
  });
  test('the total row is the sum of the rows, whatever they hold', () => {
    const rows = childrenOn('79', '2023-09-19');
    fc.assert(
      fc.property(fc.array(amount, { minLength: rows.length, maxLength: rows.length }), (values) => {
        const counts = rows.map(
          (u, i): CountFigure => ({
            unit: u.key,
            category: 'hoi_nong_dan',
            measure: 'tong',
            asOf: '2023-09-19',
            value: values[i] ?? null,
          }),
        );
        const made = report('ngoai-nganh', { counts });
        expect(count(made, 'total', 'hoi_nong_dan')).toBe(sumOf(values));
        expect(made.findings).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
  test('the order of the rows does not hang on the order of the figures', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...table2023], { minLength: table2023.length }), (counts) => {
        expect(makeReport(def('ngoai-nganh'), input({ counts }))).toEqual(
          makeReport(def('ngoai-nganh'), input({ counts: table2023 })),
        );
      }),
      { numRuns: 10 },
    );
  });
});
