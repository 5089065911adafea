/** `bench rollup`: a report over N count rows, from the store to its finished table, against plain SQL that sums the same rows. */
import { inTransaction } from '../../db/handle.ts';
import { countFigures } from '../../db/queries/report.ts';
import { putSubject } from '../../db/queries/subject-table.ts';
import { findReportDef } from '../../shared/catalogue/report-defs.ts';
import { findSheetForm } from '../../shared/catalogue/sheet-forms.ts';
import { countUnitsOn, type Unit } from '../../shared/catalogue/units.ts';
import { cellKey, type Sheet, sheetId } from '../../shared/domain/sheet.ts';
import { addDays } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { makeReport } from '../../shared/report/make-report.ts';
import type { Report } from '../../shared/report/model.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../support/temp-desk.ts';
import { absolute, type Finding, ratio, round } from './figures.ts';
import type { Gate } from './quiet.ts';
import { type Candidate, playRounds, timed, WrongAnswer } from './rounds.ts';

/** The widest annex that every unit fills: twelve flows a sheet. */
const FORM = 'phu-luc-9';
const FIRST_DAY = '2025-10-01';
const OFFICE = '79';
const BLOCK = 2000;
const NAMES = {
  report: 'figures and report',
  figures: 'figures alone',
  sql: 'plain SQL',
  day: 'report of one day',
  daySql: 'plain SQL of one day',
} as const;
const SQL = `SELECT s.unit, c.category, c.measure, sum(c.value) AS value FROM sheet s JOIN count c ON c.sheet_n = s.n
  WHERE s.form = ? AND s.as_of >= ? AND s.from_date <= ? GROUP BY 1, 2, 3`;

interface Days {
  readonly from: string;
  readonly to: string;
}

export async function benchRollup(wish: { n: number; rounds: number; gate: Gate }): Promise<Finding> {
  const desk = openTestDesk({ seed: 'bench-rollup', office: OFFICE, role: 'officer' });
  try {
    const { rows, window, loadMs } = fill(desk, wish.n);
    requireSameSums(desk, window);
    const times = await playRounds(candidates(desk, window), wish);
    return {
      bench: 'rollup',
      setting: {
        rows,
        units: units().length,
        days: rows / units().length / measures().length,
        rounds: wish.rounds,
      },
      ratios: [
        ratio(times, NAMES.report, NAMES.sql, 'total'),
        ratio(times, NAMES.figures, NAMES.sql, 'total'),
        ratio(times, NAMES.day, NAMES.daySql, 'total'),
      ],
      absolute: Object.values(NAMES).map((name) => absolute(times, name, 'total')),
      context: { loadMsPerRow: round(loadMs), fileMB: round(fileBytes(desk) / 1e6) },
      notes: [
        'every unit below the city has a sheet of flows of each day; the report sums them over all days, refuses days counted twice, rolls up the tree and checks its own sums',
        'the SQL sums by unit and measure and answers the same figures; it knows no tree, no overlap and no blank',
      ],
    };
  } finally {
    await dropTestDesk(desk);
  }
}

const units = (): readonly Unit[] => countUnitsOn(OFFICE, FIRST_DAY);
const measures = (): readonly string[] =>
  must(findSheetForm(FORM), FORM).cells.flatMap((c) => (c.of === 'units' ? [c.measure] : []));

/** Whole days of all units until there are at least `n` rows. */
function fill(desk: TestDesk, n: number): { rows: number; window: Days; loadMs: number } {
  const perDay = units().length * measures().length;
  const days = Math.ceil(n / perDay);
  const sheets = Array.from({ length: days }, (_, i) => addDays(FIRST_DAY, i)).flatMap((day) =>
    units().map((unit, u) => sheetOf(unit, day, u)),
  );
  const start = performance.now();
  for (let from = 0; from < sheets.length; from += BLOCK)
    inTransaction(desk.desk.db, (tx) => {
      for (const state of sheets.slice(from, from + BLOCK)) putSubject(tx, { kind: 'sheet', state });
    });
  const rows = days * perDay;
  const window = { from: FIRST_DAY, to: addDays(FIRST_DAY, days - 1) };
  return { rows, window, loadMs: (performance.now() - start) / rows };
}

function sheetOf(unit: Unit, day: string, seed: number): Sheet {
  const about = { unit: unit.key, asOf: day, form: FORM, from: day };
  const cells = Object.fromEntries(
    measures().map((m, i) => [cellKey('pl9', m), (seed * 31 + i * 7 + Number(day.slice(-2))) % 97]),
  );
  return {
    ...{ ...about, id: sheetId(about), revision: 1, cells, notes: {} },
    ...{ status: 'draft', statusReason: '', sentOn: null },
  };
}

function report(desk: TestDesk, { from, to }: Days): Report {
  return makeReport(must(findReportDef(FORM), FORM), {
    ...{ office: OFFICE, window: { from, to }, previous: null, treeOn: to },
    counts: countFigures(desk.desk.db, { from, to, form: FORM }),
    ...{ catalogueVersion: 'thử', at: `${to}T08:00:00Z`, today: to },
  });
}

interface Sum {
  readonly unit: string;
  readonly category: string;
  readonly measure: string;
  readonly value: number;
}
function plainSums(desk: TestDesk, { from, to }: Days): Sum[] {
  return desk.desk.db.$client.prepare(SQL).all(FORM, from, to) as Sum[];
}

/** Every figure of every unit's row, before anything is timed. */
function requireSameSums(desk: TestDesk, window: Days): void {
  const made = report(desk, window);
  const sums = new Map(plainSums(desk, window).map((s) => [`${s.unit} ${s.measure}`, s.value]));
  const columns = must(findReportDef(FORM), FORM).columns.map(({ value }) =>
    value.from === 'count' ? value.measure : undefined,
  );
  let compared = 0;
  for (const { key, cells } of made.rows)
    for (const [i, cell] of cells.entries()) {
      const expected = sums.get(`${key} ${columns[i]}`);
      if (cell.kind !== 'count' || expected === undefined) continue;
      compared++;
      if (cell.value !== expected)
        throw new WrongAnswer(`rollup: ${key} ${columns[i]}: ${cell.value}, expected ${expected}`);
    }
  if (compared !== sums.size) throw new WrongAnswer(`rollup: ${compared} of ${sums.size} figures shown`);
}

function candidates(desk: TestDesk, window: Days): Candidate[] {
  const day = { from: window.to, to: window.to };
  const once = (work: () => unknown) => async () => [await timed(work)];
  return [
    { name: NAMES.report, run: once(() => report(desk, window)) },
    { name: NAMES.figures, run: once(() => countFigures(desk.desk.db, { ...window, form: FORM })) },
    { name: NAMES.sql, run: once(() => plainSums(desk, window)) },
    { name: NAMES.day, run: once(() => report(desk, day)) },
    { name: NAMES.daySql, run: once(() => plainSums(desk, day)) },
  ];
}

function fileBytes(desk: TestDesk): number {
  const pages = desk.desk.db.$client.pragma('page_count', { simple: true }) as number;
  return pages * (desk.desk.db.$client.pragma('page_size', { simple: true }) as number);
}
