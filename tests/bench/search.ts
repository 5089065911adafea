/** `bench search`: the index through dispatch against one pass over folded texts in memory, and the rows of a list. */
import { isDeepStrictEqual } from 'node:util';
import { everybody } from '../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../support/temp-desk.ts';
import { absolute, type Finding, percentile, ratio, round } from './figures.ts';
import { fillDesk, markReceived } from './load.ts';
import { type Folded, foldedText, makeQueries, type Query, type Sample, scan } from './queries.ts';
import type { Gate } from './quiet.ts';
import { type Candidate, playRounds, timed, WrongAnswer } from './rounds.ts';

const QUERIES = 200;
const PAGE = 50;
const REPEATS = 20;
const NAMES = {
  index: 'dossier.index',
  scan: 'scan in memory',
  top: 'dossier.rows, first 50',
  deep: 'dossier.rows, 50 far down',
  raw: 'prepared SELECT of 50',
} as const;

/** The store's dossiers, newest first, as the scan holds them. */
interface Oracle {
  readonly ns: readonly number[];
  readonly texts: readonly Folded[];
  readonly queries: readonly Query[];
}

export async function benchSearch({
  n,
  rounds,
  gate,
}: {
  n: number;
  rounds: number;
  gate: Gate;
}): Promise<Finding> {
  const desk = openTestDesk({ seed: 'bench-search' });
  try {
    const loadMs = fillDesk(desk, n);
    markReceived(desk);
    const oracle = makeOracle(desk);
    const matches = await requireSameAnswers(desk, oracle);
    const search = await playRounds(searchers(desk, oracle), { rounds, gate });
    const rows = await playRounds(await readers(desk, oracle.ns), { rounds, gate });
    const allIds: number[] = [];
    for (let i = 0; i < 7; i++) allIds.push(await timed(() => desk.call('dossier.index', everybody)));
    const perQuery = (['mean', 'p95'] as const).map((f) => absolute(search, NAMES.scan, f));
    return {
      bench: 'search',
      setting: { dossiers: n, rounds, queries: QUERIES, kinds: 5 },
      ratios: [
        ratio(search, NAMES.index, NAMES.scan, 'mean'),
        ratio(search, NAMES.index, NAMES.scan, 'p50'),
        ratio(search, NAMES.index, NAMES.scan, 'p95'),
        ratio(rows, NAMES.top, NAMES.raw, 'p50'),
        ratio(rows, NAMES.deep, NAMES.top, 'p50'),
      ],
      absolute: [
        ...(['mean', 'p50', 'p95'] as const).map((f) => absolute(search, NAMES.index, f)),
        ...perQuery,
        ...[NAMES.top, NAMES.deep, NAMES.raw].map((name) => absolute(rows, name, 'p50')),
      ],
      context: {
        loadMsPerDossier: round(loadMs),
        matchesMedian: percentile(matches, 0.5),
        matchesMost: Math.max(...matches),
        indexOfAllMs: round(percentile(allIds, 0.5)),
        fileMB: round((await fileBytes(desk)) / 1e6),
        ...meanByKind(oracle, search.get(NAMES.index) ?? []),
      },
      notes: [
        'match rule: every word of the query is the beginning of one of the folded words of the dossier (names, numbers, code); addresses are asked only where these find nothing',
        'both answer all matches, newest first; the scan has its texts folded and in memory',
      ],
    };
  } finally {
    await dropTestDesk(desk);
  }
}

function makeOracle(desk: TestDesk): Oracle {
  const statement = desk.desk.db.$client.prepare<[], { n: number; raw: string }>(
    "SELECT d.n, e.raw FROM dossier d JOIN event e ON e.subject_kind = 'dossier' AND e.subject_id = d.id ORDER BY d.n DESC",
  );
  const ns: number[] = [];
  const texts: Folded[] = [];
  const samples: Sample[] = [];
  for (const { n, raw } of statement.iterate()) {
    const { body } = JSON.parse(raw) as { body: Sample };
    ns.push(n);
    texts.push(foldedText(body));
    if (n % 10 === 0) samples.push(body);
  }
  return { ns, texts, queries: makeQueries(samples, QUERIES) };
}

/** Every query, before anything is timed; answers how many matches each has. */
async function requireSameAnswers(desk: TestDesk, { ns, texts, queries }: Oracle): Promise<number[]> {
  const matches: number[] = [];
  for (const { kind, q } of queries) {
    const expected = scan(texts, q).map((i) => ns[i]);
    const found = [...(await desk.call('dossier.index', { ...everybody, q }))];
    if (expected.length === 0) throw new WrongAnswer(`search: the oracle finds nothing for a ${kind} query`);
    if (!isDeepStrictEqual(found, expected))
      throw new WrongAnswer(`search: ${kind} "${q}": ${found.length} found, ${expected.length} expected`);
    matches.push(expected.length);
  }
  return matches;
}

function searchers(desk: TestDesk, { texts, queries }: Oracle): Candidate[] {
  const eachQuery = async (work: (q: string) => unknown) => {
    const times: number[] = [];
    for (const { q } of queries) times.push(await timed(() => work(q)));
    return times;
  };
  return [
    { name: NAMES.index, run: () => eachQuery((q) => desk.call('dossier.index', { ...everybody, q })) },
    { name: NAMES.scan, run: () => eachQuery((q) => scan(texts, q)) },
  ];
}

async function readers(desk: TestDesk, ns: readonly number[]): Promise<Candidate[]> {
  const deepAt = Math.floor(ns.length * 0.9);
  const raw = desk.desk.db.$client.prepare(
    'SELECT * FROM dossier WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n DESC',
  );
  const page = (from: number, turn: number) => ns.slice(from + turn * PAGE, from + (turn + 1) * PAGE);
  const repeated = async (work: (turn: number) => unknown) => {
    const times: number[] = [];
    for (let i = 0; i < REPEATS; i++) times.push(await timed(() => work(i % 2)));
    return times;
  };
  for (const from of [0, deepAt]) {
    const rows = await desk.call('dossier.rows', { ns: [...page(from, 0)] });
    if (
      !isDeepStrictEqual(
        rows.map((r) => r.n),
        [...page(from, 0)],
      )
    )
      throw new WrongAnswer(`search: rows from ${from}`);
  }
  return [
    { name: NAMES.top, run: () => repeated((i) => desk.call('dossier.rows', { ns: [...page(0, i)] })) },
    { name: NAMES.deep, run: () => repeated((i) => desk.call('dossier.rows', { ns: [...page(deepAt, i)] })) },
    { name: NAMES.raw, run: () => repeated((i) => raw.all(JSON.stringify(page(0, i)))) },
  ];
}

function meanByKind({ queries }: Oracle, rounds: readonly (readonly number[])[]): Record<string, number> {
  const byKind = Map.groupBy(
    rounds.flatMap((times) => times.map((ms, i) => ({ ms, kind: queries[i]?.kind ?? 'twoWords' }))),
    (t) => t.kind,
  );
  return Object.fromEntries(
    [...byKind].map(([kind, times]) => [
      `${kind}MeanMs`,
      round(times.reduce((sum, t) => sum + t.ms, 0) / times.length),
    ]),
  );
}

async function fileBytes(desk: TestDesk): Promise<number> {
  const pages = desk.desk.db.$client.pragma('page_count', { simple: true }) as number;
  return pages * (desk.desk.db.$client.pragma('page_size', { simple: true }) as number);
}
