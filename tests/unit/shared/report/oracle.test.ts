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
import { reasons } from '../../../../shared/catalogue/reasons.ts';
import { sheetForms } from '../../../../shared/catalogue/sheet-forms.ts';
import { countUnitsOn } from '../../../../shared/catalogue/units.ts';
import { actions } from '../../../../shared/domain/action-rules.ts';
import { allowedActions } from '../../../../shared/domain/allowed-actions.ts';
import { type ActBody, channels, type Dossier } from '../../../../shared/domain/dossier.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import { dossierFigures } from '../../../../shared/report/dossier-figures.ts';
import type { CountFigure, DossierFigure, Window } from '../../../../shared/report/figures.ts';
import type { Report } from '../../../../shared/report/model.ts';
import { shiftWindow } from '../../../../shared/report/windows.ts';
import { opened, planned, projected } from '../../../support/steps.ts';
import { count, key, report } from './report-input.ts';

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof DatabaseConstructor;

const FIRST = '2026-07-20';
const day = (n: number) => addDays(FIRST, n);
const papers = ['ks_giay_chung_sinh', 'ks_to_khai'];
const refusalCodes = reasons.slice(0, 3).map((r) => r.code);

interface Life {
  readonly dossier: Dossier;
  readonly steps: readonly ActBody[];
  /** The dossier as it stood on a day. */
  readonly on: (date: string) => Dossier;
}

const movesOf = fc.array(
  fc.record({ action: fc.constantFrom(...actions), part: fc.nat(3), wait: fc.nat(12), pick: fc.nat(6) }),
  { maxLength: 9 },
);
const lifeOf = fc
  .record({
    chain: fc.constantFrom('birth' as const, 'death' as const),
    received: fc.nat(60),
    channel: fc.constantFrom(...channels),
    moves: movesOf,
  })
  .map(({ chain, received, channel, moves }): Life => {
    const first: Dossier = { ...opened({ chain, date: day(received) }), channel };
    const steps: ActBody[] = [];
    let [dossier, date] = [first, day(received)];
    for (const { action, part, wait, pick } of moves) {
      // Handing over would only make taking back mean two things; a day can be put off to the end of the world once.
      if (action === 'give_result' || (action === 'extend' && steps.some((s) => s.action === 'extend')))
        continue;
      date = addDays(date, wait);
      const who = { role: 'clerk', office: dossier.office } as const;
      const may = allowedActions(dossier, who, date).find((a) => a.action === action)?.components ?? [];
      const code = may[part % Math.max(1, may.length)];
      if (code === undefined) continue;
      const step = planned(dossier, {
        ...{ action, on: date, components: [code] },
        ...(action === 'ask_supplement' && { papers: papers.slice(0, (pick % 2) + 1) }),
        ...(action === 'refuse' && { reasonCode: must(refusalCodes[pick % 3], 'reason') }),
        ...(action === 'report_obstacle' && { obstacle: must(obstacles[pick], 'group').code }),
      });
      steps.push(step);
      dossier = projected(dossier, step);
    }
    const on = (date: string) => steps.filter((s) => s.on <= date).reduce(projected, first);
    return { dossier: first, steps, on };
  });

/** The bare facts as tables, and views that say what a report means by its words. */
function factsOf(lives: readonly Life[], { from, to }: Window) {
  const db = new Sqlite(':memory:');
  db.exec(`
    CREATE TABLE dossier (id, chain, channel, received, due); CREATE TABLE part (id, code, due);
    CREATE TABLE step (i, id, code, action, d, reason, obstacle); CREATE TABLE paper (i, id, code, d, paper);`);
  const put = (table: string, ...values: (string | number | null)[]) =>
    db.prepare(`INSERT INTO ${table} VALUES (${values.map(() => '?').join()})`).run(...values);
  lives.forEach(({ dossier, steps, on }, n) => {
    if (dossier.receivedOn > to) return;
    const then = on(to);
    put('dossier', n, dossier.chain, dossier.channel, dossier.receivedOn, then.due);
    for (const c of then.components) put('part', n, c.code, c.due);
    steps.forEach((s, i) => {
      if (s.on > to) return;
      for (const code of s.components) {
        put('step', i, n, code, s.action, s.on, s.reasonCode ?? null, s.obstacle ?? null);
        for (const paper of s.papers ?? []) put('paper', i, n, code, s.on, paper);
      }
    });
  });
  db.exec(`
    CREATE VIEW last AS SELECT id, code, max(i) AS i, action, d, reason FROM step
      WHERE action IN ('result_received', 'refuse', 'stop', 'withdraw', 'take_back') GROUP BY id, code;
    CREATE VIEW moved AS SELECT id, code, max(i) AS i, action, d FROM step
      WHERE action NOT IN ('extend', 'hand_over', 'report_obstacle', 'clear_obstacle') GROUP BY id, code;
    CREATE VIEW parts AS SELECT p.id, p.code, p.due, d.chain, d.received, l.reason,
        CASE WHEN l.action <> 'take_back' THEN l.d END AS ended, l.action = 'result_received' AS done,
        CASE WHEN m.action = 'ask_supplement' THEN m.d END AS waits,
        (SELECT count(*) FROM step s WHERE s.id = p.id AND s.code = p.code AND s.action = 'ask_supplement') AS asks,
        (SELECT s.obstacle FROM step s WHERE s.id = p.id AND s.code = p.code AND s.action = 'report_obstacle' ORDER BY i DESC LIMIT 1) AS obstacle,
        (SELECT s.action FROM step s WHERE s.id = p.id AND s.code = p.code AND s.action IN
          ('report_obstacle', 'clear_obstacle', 'result_received', 'refuse', 'stop', 'withdraw') ORDER BY i DESC LIMIT 1) = 'report_obstacle' AS stuck
      FROM part p JOIN dossier d USING (id) LEFT JOIN last l USING (id, code) LEFT JOIN moved m USING (id, code);
    CREATE VIEW chains AS SELECT d.id, d.chain, d.channel, d.received, d.due,
        CASE WHEN count(*) = count(p.ended) THEN max(p.ended) END AS ended, count(*) AS n,
        sum(coalesce(p.done, 0)) AS done, max(CASE WHEN p.ended IS NULL THEN p.waits END) AS waits,
        (SELECT count(DISTINCT i) FROM step s WHERE s.id = d.id AND s.action = 'ask_supplement') AS asks,
        (SELECT max(s.d) FROM step s WHERE s.id = d.id AND s.action = 'ask_supplement') AS asked
      FROM dossier d JOIN parts p USING (id) GROUP BY d.id;`);
  const windows = { from: from ?? to, to, ...before({ from, to }) };
  return (select: string): number => Number(db.prepare(`SELECT ${select}`).pluck().get(windows));
}

const before = ({ from, to }: Window) => {
  const previous = shiftWindow({ from: from ?? to, to }, -1);
  return { pfrom: previous.from, pto: previous.to };
};

const RECEIVED = 'received BETWEEN @from AND @to';
const CARRIED = 'received < @from AND (ended IS NULL OR ended >= @from)';
const ON_HAND = '(ended IS NULL OR ended >= @from)';
const ENDED = 'ended BETWEEN @from AND @to';
const LATE = '(asks > 1 OR ended > due)';
const PROMISED = '(asks > 1 OR due IS NOT NULL)';
const OVERDUE = '(asks > 1 OR (due IS NOT NULL AND coalesce(waits, @to) > due))';

const linked: Readonly<Record<string, string>> = {
  received: RECEIVED,
  direct: `${RECEIVED} AND channel = 'truc_tiep'`,
  online: `${RECEIVED} AND channel = 'truc_tuyen'`,
  post: `${RECEIVED} AND channel = 'buu_chinh'`,
  ended: ENDED,
  whole: `${ENDED} AND done = n`,
  part: `${ENDED} AND done BETWEEN 1 AND n - 1`,
  none: `${ENDED} AND done = 0`,
  open: 'ended IS NULL',
  waiting: 'ended IS NULL AND waits IS NOT NULL',
  asked: 'asked >= @from',
  received_before: 'received BETWEEN @pfrom AND @pto',
  ended_before: 'ended BETWEEN @pfrom AND @pto',
  whole_before: 'ended BETWEEN @pfrom AND @pto AND done = n',
};
const form06: Readonly<Record<string, string>> = {
  c3: ON_HAND,
  c4: `${RECEIVED} AND channel = 'truc_tuyen'`,
  c5: `${RECEIVED} AND channel <> 'truc_tuyen'`,
  c6: CARRIED,
  c7: ENDED,
  c8: `${ENDED} AND asks < 2 AND ended < due`,
  c9: `${ENDED} AND asks < 2 AND (due IS NULL OR ended = due)`,
  c10: `${ENDED} AND ${PROMISED} AND ${LATE}`,
  c11: 'ended IS NULL',
  c12: `ended IS NULL AND NOT ${OVERDUE}`,
  c13: `ended IS NULL AND ${OVERDUE}`,
};
const timeliness: Readonly<Record<string, string>> = {
  ended: ENDED,
  before: `${ENDED} AND asks < 2 AND ended < due`,
  on: `${ENDED} AND asks < 2 AND ended = due`,
  late: `${ENDED} AND ${PROMISED} AND ${LATE}`,
  no_limit: `${ENDED} AND asks < 2 AND due IS NULL`,
  open: 'ended IS NULL',
  waiting: 'ended IS NULL AND asks < 2 AND waits <= due',
};

const windowOf = fc
  .record({ from: fc.nat(70), length: fc.nat(40) })
  .map(({ from, length }) => ({ from: day(from), to: day(from + length) }));

const columnsOf = (made: Report, row: string, wanted: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.keys(wanted).map((c) => [c, count(made, row, c)]));
const answers = (ask: (select: string) => number, where: Readonly<Record<string, string>>, from: string) =>
  Object.fromEntries(Object.entries(where).map(([c, w]) => [c, ask(`count(*) FROM ${from} AND ${w}`)]));

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
