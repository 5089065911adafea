/** Arguments of `npm run bench`. */
import path from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `npm run bench -- [save|search|sync|burst|screens|rollup|start|all] [--n N] [--rounds R] [--gate SECONDS] [--json FILE]

Ratios of things timed together in one run; absolute times are context. See docs/bench.md.
  save    durable saves through dispatch (dossier.receive, .act, .correct) in a store of N dossiers (10000)
          against bare commits of the same bytes and against write+fdatasync
  search  dossier.index and dossier.rows among N dossiers (100000) against a scan of folded texts in memory
  sync    a backlog of N events (10000) to hubs on PostgreSQL and on the embedded database against PouchDB to
          express-pouchdb (fetched at the first use) and against one POST and one COPY
  burst   the day's end: N desks (1000) with 100 events each, alone and beside a device that floods
  rollup  an annex summed over N count rows (1000000) and rolled up, against plain SQL over the same rows
  screens from a key to the painted frame in the real window with N dossiers (20000): list, dossier, new form,
          rooms, a letter in the full form, a letter in the search; against a letter in an empty page
  start   the packaged program (npm run package -- --dir) from its start to the sign-in screen and to the first screen,
          with N dossiers (10000), against an empty window of the same Electron; memory and sizes beside
  --rounds  timed rounds after one warm-up (7)   --n  size of the chosen benches (also --dossiers)
  --gate    longest wait for a quiet machine before each candidate, 0 = do not wait (15)
  --json    appends one JSON line per bench to this file
Exit code 1 only where an answer is wrong. SMC_TEST_DATABASE_URL takes that PostgreSQL instead of a throw-away one.`;

export const benches = ['save', 'search', 'sync', 'burst', 'screens', 'rollup', 'start'] as const;
export type BenchName = (typeof benches)[number];

export interface BenchPlan {
  readonly names: readonly BenchName[];
  /** Null = each bench's own size. */
  readonly n: number | null;
  readonly rounds: number;
  readonly gateMs: number;
  readonly json: string | null;
}

/** Null where only help was asked for. */
export function readPlan(args: readonly string[]): BenchPlan | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      n: { type: 'string' },
      dossiers: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      gate: { type: 'string', default: '15' },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return null;
  const wanted = positionals[0] ?? 'all';
  const names = benches.filter((name) => wanted === 'all' || wanted === name);
  if (names.length === 0 || positionals.length > 1)
    throw new Error(`unknown bench: ${positionals.join(' ')}`);
  const size = values.n ?? values.dossiers;
  return {
    names,
    n: size === undefined ? null : wholeNumber('--n', size, 100),
    rounds: wholeNumber('--rounds', values.rounds, 1),
    gateMs: wholeNumber('--gate', values.gate, 0) * 1000,
    json: values.json === undefined ? null : path.resolve(values.json),
  };
}

function wholeNumber(name: string, text: string, least: number): number {
  if (!/^\d{1,7}$/.test(text) || Number(text) < least)
    throw new Error(`${name}: a whole number from ${least}`);
  return Number(text);
}
