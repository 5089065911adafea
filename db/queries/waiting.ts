/** Dossiers that wait for somebody: the citizen, another agency, or the counter that has to give a result. */
import type { ComponentState } from '../../shared/domain/action-rules.ts';
import { once, type ReadDb } from '../handle.ts';
import { notAway } from './holder.ts';

/** Mark of a dossier -> state of its components that put the mark there. */
const waits = {
  supplement: 'supplement',
  elsewhere: 'elsewhere',
  to_give: 'done',
} as const satisfies Record<string, ComponentState>;
export type Wait = keyof typeof waits;

export interface WaitingComponent {
  readonly n: number;
  readonly component: string;
  readonly since: string;
  readonly at: string;
  readonly askedOn: string;
}

/** Components that wait, the longest wait first; `limit` counts components. */
export function waitingComponents(
  db: ReadDb,
  wait: Wait,
  { away, limit }: { readonly away: readonly string[]; readonly limit: number },
): WaitingComponent[] {
  const statement = db.$client.prepare(
    `SELECT d.n, c.code AS component, c.since, c.at, c.asked_on AS askedOn
      FROM dossier_mark m JOIN dossier d ON d.n = m.dossier_n JOIN component c ON c.dossier_id = d.id
      WHERE m.mark = ? AND c.state = ? AND ${notAway('?', 'd.')} ORDER BY c.since, d.n LIMIT ?`,
  );
  return statement.all(wait, waits[wait], JSON.stringify(away), limit) as WaitingComponent[];
}

export function waitingCount(db: ReadDb, wait: Wait, away: readonly string[]): number {
  if (away.length > 0) {
    const text = `SELECT count(*) FROM dossier_mark m JOIN dossier d ON d.n = m.dossier_n WHERE m.mark = ? AND ${notAway('?', 'd.')}`;
    return db.$client.prepare(text).pluck().get(wait, JSON.stringify(away)) as number;
  }
  const statement = once(db, 'waiting.count', () =>
    db.$client.prepare('SELECT count(*) FROM dossier_mark WHERE mark = ?').pluck(),
  );
  return statement.get(wait) as number;
}

const MISSING = 'missing/';

/** Codes of the papers that each of these dossiers is missing. */
export function missingPapersOf(db: ReadDb, ns: readonly number[]): ReadonlyMap<number, readonly string[]> {
  const statement = once(db, 'waiting.missing', () =>
    db.$client.prepare(
      `SELECT dossier_n AS n, mark FROM dossier_mark
        WHERE dossier_n IN (SELECT value FROM json_each(?)) AND mark > '${MISSING}' AND mark < '${MISSING}~'`,
    ),
  );
  const rows = statement.all(JSON.stringify(ns)) as { n: number; mark: string }[];
  return new Map(ns.map((n) => [n, rows.filter((r) => r.n === n).map((r) => r.mark.slice(MISSING.length))]));
}
