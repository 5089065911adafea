/** Every definition is whole: what it names exists, and it makes a report out of nothing without inventing a figure. */
import { describe, expect, test } from 'vitest';
import { findReportDef, reportDefs } from '../../../../shared/catalogue/report-defs.ts';
import { targets } from '../../../../shared/catalogue/targets.ts';
import { unitOn } from '../../../../shared/catalogue/units.ts';
import { Problem } from '../../../../shared/problem.ts';
import type { ReportDef } from '../../../../shared/report/definition.ts';
import { makeReport } from '../../../../shared/report/make-report.ts';
import { input } from './report-input.ts';

/** Columns that formulas, checks, charts and sentences name. */
function named(def: ReportDef): string[] {
  const inFormulas = def.columns.flatMap(({ value }) => {
    if (value.from === 'sum' || value.from === 'minus') return [...value.of];
    if (value.from === 'rate') return [value.part, value.of];
    return value.from === 'change' ? [value.now, value.before] : [];
  });
  const inChecks = def.checks.flatMap((c) => {
    if (c.kind === 'columns') return [c.total, ...c.parts];
    if (c.kind === 'rows') return c.columns;
    return c.kind === 'at_most' ? [c.column, c.limit] : [c.now, c.before];
  });
  const inCharts = def.charts.flatMap((c) => [...c.columns, ...(c.of ? [c.of] : [])]);
  return [...inFormulas, ...inChecks, ...inCharts];
}
const pieces = (def: ReportDef) => def.paragraphs.flat();
const WORDS = ['from', 'to', 'office', 'communes', 'since'];

test('ids are unique and found', () => {
  expect(new Set(reportDefs.map((d) => d.id)).size).toBe(reportDefs.length);
  expect(findReportDef('ngoai-nganh')?.id).toBe('ngoai-nganh');
  expect(findReportDef('khong-co')).toBeUndefined();
});

describe.each(reportDefs.map((d) => [d.id, d] as const))('%s', (_, def) => {
  const window =
    def.window === 'as_of' ? { from: null, to: '2023-09-19' } : { from: '2023-08-20', to: '2023-09-19' };
  const made = makeReport(def, input({ window, clusters: [{ key: 'c', name: 'Cụm', units: ['760'] }] }));
  test('names only columns that it has', () => {
    const columns = new Set(def.columns.map((c) => c.key));
    expect(columns.size).toBe(def.columns.length);
    expect(named(def).filter((key) => !columns.has(key))).toEqual([]);
  });
  test('its sentences name only rows and columns that it has', () => {
    const [rows, columns] = [new Set(made.rows.map((r) => r.key)), new Set(def.columns.map((c) => c.key))];
    const places = pieces(def).flatMap((p) => [
      ...[...p.text.matchAll(/\{([^}]+)\}/g)].map((m) => m[1] ?? '').filter((t) => !WORDS.includes(t)),
      ...(p.when ?? []).flatMap(([left, , right]) => (typeof right === 'string' ? [left, right] : [left])),
    ]);
    const missing = places.filter((place) => {
      const [at = '', before] = place.split('~');
      const [row = '', column = ''] = at.split('.');
      return !rows.has(row) || !columns.has(column) || (before !== undefined && !columns.has(before));
    });
    expect(missing).toEqual([]);
  });
  test('made of nothing it has no figure but 0 units, no finding, and as many cells as columns', () => {
    expect(made.findings).toEqual([]);
    expect(made.rows.every((r) => r.cells.length === def.columns.length)).toBe(true);
    const counts = made.rows.flatMap((r) => r.cells.flatMap((c) => (c.kind === 'count' ? [c.value] : [])));
    const standing = def.columns.some((c) => c.value.from === 'sheet');
    if (!standing) expect(counts.filter((value) => value !== null)).toEqual([]);
    expect(
      made.rows.flatMap((r) =>
        r.cells.map((c, i) => c.kind === 'outside' || c.kind === made.columns[i]?.kind),
      ),
    ).not.toContain(false);
  });
});

test('an office that did not exist on the day of the tree is refused', () => {
  const def = reportDefs[0];
  expect(() => def && makeReport(def, input({ office: '99999' }))).toThrow(Problem);
});

test('targets are of units that were there, one a day', () => {
  for (const t of targets) expect(unitOn(t.unit, t.from)).toBeDefined();
  const same = targets.filter((a) =>
    targets.some(
      (b) =>
        a !== b &&
        a.unit === b.unit &&
        a.category === b.category &&
        a.measure === b.measure &&
        a.from <= (b.to ?? '9') &&
        b.from <= (a.to ?? '9'),
    ),
  );
  expect(same).toEqual([]);
});
