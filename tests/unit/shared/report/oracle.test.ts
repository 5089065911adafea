/**
 * The report engine against a second path: plain SQL over the bare steps of random dossiers, and over bare count rows. Only
 * due days are taken from the dossier (deadlines have tests of their own).
 */
import { createRequire } from 'node:module';
import type DatabaseConstructor from 'better-sqlite3';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categories } from '../../../../shared/catalogue/categories.ts';
import { obstacles } from '../../../../shared/catalogue/obstacles.ts';
import { sheetForms } from '../../../../shared/catalogue/sheet-forms.ts';
import { countUnitsOn } from '../../../../shared/catalogue/units.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import { dossierFigures } from '../../../../shared/report/dossier-figures.ts';
import type { CountFigure, DossierFigure } from '../../../../shared/report/figures.ts';
import type { Report } from '../../../../shared/report/model.ts';
import { shiftWindow } from '../../../../shared/report/windows.ts';
import {
  answers,
  ENDED,
  factsOf,
  form06,
  lifeOf,
  linked,
  ON_HAND,
  papers,
  refusalCodes,
  timeliness,
  windowOf,
} from '../../../support/dossier-lives.ts';
import { count, key, report } from './report-input.ts';

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof DatabaseConstructor;

const columnsOf = (made: Report, row: string, wanted: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(wanted).map((c) => [c, count(made, row, c)]));
describe('dossiers: every figure is that of plain SQL over the bare steps', () => {
  test('the two procedures, Biểu 06, papers, reasons, obstacles, time', () => {
    fc.assert(
      fc.property(fc.array(lifeOf, { minLength: 1, maxLength: 14 }), windowOf, (lives, window) => {
        const ask = factsOf(lives, window);
        const dossiers: readonly DossierFigure[] = lives.flatMap(({ dossier, on }, n) =>
          dossier.receivedOn > window.to
            ? []
            : dossierFigures(
                { ...on(window.to), id: String(n) },
                { ...window, on: window.to, agencyOf: () => 'CQ' },
              ),
        );
        const made = (id: string) =>
          report(id, { window, previous: shiftWindow(window, -1), treeOn: window.to, dossiers });
        for (const [id, columns] of [
          ['lien-thong', linked],
          ['bieu-06', form06],
        ] as const) {
          const table = made(id);
          // More may end than came in: the rest was carried over.
          expect(
            table.findings.filter((f) => f.code !== 'RATE_ABOVE_100'),
            id,
          ).toEqual([]);
          for (const chain of ['birth', 'death'])
            expect(columnsOf(table, chain, columns), `${id} ${chain}`).toEqual(
              answers(ask, columns, `chains WHERE chain = '${chain}'`),
            );
          expect(columnsOf(table, 'total', columns), id).toEqual(answers(ask, columns, 'chains WHERE 1'));
        }
        const time = made('dung-han');
        const none = Object.fromEntries(Object.keys(timeliness).map((c) => [c, null]));
        expect(columnsOf(time, 'total', timeliness)).toEqual(
          time.rows.length > 1 ? answers(ask, timeliness, 'parts WHERE 1') : none,
        );
        const missing = made('thieu-giay-to');
        for (const paper of papers) {
          const asked = `FROM paper WHERE paper = '${paper}' AND d >= @from`;
          expect(count(missing, paper, 'times') ?? 0).toBe(ask(`count(DISTINCT id || '/' || code) ${asked}`));
          expect(count(missing, paper, 'dossiers') ?? 0).toBe(ask(`count(DISTINCT id) ${asked}`));
        }
        expect(count(missing, 'total', 'dossiers')).toBe(
          ask('count(DISTINCT id) FROM paper WHERE d >= @from'),
        );
        const refused = made('tu-choi');
        for (const code of refusalCodes)
          expect(['components', 'dossiers'].map((c) => count(refused, code, c) ?? 0)).toEqual(
            ['*', 'DISTINCT id'].map((n) =>
              ask(`count(${n}) FROM parts WHERE ${ENDED} AND reason = '${code}'`),
            ),
          );
        const groups = made('vuong-mac');
        for (const { code } of obstacles) {
          const open = `FROM parts WHERE obstacle = '${code}'`;
          expect(['components', 'dossiers', 'open'].map((c) => count(groups, code, c))).toEqual([
            ask(`count(*) ${open} AND ${ON_HAND}`),
            ask(`count(DISTINCT id) ${open} AND ${ON_HAND}`),
            ask(`count(DISTINCT id) ${open} AND ended IS NULL AND stuck`),
          ]);
        }
      }),
      { numRuns: 80 },
    );
  });
});

const TREES = ['2023-09-19', '2024-12-31', '2025-06-30', '2025-07-01', '2026-11-20'] as const;
const value = fc.oneof(fc.nat(100_000), fc.constant(0), fc.constant('outside' as const));

function rowsOf(counts: readonly CountFigure[]) {
  const db = new Sqlite(':memory:');
  db.exec('CREATE TABLE count (unit, category, measure, first, last, value)');
  const insert = db.prepare('INSERT INTO count VALUES (?, ?, ?, ?, ?, ?)');
  for (const c of counts)
    insert.run(c.unit, c.category, c.measure, c.from ?? null, c.asOf, c.value === 'outside' ? null : c.value);
  return (where: string, ...values: string[]) =>
    db
      .prepare(`SELECT sum(value) FROM count WHERE ${where}`)
      .pluck()
      .get(...values) as number | null;
}
const figureOf = (made: Report, row: string, column: string) => {
  const found = count(made, row, column);
  return typeof found === 'number' ? found : null;
};

describe('counts: every cell and every total is that of plain SQL over the rows', () => {
  test.each(TREES)('the annex by the units of %s: the day asked for and no other', (asOf) => {
    const units = countUnitsOn('79', asOf);
    const one = fc.record({ unit: fc.nat(units.length - 1), category: fc.nat(7), ago: fc.nat(2), value });
    const same = (f: { unit: number; category: number; ago: number }) => `${f.unit}/${f.category}/${f.ago}`;
    fc.assert(
      fc.property(fc.uniqueArray(one, { selector: same, maxLength: 60 }), (facts) => {
        const counts = facts.map(
          ({ unit, category, ago, value }): CountFigure => ({
            unit: must(units[unit], 'unit').key,
            category: must(categories[category], 'category').code,
            measure: 'tong',
            asOf: addDays(asOf, -ago),
            value,
          }),
        );
        const sum = rowsOf(counts);
        const made = report('ngoai-nganh', { counts, treeOn: asOf, window: { from: null, to: asOf } });
        expect(made.rows).toHaveLength(units.length + 1);
        for (const { code } of categories) {
          expect(figureOf(made, 'total', code)).toBe(sum('category = ? AND last = ?', code, asOf));
          for (const { key: unit } of units)
            expect(figureOf(made, unit, code)).toBe(
              sum('unit = ? AND category = ? AND last = ?', unit, code, asOf),
            );
        }
      }),
      { numRuns: 8 },
    );
  });

  test.each(sheetForms.filter((f) => f.period === 'window').map((f) => [f.code, f] as const))(
    '%s: months that follow each other are summed, what lies outside is not',
    (id, form) => {
      const window = { from: '2023-07-01', to: '2023-09-30' };
      const city = key('79', window.to);
      const districts = countUnitsOn('79', window.to).slice(0, 3);
      const one = fc.record({
        cell: fc.nat(form.cells.length - 1),
        unit: fc.nat(2),
        month: fc.nat(4),
        value,
      });
      const same = (f: { cell: number; unit: number; month: number }) => `${f.cell}/${f.unit}/${f.month}`;
      fc.assert(
        fc.property(fc.uniqueArray(one, { selector: same, maxLength: 60 }), (facts) => {
          const counts = facts.flatMap(({ cell, unit, month, value }): CountFigure[] => {
            const { category, measure, of } = must(form.cells[cell], 'cell');
            if (of === 'office' && unit > 0) return [];
            const { from, to } = shiftWindow({ from: '2023-06-01', to: '2023-06-30' }, month);
            const where = of === 'office' ? city : must(districts[unit], 'district').key;
            return [{ unit: where, category, measure, from, asOf: to, value }];
          });
          const sum = rowsOf(counts);
          const inside = "first >= '2023-07-01' AND last <= '2023-09-30'";
          const made = report(id, { counts, treeOn: window.to, window });
          for (const { category, measure, of } of form.cells) {
            const rows = of === 'office' ? [city] : districts.map((d) => d.key);
            for (const unit of rows) {
              const row = of === 'office' ? category.replace('.', '_').replace('pl9_', '') : unit;
              const column = made.columns.find((c) => c.kind === 'count' && printed[measure] === c.key);
              expect(figureOf(made, row, must(column, measure).key), `${row} ${measure}`).toBe(
                sum(`${inside} AND unit = ? AND category = ? AND measure = ?`, unit, category, measure),
              );
            }
          }
        }),
        { numRuns: 25 },
      );
    },
  );
});

/** The column of an annex that holds a measure, as the annexes print them. */
const printed: Readonly<Record<string, string>> = {
  ...{ tong: 'all', truc_tiep: 'direct', truc_tuyen: 'online' },
  ...{ nhan_tong: 'in_all', nhan_truc_tiep: 'in_direct', nhan_muc_3: 'in_3', nhan_muc_4: 'in_4' },
  ...{ nhan_buu_chinh: 'in_post', tra_tong: 'out_all', tra_buu_chinh: 'out_post' },
  ...{ tra_truc_tiep: 'out_direct', tra_qua_mang: 'out_online' },
  ...{ truoc_hen: 'before', trong_hen: 'on', qua_hen: 'late' },
};
