/** Dossiers as lists need them: row numbers of all matches at once, then only the rows that are on the screen. */
import { and, getTableColumns, isNull, notInArray, or, sql } from 'drizzle-orm';
import type { DossierFilter } from '../../shared/contract/ipc/dossier.ts';
import { searchKey } from '../../shared/lib/vietnamese-text.ts';
import type { Counted } from '../../shared/report/dossier-figures.ts';
import { once, type ReadDb } from '../handle.ts';
import { dossier } from '../schema/dossier.ts';
import { ANSWERED } from './delivery.ts';
import { notAway } from './holder.ts';

/** What lists show; the order of names, the relative and the address are not among it. */
const { sortName: _, relativeName: __, requesterAddress: ___, ...listed } = getTableColumns(dossier);
export type DossierRecord = Pick<typeof dossier.$inferSelect, keyof typeof listed>;

/** Where words are looked for: names, codes and numbers first; addresses too where those find nothing. */
const SEARCH_IN = ['{words}', '{words place}'] as const;

/** FTS5 query: every word must begin one of the dossier's words in these columns. Null = nothing to search for. */
export function matchQuery(q: string, columns: (typeof SEARCH_IN)[number]): string | null {
  // A phone or citizen number may be typed in groups; a code has letters or hyphens and keeps its own way.
  const number = /^\+?[\d\s.]{6,}$/.test(q.trim()) ? q.replace(/\D/g, '') : null;
  const words = number ? [number] : searchKey(q).split(' ').filter(Boolean);
  return words.length === 0 ? null : `${columns} : (${words.map((w) => `"${w}"*`).join(' ')})`;
}

interface Marks {
  readonly stream: string;
  /** The last of this machine's events that has a receipt. */
  readonly acked: number;
  readonly today: string;
  /** What is due up to this day is due soon. */
  readonly soon: string;
  /** Units that have handed-over dossiers with which this office has nothing to do any more. */
  readonly away: readonly string[];
}

/** Row numbers of all matches in the order asked for. */
export function dossierIndex(db: ReadDb, filter: DossierFilter, marks: Marks): Uint32Array {
  const [names, everything] = SEARCH_IN;
  const search = (columns: (typeof SEARCH_IN)[number]) => {
    const { text, values } = indexQuery(filter, marks, matchQuery(filter.q, columns));
    const statement = once(db, `dossier.index ${text}`, () => db.$client.prepare(text).pluck());
    return Uint32Array.from(statement.all(values) as number[]);
  };
  const found = search(names);
  return found.length > 0 || filter.q === '' ? found : search(everything);
}

const ORDERS: Readonly<Record<DossierFilter['order'], string>> = {
  newest: 'n DESC',
  due: "ifnull(next_due, '~'), n",
  name: 'sort_name, n',
};
const MARKED = 'n IN (SELECT dossier_n FROM dossier_mark WHERE mark = @mark)';
const STATES: Readonly<Record<DossierFilter['state'], string | null>> = {
  all: null,
  due: 'next_due IS NOT NULL AND next_due <= @soon',
  overdue: 'next_due IS NOT NULL AND next_due < @today',
  supplement: MARKED,
  missing: MARKED,
  elsewhere: MARKED,
  obstacle: MARKED,
  to_give: MARKED,
  under_way: "outcome = 'under_way'",
  ended: "outcome <> 'under_way'",
  waiting: `id IN (SELECT subject_id FROM event WHERE n IN (SELECT event_n FROM chain WHERE stream = @stream AND seq > @acked) AND subject_kind = 'dossier'
      AND n NOT IN (SELECT event_n FROM delivery))`,
  returned: `id IN (SELECT e.subject_id FROM delivery d CROSS JOIN event e ON e.n = d.event_n WHERE d.verdict IN ('conflict', 'rejected', 'held') AND e.own = 1
    AND e.subject_kind = 'dossier' AND NOT ${ANSWERED})`,
  moved: 'holder IS NOT NULL',
};
/** Lists of work: what was handed over is the work of another office. */
const WORK: ReadonlySet<DossierFilter['state']> = new Set([
  'due',
  'overdue',
  'supplement',
  'missing',
  'elsewhere',
  'obstacle',
  'to_give',
]);

/**
 * A list of (nearly) everything is read from the index that holds it in its order; left alone, the planner reads all rows
 * or sorts them. Lists of a part are few rows: there the planner chooses.
 */
function orderedBy({ state, chain, order }: DossierFilter): string {
  if (state !== 'all' && state !== 'ended') return '';
  if (order !== 'newest') return ` INDEXED BY dossier_by_${order}`;
  if (state === 'ended') return ' INDEXED BY dossier_ended';
  return chain === null ? '' : ' INDEXED BY dossier_chain';
}

interface IndexQuery {
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The statement of a list; `match` as `matchQuery` gives it. A test looks at its plans. */
export function indexQuery(filter: DossierFilter, marks: Marks, match: string | null): IndexQuery {
  const { state, chain, missing, order } = filter;
  const where = [
    match !== null && 'n IN (SELECT rowid FROM dossier_search WHERE dossier_search MATCH @match)',
    chain !== null && 'chain = @chain',
    STATES[state],
    WORK.has(state) && marks.away.length > 0 && notAway('@away'),
    missing !== null && 'n IN (SELECT dossier_n FROM dossier_mark WHERE mark = @paper)',
  ].filter((clause) => typeof clause === 'string');
  // A bare text search is the hot path: the index alone answers it, in row order.
  const text =
    where.length === 1 && match !== null && order === 'newest'
      ? 'SELECT rowid FROM dossier_search WHERE dossier_search MATCH @match ORDER BY rowid DESC'
      : `SELECT n FROM dossier${match === null && missing === null ? orderedBy(filter) : ''} ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''} ORDER BY ${ORDERS[order]}`;
  const known = {
    ...marks,
    away: JSON.stringify(marks.away),
    match,
    chain,
    mark: state,
    paper: `missing/${missing}`,
  };
  return {
    text,
    values: Object.fromEntries(Object.entries(known).filter(([name]) => text.includes(`@${name}`))),
  };
}

export function dossierRecords(db: ReadDb, ns: readonly number[]): DossierRecord[] {
  const statement = once(db, 'dossier.records', () =>
    db
      .select(listed)
      .from(dossier)
      .where(sql`${dossier.n} IN (SELECT value FROM json_each(${sql.placeholder('ns')}))`)
      .prepare(),
  );
  const rows = statement.all({ ns: JSON.stringify(ns) });
  const byN = new Map(rows.map((r) => [r.n, r]));
  return ns.flatMap((n) => byN.get(n) ?? []);
}

/** Dossiers with a running clock that ends on or before a day, earliest first. */
export function dueRecords(
  db: ReadDb,
  until: string,
  { away, limit }: { readonly away: readonly string[]; readonly limit: number },
): DossierRecord[] {
  return db
    .select(listed)
    .from(dossier)
    .where(
      and(
        sql`${dossier.nextDue} <= ${until}`,
        away.length > 0 ? or(isNull(dossier.holder), notInArray(dossier.holder, [...away])) : undefined,
      ),
    )
    .orderBy(dossier.nextDue, dossier.n)
    .limit(limit)
    .all();
}

/** Next serial of the temporary code on a day: one more than this machine has used. */
export function nextSerial(db: ReadDb, codePrefix: string): number {
  const statement = once(db, 'dossier.serial', () =>
    db.$client
      .prepare(
        "SELECT max(CAST(substr(code, length(@prefix) + 1) AS INTEGER)) FROM dossier WHERE code >= @prefix AND code < @prefix || ':'",
      )
      .pluck(),
  );
  const last = statement.get({ prefix: codePrefix }) as number | null;
  return (last ?? 0) + 1;
}

/** Received up to the end of a window, and not ended before its start. */
const ON_HAND = `received_on <= @to AND (outcome = 'under_way' OR id IN (SELECT dossier_id FROM component WHERE ended_on >= @from))`;

interface Days {
  readonly from: string;
  readonly to: string;
}

/** Ids of the dossiers that were on hand on some day of a window. */
export function dossierWindow(db: ReadDb, days: Days): string[] {
  return db.$client
    .prepare(`SELECT id FROM dossier WHERE ${ON_HAND} ORDER BY n`)
    .pluck()
    .all(days) as string[];
}

/** Those of them to which nothing has happened since their reception: the tables hold all that reports count, no event is read. */
export function untouchedInWindow(db: ReadDb, days: Days): ReadonlyMap<string, Counted> {
  const untouched = `revision = 1 AND ${ON_HAND}`;
  const parts = db.$client
    .prepare(
      `SELECT dossier_id AS dossierId, code, due, first_due AS firstDue, waits_for AS waitsFor, state, since, started_on AS startedOn,
         ended_on AS endedOn, at, obstacle, supplements, asked_on AS askedOn
       FROM component WHERE dossier_id IN (SELECT id FROM dossier WHERE ${untouched})`,
    )
    .all(days) as (Counted['components'][number] & { dossierId: string })[];
  const components = Map.groupBy(parts, (c) => c.dossierId);
  const rows = db.$client
    .prepare(
      `SELECT id, code, official_code AS official, chain, channel, commune, received_on AS receivedOn, due
       FROM dossier WHERE ${untouched}`,
    )
    .all(days) as (Omit<Counted, 'form' | 'components' | 'steps'> & { official: string })[];
  return new Map(
    rows.map(({ official, ...row }) => [
      row.id,
      {
        ...row,
        form: official === '' ? {} : { 'code.official': official },
        components: components.get(row.id) ?? [],
        steps: [],
      },
    ]),
  );
}

/** Codes by id; those that are not here are left out. */
export function dossierCodes(db: ReadDb, ids: readonly string[]): [id: string, code: string][] {
  const statement = once(db, 'dossier.codes', () =>
    db.$client.prepare('SELECT id, code FROM dossier WHERE id IN (SELECT value FROM json_each(?))').raw(),
  );
  return statement.all(JSON.stringify(ids)) as [string, string][];
}
