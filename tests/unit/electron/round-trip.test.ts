/** Export, then import, is the identity: over the real bytes of both kinds of file, for the counts, every annex and targets. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tableFile } from '../../../electron/files/count-file.ts';
import { readTable } from '../../../electron/files/read-table.ts';
import { readXlsx } from '../../../electron/files/read-xlsx.ts';
import { sheetTable } from '../../../electron/files/sheet-table.ts';
import { categories } from '../../../shared/catalogue/categories.ts';
import { formUnitsOn, sheetForms } from '../../../shared/catalogue/sheet-forms.ts';
import { unitOn } from '../../../shared/catalogue/units.ts';
import { readCountTable } from '../../../shared/domain/count-table.ts';
import { formColumns } from '../../../shared/domain/figure-columns.ts';
import type { TargetBody } from '../../../shared/domain/target.ts';
import { readTargetTable, targetTable } from '../../../shared/domain/target-table.ts';
import { addDays } from '../../../shared/lib/local-date.ts';
import { MAX_COUNT } from '../../../shared/lib/whole-number.ts';

const asOf = '2026-11-20';
const forms = [null, ...sheetForms.map((f) => f.code)];
const kinds = (['wide', 'long'] as const).flatMap((shape) =>
  (['csv', 'xlsx'] as const).map((format) => ({ shape, format })),
);
const value = fc.oneof(
  fc.constant(0),
  fc.integer({ min: 0, max: MAX_COUNT }),
  fc.constant('outside' as const),
);

describe.each(forms)('%s', (form) => {
  const { columns } = formColumns(form);
  const units = formUnitsOn('79', asOf, form);
  test('every figure has a column of its own, known by its heading', () => {
    expect(columns.length).toBeGreaterThan(0);
    const { header } = readCountTable([['unit_code', ...columns.map((c) => c.title)]], {
      ...{ office: '79', asOf, form },
    });
    expect(header.roles).toEqual(['unit', ...columns.map((c) => c.key)]);
  });
  test.each(kinds)('$shape $format', async ({ shape, format }) => {
    const figure = fc.tuple(fc.nat(units.length - 1), fc.nat(columns.length - 1), value);
    await fc.assert(
      fc.asyncProperty(fc.array(figure, { minLength: 1, maxLength: 40 }), async (figures) => {
        const held = new Map(figures.map(([u, c, v]) => [`${units[u]?.key}/${columns[c]?.key}`, v]));
        const rows = units.map((unit) => {
          const own = columns.flatMap(({ key }) => {
            const v = held.get(`${unit.key}/${key}`);
            return v === undefined ? [] : [[key, v] as const];
          });
          const note = { outside: true as const, by: '', at: '' };
          return {
            unit: { key: unit.key, code: unit.code, name: unit.name },
            cells: Object.fromEntries(own.flatMap(([key, v]) => (v === 'outside' ? [] : [[key, v]]))),
            notes: Object.fromEntries(own.flatMap(([key, v]) => (v === 'outside' ? [[key, note]] : []))),
          };
        });
        const bytes = await tableFile(sheetTable(rows, { form, asOf, shape }), format);
        const back = readCountTable(await (format === 'csv' ? readTable(bytes) : readXlsx(bytes)), {
          office: '79',
          asOf,
          form,
        });
        expect(back.problems).toEqual([]);
        const read = back.rows.map((r) => [
          `${r.unit}/${r.category}/${r.measure}`,
          r.outside ? 'outside' : r.value,
        ]);
        expect(new Map(read as [string, number | 'outside'][])).toEqual(held);
      }),
      { numRuns: 8 },
    );
  });
});

test.each(['x', 'X', 'k', '×', 'không thuộc địa bàn', 'KHÔNG THUỘC ĐỊA BÀN', 'khong thuoc dia ban'])(
  '%s in a file is outside; a blank and a dash are not reported; 0 is 0',
  (outside) => {
    const { rows, problems } = readCountTable(
      [
        ['unit_code', 'hoi_nong_dan', 'nguoi_co_cong', 'hoi_cuu_chien_binh', 'nguoi_lao_dong'],
        ['26743', outside, '', '–', '0'],
      ],
      { office: '79', asOf },
    );
    expect(problems).toEqual([]);
    expect(rows.map((r) => [r.category, r.value, r.outside ?? false])).toEqual([
      ['hoi_nong_dan', null, true],
      ['nguoi_lao_dong', 0, false],
    ]);
  },
);

describe('targets', () => {
  const measures = categories.flatMap((c) => c.measures.map((m) => ({ category: c.code, measure: m.code })));
  const target = fc
    .record({
      unit: fc.constantFrom('79', '26743', '26740'),
      figure: fc.constantFrom(...measures),
      value: fc.integer({ min: 1, max: MAX_COUNT }),
      days: fc.tuple(fc.nat(300), fc.option(fc.nat(900))),
      source: fc.constantFrom('Kế hoạch 1/KH-UBND', '=SUM(A1)', 'QĐ "12", ngày 1/2; bản 2', '-', '12'),
    })
    .map(({ unit, figure, value: n, days: [start, length], source }): TargetBody => {
      const from = addDays('2025-07-01', start);
      return { unit, ...figure, value: n, from, to: length === null ? null : addDays(from, length), source };
    });
  const list = fc.uniqueArray(target, {
    ...{ minLength: 1, maxLength: 20 },
    selector: (t) => [t.unit, t.category, t.measure, t.from].join(' '),
  });
  test.each(['csv', 'xlsx'] as const)('%s', async (format) => {
    await fc.assert(
      fc.asyncProperty(list, async (targets) => {
        const bytes = await tableFile(targetTable(targets), format);
        const back = readTargetTable(await (format === 'csv' ? readTable(bytes) : readXlsx(bytes)), '79');
        expect(back.problems).toEqual([]);
        expect(back.rows).toEqual(targets);
      }),
      { numRuns: 25 },
    );
  });
  const HEADER = ['Đơn vị', 'Loại', 'Số liệu', 'Chỉ tiêu', 'Từ ngày', 'Đến ngày', 'Văn bản giao'];
  const row = ['Phường Bến Thành', 'Hội Nông dân', '', '1.200', '01/01/2026', '', 'KH 1'];
  const put = (at: number, text: string) => row.map((cell, i) => (i === at ? text : cell));
  test('as people write them', () => {
    const { rows, problems } = readTargetTable([HEADER, row, ['', '', '', '', '', '', '']], '79');
    expect(problems).toEqual([]);
    expect(rows).toEqual([
      {
        ...{ unit: '26743', category: 'hoi_nong_dan', measure: 'tong', value: 1200 },
        ...{ from: '2026-01-01', to: null, source: 'KH 1' },
      },
    ]);
    expect(unitOn('26743', '2026-01-01')?.name).toBe('Phường Bến Thành');
  });
  test.each<[string, string[], string, string]>([
    ['an unknown unit', put(0, 'Phường Không Có'), 'unit_code', 'UNIT_UNKNOWN'],
    ['an unknown category', put(1, 'Hội gì đó'), 'category_code', 'CATEGORY_UNKNOWN'],
    ['no target', put(3, ''), 'target', 'COUNT_BLANK'],
    ['a target of 0', put(3, '0'), 'target', 'TARGET_ZERO'],
    ['words', put(3, 'nhiều'), 'target', 'COUNT_NOT_A_NUMBER'],
    ['a day that is none', put(4, '31/02/2026'), 'from', 'DATE_NOT_IN_CALENDAR'],
    ['an end before the beginning', put(5, '31/12/2025'), 'to', 'WINDOW_REVERSED'],
    ['no paper', put(6, ' '), 'source', 'FACT_SOURCE'],
  ])('%s is one problem at its cell', (_, bad, column, code) => {
    const { rows, problems } = readTargetTable([HEADER, row, bad], '79');
    expect(rows).toHaveLength(1);
    expect(problems.map((p) => [p.row, p.column, p.code])).toEqual([[3, column, code]]);
  });
  test('the same figure of the same day twice, another office, a table that is none', () => {
    expect(readTargetTable([HEADER, row, row], '79').problems.map((p) => p.code)).toEqual(['ROW_DUPLICATE']);
    expect(readTargetTable([HEADER, row], '26740').problems.map((p) => p.code)).toEqual([
      'UNIT_OUT_OF_SCOPE',
    ]);
    expect(readTargetTable([['a', 'b']], '79').problems.map((p) => p.code)).toEqual(['FILE_HEADER']);
    expect(readTargetTable([HEADER], '79').problems.map((p) => p.code)).toEqual(['FILE_EMPTY']);
  });
});
