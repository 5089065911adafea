/** Random lives of dossiers, and what plain SQL over their bare steps says of them: the oracle of the reports. */
import { createRequire } from 'node:module';
import type DatabaseConstructor from 'better-sqlite3';
import fc from 'fast-check';
import { obstacles } from '../../shared/catalogue/obstacles.ts';
import { reasons } from '../../shared/catalogue/reasons.ts';
import { actions } from '../../shared/domain/action-rules.ts';
import { allowedActions } from '../../shared/domain/allowed-actions.ts';
import { type ActBody, channels, type Dossier } from '../../shared/domain/dossier.ts';
import { addDays } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import type { Window } from '../../shared/report/figures.ts';
import { shiftWindow } from '../../shared/report/windows.ts';
import { opened, planned, projected } from './steps.ts';

const Sqlite = createRequire(import.meta.url)('better-sqlite3') as typeof DatabaseConstructor;

const FIRST = '2026-07-20';
const day = (n: number) => addDays(FIRST, n);
export const papers = ['ks_giay_chung_sinh', 'ks_to_khai'];
export const refusalCodes = reasons.slice(0, 3).map((r) => r.code);

export interface Life {
  readonly dossier: Dossier;
  readonly steps: readonly ActBody[];
  /** The dossier as it stood on a day. */
  readonly on: (date: string) => Dossier;
}

const movesOf = fc.array(
  fc.record({ action: fc.constantFrom(...actions), part: fc.nat(3), wait: fc.nat(12), pick: fc.nat(6) }),
  { maxLength: 9 },
);
export const lifeOf = fc
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
export function factsOf(lives: readonly Life[], { from, to }: Window) {
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
export const ON_HAND = '(ended IS NULL OR ended >= @from)';
export const ENDED = 'ended BETWEEN @from AND @to';
const LATE = '(asks > 1 OR ended > due)';
const PROMISED = '(asks > 1 OR due IS NOT NULL)';
const OVERDUE = '(asks > 1 OR (due IS NOT NULL AND coalesce(waits, @to) > due))';

export const linked: Readonly<Record<string, string>> = {
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
export const form06: Readonly<Record<string, string>> = {
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
export const timeliness: Readonly<Record<string, string>> = {
  ended: ENDED,
  before: `${ENDED} AND asks < 2 AND ended < due`,
  on: `${ENDED} AND asks < 2 AND ended = due`,
  late: `${ENDED} AND ${PROMISED} AND ${LATE}`,
  no_limit: `${ENDED} AND asks < 2 AND due IS NULL`,
  open: 'ended IS NULL',
  waiting: 'ended IS NULL AND asks < 2 AND waits <= due',
};

export const windowOf = fc
  .record({ from: fc.nat(70), length: fc.nat(40) })
  .map(({ from, length }) => ({ from: day(from), to: day(from + length) }));

export const answers = (
  ask: (select: string) => number,
  where: Readonly<Record<string, string>>,
  from: string,
) => Object.fromEntries(Object.entries(where).map(([c, w]) => [c, ask(`count(*) FROM ${from} AND ${w}`)]));
