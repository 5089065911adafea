/** One backlog and one hub that knows its device: kept as a pair of folders, copied and run as often as needed. */
import { createHash } from 'node:crypto';
import { cpSync, rmSync } from 'node:fs';
import { inTransaction } from '../../db/handle.ts';
import { writeCityUrl } from '../../db/queries/device.ts';
import { type TestClock, testClock } from '../support/clock.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder, WARD } from '../support/temp-desk.ts';
import { fillDesk } from './load.ts';
import { type Program, startProgram } from './program.ts';
import { WrongAnswer } from './rounds.ts';
import {
  copyPlace,
  dropPlace,
  type Engine,
  hubEvents,
  newPlace,
  type Place,
  type Server,
} from './sync-place.ts';

const NOW = '2026-11-20T02:30:00Z';
/** A hub in use is warm: before each run another ward sends it this much, untimed. */
const WARM_UP = { office: '26740', events: 1000 } as const;

export interface Pair {
  readonly engine: Engine;
  readonly place: Place;
  readonly folder: string;
  readonly warmFolder: string;
  readonly stream: string;
  readonly n: number;
  /** SHA-256 over all event hashes in order. */
  readonly digest: string;
  readonly raws: readonly string[];
  drop(): Promise<void>;
}
/** A copy of the pair, running: a full outbox and a hub that has nothing of it. */
export interface RunningPair {
  readonly desk: TestDesk;
  readonly hub: Program;
  readonly place: Place;
}

const startHub = ({ dataDir, databaseUrl }: Place, args: readonly string[] = []) =>
  startProgram('city/main.ts', ['--port', '0', ...args], {
    SMC_CITY_DATA_DIR: dataDir,
    SMC_CITY_DATABASE_URL: databaseUrl,
    SMC_NOW: NOW,
  });

const openCopy = (folder: string, clock: TestClock) =>
  openTestDesk({ folder, enrolled: false, clock, seed: `bench-sync-${process.hrtime.bigint()}` });

export async function makePair(engine: Engine, server: Server, n: number): Promise<Pair> {
  const place = await newPlace(engine, server);
  const warm = await enrolled(place, WARM_UP.office);
  fillDesk(warm, WARM_UP.events);
  await warm.close();
  const desk = await enrolled(place, WARD);
  const { folder } = desk;
  fillDesk(desk, n);
  const stream = desk.desk.db.$client.prepare('SELECT stream FROM device_state').pluck().get() as string;
  const rows = desk.desk.db.$client.prepare('SELECT raw, hash FROM event ORDER BY n').all() as {
    raw: string;
    hash: string;
  }[];
  await desk.close();
  return {
    ...{ engine, place, folder, n, stream, warmFolder: warm.folder },
    digest: digestOf(rows.map((r) => r.hash)),
    raws: rows.map((r) => r.raw),
    async drop() {
      for (const each of [folder, warm.folder]) rmSync(each, { recursive: true, force: true });
      await dropPlace(place, server);
    },
  };
}

/** A new desk that the hub of this place knows; the hub is stopped again. */
async function enrolled(place: Place, office: string): Promise<TestDesk> {
  const hub = await startHub(place, ['--enrol-code', office, '--name', 'Lê Thị Thử']);
  const desk = openCopy(tempFolder('bench-desk'), testClock(NOW));
  await desk.call('device.enrol', { url: hub.url, code: hub.enrolCode ?? '', deviceName: 'Máy thử' });
  await hub.stop();
  return desk;
}

export async function runCopy(
  pair: Pair,
  server: Server,
  throughLine?: (url: string) => Promise<string>,
): Promise<RunningPair> {
  const place = await copyPlace(pair.place, server);
  const hub = await startHub(place);
  const warm = deskAt(pair.warmFolder, hub.url);
  await warm.call('sync.run', {});
  await dropTestDesk(warm);
  return { desk: deskAt(pair.folder, (await throughLine?.(hub.url)) ?? hub.url), hub, place };
}

function deskAt(original: string, url: string): TestDesk {
  const folder = tempFolder('bench-desk');
  cpSync(original, folder, { recursive: true });
  const desk = openCopy(folder, testClock(NOW));
  inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, url));
  return desk;
}

/** Everything received, once, unchanged, in order; then the copy goes. */
export async function checkAndDrop(
  pair: Pair,
  { desk, hub, place }: RunningPair,
  server: Server,
): Promise<void> {
  const { received, waiting, attention, lastError } = await desk.call('sync.state', {});
  await dropTestDesk(desk);
  await hub.stop();
  const events = await hubEvents(place, pair.stream);
  await dropPlace(place, server);
  const where = `sync on ${pair.engine}`;
  if (received !== pair.n || waiting + attention > 0)
    throw new WrongAnswer(
      `${where}: the desk has ${received} received, ${waiting} waiting, ${lastError?.code ?? ''}`,
    );
  if (events.length !== pair.n || events.some((e) => e.verdict !== 'accepted'))
    throw new WrongAnswer(
      `${where}: the hub holds ${events.length} of ${pair.n} events, or did not accept one`,
    );
  if (digestOf(events.map((e) => e.hash)) !== pair.digest)
    throw new WrongAnswer(`${where}: other events at the hub`);
}

function digestOf(hashes: readonly string[]): string {
  return createHash('sha256').update(hashes.join('\n')).digest('hex');
}
