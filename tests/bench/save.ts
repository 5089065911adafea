/** `bench save`: a dossier, a step or a correction is on the disk, against what the disk and the database cost at the least. */
import { closeSync, fdatasyncSync, fstatSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { fileKeyStore } from '../../db/key-store.ts';
import { closeDesk, openDesk } from '../../db/open.ts';
import { syntheticDossier } from '../../electron/demo/people.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { everybody, reception } from '../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../support/temp-desk.ts';
import { absolute, type Finding, ratio, round } from './figures.ts';
import { fillDesk, markReceived } from './load.ts';
import type { Gate } from './quiet.ts';
import { type Candidate, playRounds, timed, WrongAnswer } from './rounds.ts';
import { type Change, changes, storedIds } from './save-changes.ts';

const BLOCK = 20;
const TURNS = 10;
const PER_ROUND = BLOCK * TURNS;
const SEED = 11;
const NAMES = { product: 'dossier.receive', commit: 'bare commit', disk: 'write+fdatasync' } as const;
const FIGURES = ['p50', 'p95', 'p99'] as const;

export async function benchSave({
  n,
  rounds,
  gate,
}: {
  n: number;
  rounds: number;
  gate: Gate;
}): Promise<Finding> {
  const desk = openTestDesk({ seed: 'bench-save' });
  const loadMs = fillDesk(desk, n);
  markReceived(desk);
  const bare = openBare(path.join(desk.folder, 'bare'));
  const handle = openSync(path.join(desk.folder, 'floor.bin'), 'w');
  try {
    // The forms are the same in every round, so these are the bytes that each save adds, to a byte or two.
    const raws = await saveOnce(desk);
    const ids = storedIds(desk, n);
    const small: Awaited<ReturnType<typeof changeOnce>>[] = [];
    for (const change of changes) small.push(await changeOnce(desk, { change, ids }));
    const candidates = [
      product(desk),
      bareCommit(bare, { name: NAMES.commit, raws }),
      disk(handle, raws),
      ...small.flatMap(({ change, raws: own }) => [
        changing(desk, { change, ids }),
        bareCommit(bare, { name: bareName(change), raws: own }),
      ]),
    ];
    const times = await playRounds(candidates, { rounds, gate, turns: TURNS });
    requireStored(desk, bare, handle, { n: n + PER_ROUND, extra: PER_ROUND * (rounds + 1), raws });
    const { product: a, commit, disk: floor } = NAMES;
    return {
      bench: 'save',
      setting: { dossiers: n, rounds, savesPerRound: PER_ROUND, block: BLOCK },
      ratios: [
        ...FIGURES.map((f) => ratio(times, a, commit, f)),
        ...changes.flatMap((c) => FIGURES.map((f) => ratio(times, c.name, bareName(c), f))),
        ...FIGURES.map((f) => ratio(times, a, floor, f)),
        ...FIGURES.map((f) => ratio(times, commit, floor, f)),
      ],
      absolute: candidates.flatMap((c) => FIGURES.map((f) => absolute(times, c.name, f))),
      context: {
        eventBytes: meanBytes(raws),
        ...Object.fromEntries(small.map(({ change, raws: own }) => [`${change.name} bytes`, meanBytes(own)])),
        loadMsPerDossier: round(loadMs),
        cipher: fileKeyStore(desk.folder).open(true).cipher,
        sqlite: desk.desk.db.$client.prepare('SELECT sqlite_version()').pluck().get() as string,
      },
      notes: [
        'every earlier dossier is marked as received by the city; each round is one working day',
        'steps and corrections go through the earlier dossiers in turn: each has its reception to fold, and what earlier rounds added',
      ],
    };
  } finally {
    closeSync(handle);
    closeDesk(bare);
    await dropTestDesk(desk);
  }
}

const bareName = ({ name }: Change) => `bare commit of ${name}`;
const meanBytes = (raws: readonly string[]) =>
  Math.round(raws.reduce((sum, raw) => sum + Buffer.byteLength(raw), 0) / raws.length);

function receive(desk: TestDesk, i: number): () => Promise<{ code: string }> {
  const today = localTime(desk.clock.now()).date;
  const { chain, values } = syntheticDossier(SEED, i, { today, ward: 'Phường Bến Thành' });
  const input = { ...reception(desk.desk.ids.uuid(), chain), values };
  return () => desk.call('dossier.receive', input);
}

/** One untimed round whose answers are read back: the raw events that it wrote. */
async function saveOnce(desk: TestDesk): Promise<string[]> {
  for (let i = 0; i < PER_ROUND; i++) {
    const { code } = await receive(desk, i)();
    const found = await desk.call('dossier.index', { ...everybody, q: code, state: 'waiting' });
    if (found.length !== 1) throw new WrongAnswer(`save: ${found.length} dossiers found under ${code}`);
  }
  return newestRaws(desk);
}

function newestRaws(desk: TestDesk): string[] {
  const newest = desk.desk.db.$client.prepare('SELECT raw FROM event ORDER BY n DESC LIMIT ?').pluck();
  return (newest.all(PER_ROUND) as string[]).reverse();
}

interface Changing {
  readonly change: Change;
  readonly ids: readonly string[];
}

/** One untimed round of a change whose effect is read back. */
async function changeOnce(desk: TestDesk, { change, ids }: Changing): Promise<Changing & { raws: string[] }> {
  for (const id of ids.slice(0, PER_ROUND)) {
    await (await change.ready(desk, id))();
    const { revision } = await desk.call('dossier.get', { id });
    if (revision < 2) throw new WrongAnswer(`save: ${change.name} left revision ${revision}`);
  }
  return { change, ids, raws: newestRaws(desk) };
}

function changing(desk: TestDesk, { change, ids }: Changing): Candidate {
  let next = PER_ROUND;
  return {
    name: change.name,
    async run() {
      const block = Array.from({ length: BLOCK }, () => must(ids[next++ % ids.length], 'id'));
      const times: number[] = [];
      for (const id of block) times.push(await timed(await change.ready(desk, id)));
      return times;
    },
  };
}

function product(desk: TestDesk): Candidate {
  return {
    name: NAMES.product,
    async run(_round, turn) {
      if (turn === 0) desk.clock.advance(86_400_000);
      const saves = Array.from({ length: BLOCK }, (_, i) => receive(desk, turn * BLOCK + i));
      const times: number[] = [];
      for (const save of saves) times.push(await timed(save));
      return times;
    },
  };
}

/** The same driver, cipher and pragmas as the product, and one table. */
function openBare(folder: string): ReadDb {
  const migrationsFolder = path.join(folder, 'migrations');
  mkdirSync(migrationsFolder, { recursive: true });
  writeFileSync(
    path.join(migrationsFolder, '0001_init.sql'),
    'CREATE TABLE event (n INTEGER PRIMARY KEY, raw TEXT NOT NULL) STRICT;',
  );
  return openDesk({ folder, keys: fileKeyStore(folder), migrationsFolder });
}

function bareCommit(
  db: ReadDb,
  { name, raws }: { readonly name: string; readonly raws: readonly string[] },
): Candidate {
  const insert = db.$client.prepare('INSERT INTO event (raw) VALUES (?)');
  return {
    name,
    run: (_round, turn) =>
      eachOf(raws, turn, (raw) => {
        inTransaction(db, () => insert.run(raw));
      }),
  };
}

function disk(handle: number, raws: readonly string[]): Candidate {
  return {
    name: NAMES.disk,
    run: (_round, turn) =>
      eachOf(raws, turn, (raw) => {
        writeSync(handle, raw);
        fdatasyncSync(handle);
      }),
  };
}

async function eachOf(raws: readonly string[], turn: number, work: (raw: string) => void): Promise<number[]> {
  const times: number[] = [];
  for (const raw of raws.slice(turn * BLOCK, (turn + 1) * BLOCK)) times.push(await timed(() => work(raw)));
  return times;
}

function requireStored(
  desk: TestDesk,
  bare: ReadDb,
  handle: number,
  { n, extra, raws }: { n: number; extra: number; raws: readonly string[] },
): void {
  const count = (db: ReadDb, table: string) =>
    db.$client.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number;
  const bytes = (extra / PER_ROUND) * raws.reduce((sum, raw) => sum + Buffer.byteLength(raw), 0);
  const stored = [count(desk.desk.db, 'dossier'), count(desk.desk.db, 'dossier_search')];
  if (stored.some((rows) => rows !== n + extra))
    throw new WrongAnswer(`save: rows ${stored.join(', ')} of ${n + extra}`);
  const events = n + extra + changes.length * (PER_ROUND + extra);
  if (count(desk.desk.db, 'event') !== events)
    throw new WrongAnswer(`save: ${count(desk.desk.db, 'event')} events of ${events}`);
  if (count(bare, 'event') !== extra * (1 + changes.length))
    throw new WrongAnswer('save: the bare table misses rows');
  if (must(fstatSync(handle).size, 'size') !== bytes)
    throw new WrongAnswer('save: the floor file misses bytes');
}
