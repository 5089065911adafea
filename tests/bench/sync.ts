/** `bench sync`: a long offline backlog goes to a hub in another process, real client, real HTTP, real databases. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { BATCH_MAX_EVENTS } from '../../shared/contract/sync/version.ts';
import { must } from '../../shared/lib/must.ts';
import { startLine } from '../support/line.ts';
import { absolute, type Finding, percentile, ratio, round } from './figures.ts';
import type { Gate } from './quiet.ts';
import { type Candidate, playRounds, timed, WrongAnswer } from './rounds.ts';
import { startFloor } from './sync-floor.ts';
import { checkAndDrop, makePair, type Pair, type RunningPair, runCopy } from './sync-pair.ts';
import { postgresServer, type Server } from './sync-place.ts';
import { startPouch, type Watch } from './sync-pouch.ts';

const NAMES = {
  postgres: 'sync.run to PostgreSQL',
  pglite: 'sync.run to PGlite',
  pouch: 'PouchDB to express-pouchdb',
  floor: 'one POST, one COPY',
} as const;

export async function benchSync({
  n,
  rounds,
  gate,
}: {
  n: number;
  rounds: number;
  gate: Gate;
}): Promise<Finding> {
  const server = await postgresServer();
  try {
    const pairs = [await makePair('postgres', server, n), await makePair('pglite', server, n)] as const;
    const floor = await startFloor(server, pairs[0].raws, NAMES.floor);
    const bytes = await countBytes(pairs[0], server);
    for (const pair of pairs) await cutAndResume(pair, server, bytes.sent / 2);
    const grown = { postgres: [] as number[], pglite: [] as number[], pouch: [] as number[] };
    const pouch = await startPouch(pairs[0].raws, NAMES.pouch, watch(grown.pouch));
    const candidates = [
      ...pairs.map((p) => sender(p, server, watch(grown[p.engine]))),
      pouch.candidate,
      floor.candidate,
    ];
    const times = await playRounds(candidates, { rounds, gate });
    await pouch.stop();
    await floor.stop();
    for (const pair of pairs) await pair.drop();
    const perSecond = (name: string) => Math.round((n / absolute(times, name, 'total').ms) * 1000);
    return {
      bench: 'sync',
      setting: { events: n, rounds },
      ratios: [
        ratio(times, NAMES.postgres, NAMES.floor, 'total'),
        ratio(times, NAMES.pglite, NAMES.floor, 'total'),
        ratio(times, NAMES.pglite, NAMES.postgres, 'total'),
        ratio(times, NAMES.postgres, NAMES.pouch, 'total'),
        ratio(times, NAMES.pouch, NAMES.floor, 'total'),
      ],
      absolute: candidates.map((c) => absolute(times, c.name, 'total')),
      context: {
        postgresEventsPerSecond: perSecond(NAMES.postgres),
        pgliteEventsPerSecond: perSecond(NAMES.pglite),
        floorEventsPerSecond: perSecond(NAMES.floor),
        jsonBytes: bytes.json,
        sentShareOfJson: round(bytes.sent / bytes.json),
        answeredShareOfJson: round(bytes.answered / bytes.json),
        onePackedBodyShareOfJson: round(floor.packedBytes / bytes.json),
        nothingToSendBytesSent: bytes.idleSent,
        nothingToSendBytesAnswered: bytes.idleAnswered,
        pouchDocumentsPerSecond: perSecond(NAMES.pouch),
        clientRssGrowthMB: round(percentile(grown.postgres, 0.5)),
        pouchRssGrowthMB: round(percentile(grown.pouch, 0.5)),
      },
      notes: [
        server.facts,
        'bytes are counted on the wire, headers included; the client process holds the bench too, so its growth during a run is given',
        'PouchDB 9 and express-pouchdb 4.2 hold everything in memory: no disk, no signature, no chain, no rule; documents are the same events',
        'each engine was cut half-way and resumed once before the timing; after every run the rows at the hub are counted and hashed',
      ],
    };
  } finally {
    await server.stop();
  }
}

/** Sends a fresh copy of the backlog. */
function sender(pair: Pair, server: Server, watched: Watch): Candidate {
  let copy: RunningPair | null = null;
  return {
    name: NAMES[pair.engine],
    async prepare() {
      copy = await runCopy(pair, server);
    },
    run: async (played) => [await watched(() => must(copy, 'copy').desk.call('sync.run', {}), played)],
    check: () => checkAndDrop(pair, must(copy, 'copy'), server),
  };
}

/** Notes by how many MB this process, which holds the client's data, grew at its peak. */
function watch(growth: number[]): Watch {
  return async (work, played) => {
    collectGarbage();
    const before = process.memoryUsage.rss();
    let peak = before;
    const sampler = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage.rss());
    }, 20);
    const ms = await timed(work);
    clearInterval(sampler);
    peak = Math.max(peak, process.memoryUsage.rss());
    if (played > 0) growth.push((peak - before) / 2 ** 20);
    return ms;
  };
}

async function countBytes(pair: Pair, server: Server) {
  const { copy, line } = await overLine(pair, server);
  await copy.desk.call('sync.run', {});
  const { request: sent, reply: answered } = line.passed;
  line.up();
  await copy.desk.call('sync.run', {});
  const { request: idleSent, reply: idleAnswered } = line.passed;
  await checkAndDrop(pair, copy, server);
  await line.close();
  return { sent, answered, idleSent, idleAnswered, json: Buffer.byteLength(pair.raws.join('\n')) };
}

/** The line breaks in the middle of a batch; the next run goes on, and the hub has each event once. */
async function cutAndResume(pair: Pair, server: Server, after: number): Promise<void> {
  const { copy, line } = await overLine(pair, server);
  line.cutAfter({ request: after });
  const cut = await copy.desk.call('sync.run', {});
  if (cut.waiting === 0 || (cut.received === 0 && pair.n > 2 * BATCH_MAX_EVENTS))
    throw new WrongAnswer(
      `sync on ${pair.engine}: ${cut.received} received and ${cut.waiting} waiting after the cut`,
    );
  line.up();
  await copy.desk.call('sync.run', {});
  await checkAndDrop(pair, copy, server);
  await line.close();
}

async function overLine(pair: Pair, server: Server) {
  let line: Awaited<ReturnType<typeof startLine>> | undefined;
  const copy = await runCopy(pair, server, async (url) => {
    line = await startLine(url);
    return line.url;
  });
  return { copy, line: must(line, 'line') };
}

/** What earlier rounds left must not count as this run's growth, nor hide it. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}
