/** What is odd about a figure: by lists, and by properties over any history. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categories } from '../../../../shared/catalogue/categories.ts';
import { expectedRange, marksOf, needsReason, partsGaps } from '../../../../shared/domain/count-rules.ts';

const earlier = (...values: number[]) =>
  values.map((value, i) => ({ asOf: `2026-0${(i % 9) + 1}-01`, value }));
const kinds = (value: number, history: number[], { flow = false, target = null as number | null } = {}) =>
  marksOf(value, { history: earlier(...history), flow, target }).map((m) => m.kind);

describe('a cumulative figure', () => {
  test.each<[string, number, number[], string[]]>([
    ['first of its cell', 27147, [], []],
    ['as before', 8, [8], []],
    ['one less', 7, [8], ['fall']],
    ['to zero', 0, [8], ['fall']],
    ['a little more', 9114, [8900], []],
    ['nine times the last one', 27147, [3016], ['outlier']],
    ['a hundred more where there was none', 100, [0], []],
    ['more than a hundred where there was none', 101, [0], ['outlier']],
    ['as its habit is', 8328, [7000, 7300, 7650, 8000], []],
    ['a jump against its habit', 12000, [7000, 7300, 7650, 8000], ['outlier']],
    ['a wild unit may be wild', 12000, [1000, 4000, 5000, 9000], []],
    ['twenty people are never a jump', 25, [5, 5, 5, 5, 5], []],
  ])('%s', (_, value, history, expected) => {
    expect(kinds(value, history)).toEqual(expected);
  });
});

describe('a flow', () => {
  test.each<[string, number, number[], string[]]>([
    ['falls without a word', 3, [40], []],
    ['near its usual size', 130, [100, 110, 95, 105], []],
    ['far from its usual size', 400, [100, 110, 95, 105], ['outlier']],
  ])('%s', (_, value, history, expected) => {
    expect(kinds(value, history, { flow: true })).toEqual(expected);
  });
});

test.each<[number, number | null, string[]]>([
  [149_699, 194_197, []],
  [120, 100, []],
  [121, 100, ['above_target']],
  [1_000_000, null, []],
])('%i against the target %s', (value, target, expected) => {
  const marks = marksOf(value, { history: [], flow: false, target });
  expect([marks.map((m) => m.kind), needsReason(marks)]).toEqual([expected, false]);
});

const count = fc.nat({ max: 99_999_999 });
test('any fall of a cumulative figure asks for a reason, and nothing is asked of the same figure again', () => {
  fc.assert(
    fc.property(fc.array(count, { minLength: 1, maxLength: 8 }), count, (values, value) => {
      const history = earlier(...values);
      const last = values.at(-1) ?? 0;
      const marks = marksOf(value, { history, flow: false, target: null });
      if (value < last) expect(marks.map((m) => m.kind)).toEqual(['fall']);
      const range = expectedRange(history, false);
      expect(needsReason(marks)).toBe(
        range !== null && (value < last || value > range.high || value < range.low),
      );
    }),
  );
});
test('one wild figure in a long quiet history does not widen what is expected', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000, max: 50_000 }), (wild) => {
      const range = expectedRange(earlier(100, 102, 104, 106, wild, wild + 2, wild + 4, wild + 6), false);
      expect(range?.high ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(Math.ceil((wild + 6) * 1.25) + 2);
    }),
  );
});

describe('parts and their total', () => {
  const gaps = (cells: Record<string, number>) => partsGaps(categories, (key) => cells[key] ?? null);
  const red = (tong: number, ...parts: number[]) => ({
    'hoi_chu_thap_do/tong': tong,
    ...(parts[0] !== undefined && { 'hoi_chu_thap_do/hoi_vien': parts[0] }),
    ...(parts[1] !== undefined && { 'hoi_chu_thap_do/tinh_nguyen_vien': parts[1] }),
  });
  test.each([
    ['the half-year report of 2024 adds up', red(149_699, 135_998, 13_701), []],
    ['one short', red(149_698, 135_998, 13_701), [[149_698, 149_699, true]]],
    ['one over', red(149_700, 135_998, 13_701), [[149_700, 149_699, true]]],
    ['a part is not reported yet', red(149_699, 135_998), []],
    ['one part alone is more than the total', red(10, 11), [[10, 11, false]]],
    ['no parts', red(10), []],
  ])('%s', (_, cells, expected) => {
    expect(gaps(cells).map((g) => [g.total, g.parts, g.whole])).toEqual(expected);
  });
  test('only what is known to be a part is added: payments to account holders are not', () => {
    expect(gaps({ 'an_sinh_xa_hoi/tong': 1, 'an_sinh_xa_hoi/ra_soat': 5 })).toEqual([]);
  });
});
