/** `bench burst`: the day's end. N desks send 100 events each to a hub in another process, first alone, then beside a device that floods. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startHub } from '../../city/start.ts';
import { seeded } from '../../electron/demo/random.ts';
import { must } from '../../shared/lib/must.ts';
import { enrolDesk, openReceipt, sayHello, seal, send } from '../support/fake-desk.ts';
import { testClock } from '../support/hub.ts';
import { type BurstDesk, figures, makeBurstDesk } from './burst-desk.ts';
import { absolute, type Finding, ratio } from './figures.ts';
import { startProgram } from './program.ts';
import type { Gate } from './quiet.ts';
import { WrongAnswer } from './rounds.ts';
import { dropPlace, hubEvents, newPlace, postgresServer } from './sync-place.ts';

const EVENTS = 100;
/** One desk comes in every so many ms: 1.000 in two minutes. */
const SPREAD_MS = 120;
const FLOOD = { batches: 10, events: 500, atOnce: 8 };
const NAMES = { alone: 'desks alone', beside: 'desks beside a flood' } as const;

interface Flood {
  readonly url: string;
  readonly batches: readonly BurstDesk['batch'][];
}

export async function benchBurst({ n, gate }: { n: number; gate: Gate }): Promise<Finding> {
  const server = await postgresServer();
  const place = await newPlace('postgres', server);
  try {
    const { desks, flood } = await prepare(place, n);
    const hub = await startProgram('city/main.ts', ['--port', '0'], {
      SMC_CITY_DATA_DIR: place.dataDir,
      SMC_CITY_DATABASE_URL: place.databaseUrl,
    });
    await gate.pass();
    const half = Math.ceil(n / 2);
    const start = performance.now();
    const alone = await arrive(hub.url, desks.slice(0, half));
    const stop = pour({ url: hub.url, batches: flood });
    const beside = await arrive(hub.url, desks.slice(half));
    const answers = await stop();
    const seconds = (performance.now() - start) / 1000;
    await hub.stop();
    for (const { desk } of desks) {
      const held = await hubEvents(place, desk.stream);
      if (held.length !== EVENTS || held.some((e) => e.verdict !== 'accepted'))
        throw new WrongAnswer(`burst: the hub holds ${held.length} of ${EVENTS} events of a desk`);
    }
    const times = new Map([
      [NAMES.alone, [alone.ms]],
      [NAMES.beside, [beside.ms]],
    ]);
    return {
      bench: 'burst',
      setting: { desks: n, eventsEach: EVENTS, oneDeskEveryMs: SPREAD_MS },
      ratios: [
        ratio(times, NAMES.beside, NAMES.alone, 'p50'),
        ratio(times, NAMES.beside, NAMES.alone, 'p99'),
      ],
      absolute: Object.values(NAMES).flatMap((name) =>
        (['p50', 'p95', 'p99'] as const).map((figure) => absolute(times, name, figure)),
      ),
      context: {
        seconds: Math.round(seconds),
        eventsPerSecond: Math.round((n * EVENTS) / seconds),
        toldToWaitAlone: alone.waited,
        toldToWaitBeside: beside.waited,
        floodAnswered: answers.taken,
        floodTurnedAway: answers.refused,
      },
      notes: [
        server.facts,
        'a time is that of one batch of a desk, from its first byte to its receipt, waits that the hub asked for included',
        'the clients run on the same cores as hub and database',
      ],
    };
  } finally {
    await dropPlace(place, server);
    await server.stop();
  }
}

async function prepare(place: Parameters<typeof dropPlace>[0], n: number) {
  const hub = await startHub({ ...place, clock: testClock(new Date().toISOString()) });
  try {
    const desks: BurstDesk[] = [];
    for (let i = 0; i < n; i++) desks.push(await makeBurstDesk(hub, i, EVENTS));
    const desk = await enrolDesk(hub, '26740');
    const flood: BurstDesk['batch'][] = [];
    for (let i = 0; i < FLOOD.batches; i++) {
      const wish = { unit: '26740@2025-07-01', asOf: '2025-12-01', events: FLOOD.events };
      flood.push(await seal(desk, figures(desk, wish)));
    }
    return { desks, flood };
  } finally {
    await hub.close();
  }
}

/** Each comes at its own moment of the time that all have together. */
async function arrive(url: string, desks: readonly BurstDesk[]) {
  const random = seeded(1, desks.length);
  const ms: number[] = [];
  let waited = 0;
  await Promise.all(
    desks.map(async (each) => {
      await sleep(random.int(0, desks.length * SPREAD_MS));
      const desk = { ...each.desk, url };
      await sayHello(desk);
      const start = performance.now();
      let answer = await send(url, each.batch);
      while (answer.headers.has('retry-after')) {
        waited++;
        await sleep(Number(answer.headers.get('retry-after')) * 1000);
        answer = await send(url, each.batch);
      }
      await openReceipt(desk, answer);
      ms.push(performance.now() - start);
    }),
  );
  return { ms, waited };
}

/** Sends without end and without listening; answers how to stop it, and what it was told. */
function pour({ url, batches }: Flood) {
  let running = true;
  const told = { taken: 0, refused: 0 };
  const loops = Array.from({ length: FLOOD.atOnce }, async (_, loop) => {
    for (let i = loop; running; i++) {
      const { status } = await send(url, must(batches[i % batches.length], 'batch')).catch(() => ({
        status: 0,
      }));
      if (status === 200) told.taken++;
      else told.refused++;
    }
  });
  return async () => {
    running = false;
    await Promise.all(loops);
    return told;
  };
}
