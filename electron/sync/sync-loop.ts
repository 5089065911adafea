/**
 * When to send: at the start, when the line comes back, every quarter of an hour with jitter, at the day's end, on demand.
 * One exchange at a time. Being offline is a state; nobody is stopped from typing by it.
 */
import { readIdentity } from '../../db/queries/device.ts';
import { readMachineSetting } from '../../db/queries/machine.ts';
import { DAY_END, type SyncState } from '../../shared/contract/ipc/sync.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { actingIdentity, type Desk, requireIdentity, type SyncPort } from '../context.ts';
import { askCity } from './ask-city.ts';
import { updateCity } from './ask-update.ts';
import { type CityClient, cityClient } from './city-client.ts';
import { readFigures } from './city-port.ts';
import { makeCourier } from './courier.ts';
import { enrol } from './enrol.ts';
import { exchange } from './exchange.ts';
import { makeFetcher } from './fetch-file.ts';
import { readLoss, readMachines, revokeMachine } from './machine-port.ts';
import { roadFacts } from './road.ts';
import { waitUntilNext, waitUntilProbe } from './schedule.ts';
import { lineAfter, problemOf, storedFacts } from './sync-facts.ts';

export interface SyncLoop extends SyncPort {
  /** Starts the schedule; `run` works without it too (headless mode, tests). */
  schedule(): void;
  /** The operating system says that the machine has a network, or none. */
  networkChanged(online: boolean): void;
  stop(): Promise<void>;
}
export interface Surroundings {
  report(error: unknown): void;
  /** The stream stands elsewhere than before. */
  marked(): void;
  /** Proxy of the operating system for an address, as a URL. */
  systemProxy(url: string): Promise<string | null>;
}

type Shown = Pick<SyncState, 'line' | 'lastError' | 'lastTriedAt' | 'progress' | 'nextTryAt'>;
type Progress = NonNullable<SyncState['progress']>;
const AT_START: Progress = { phase: 'hello', done: 0, total: 0, bytes: 0, bytesPerSecond: 0 };

export function makeSyncLoop(desk: Desk, around: Surroundings): SyncLoop {
  let shown: Shown = { line: 'unknown', lastError: null, lastTriedAt: null, progress: null, nextTryAt: null };
  let running: Promise<SyncState> | null = null;
  let cancel = new AbortController();
  const cancelAsking = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let probe: NodeJS.Timeout | null = null;
  let scheduled = false;
  let failures = 0;
  let retryAfter: number | null = null;
  /** Work that no exchange may run beside. */
  let held: Promise<unknown> | null = null;

  const scans = makeFetcher(desk, clientFor);

  const state = (): SyncState => ({ ...shown, running: running !== null, ...storedFacts(desk) });
  const announce = () => desk.announce('sync-state', state());
  const show = (more: Partial<Shown>) => {
    shown = { ...shown, ...more };
    announce();
  };

  async function clientFor(url: string, passed?: (bytes: number) => void): Promise<CityClient> {
    const systemProxy = await around.systemProxy(url);
    return cityClient(url, { ca: readMachineSetting(desk.db, 'city_ca'), systemProxy }, passed);
  }

  async function attempt(): Promise<SyncState> {
    cancel = new AbortController();
    const before = held;
    // `running` names this attempt before anything in it can fail; otherwise a failed start would stay the running one for ever.
    await Promise.resolve();
    try {
      await before;
      const lastTriedAt = new Date(desk.clock.now()).toISOString();
      show({ lastTriedAt, progress: AT_START, nextTryAt: null });
      await exchangeOnce(cancel.signal);
      [failures, retryAfter] = [0, null];
      shown = { ...shown, line: 'online', lastError: null };
    } catch (error) {
      const problem = problemOf(error, around.report);
      const asked = problem.details.retryAfter;
      retryAfter = typeof asked === 'number' ? asked : null;
      failures++;
      shown = { ...shown, ...lineAfter(problem) };
    } finally {
      running = null;
      shown = { ...shown, progress: null };
      plan();
    }
    announce();
    desk.announce('changed', ['sync']);
    return state();
  }

  async function exchangeOnce(signal: AbortSignal): Promise<void> {
    const identity = requireIdentity(readIdentity(desk.db));
    const start = desk.clock.mono();
    const until = roleDay(desk);
    const moved = (more: Partial<Progress>) =>
      show({ line: 'online', progress: { ...(shown.progress ?? AT_START), ...more } });
    const client = await clientFor(identity.cityUrl, (bytes) => {
      const { bytes: before } = shown.progress ?? AT_START;
      const seconds = Math.max(1, desk.clock.mono() - start) / 1000;
      moved({ bytes: before + bytes, bytesPerSecond: Math.round((before + bytes) / seconds) });
    });
    try {
      await exchange({
        ...{ desk, identity, client, signal, marked: around.marked },
        phase: (phase) => {
          const progress = { ...(shown.progress ?? AT_START), phase };
          if (shown.progress?.phase !== phase) show({ progress });
        },
        progress: (done, total) => moved({ done, total }),
        changed: (kinds) => desk.announce('changed', [...kinds]),
      });
      // The role was signed anew: the window counts its days from there.
      if (roleDay(desk) !== until) desk.announce('changed', ['session']);
    } finally {
      client.close();
    }
  }

  function plan(): void {
    stopTimers();
    if (!scheduled || readIdentity(desk.db) === null) return;
    const dayEnd = readMachineSetting(desk.db, 'day_end') ?? DAY_END;
    const now = desk.clock.now();
    const wait = waitUntilNext({ now, failures, retryAfter, dayEnd, random: Math.random() });
    shown = { ...shown, nextTryAt: new Date(now + wait).toISOString() };
    timer = setTimeout(() => void run(), wait);
    if (shown.line === 'offline') planProbe();
  }

  /** While nobody answers: a short question now and then whether the city does again. */
  function planProbe(): void {
    if (probe) clearTimeout(probe);
    probe = setTimeout(() => void askWhetherBack(), waitUntilProbe(Math.random()));
  }

  async function askWhetherBack(): Promise<void> {
    const identity = readIdentity(desk.db);
    if (!identity || running) return;
    // A proxy that cannot be read is no answer either; the exchange says so in words.
    const back = await clientFor(identity.cityUrl)
      .then((client) => client.answers(cancel.signal).finally(() => client.close()))
      .catch(() => false);
    if (!scheduled || running) return;
    if (back && retryAfter === null) void run();
    else planProbe();
  }

  function stopTimers(): void {
    for (const one of [timer, probe]) if (one) clearTimeout(one);
    [timer, probe] = [null, null];
  }

  /** Ends the exchange under way; the next one waits until the work is done. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    const [before, exchanging] = [held, running];
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    if (exchanging) cancel.abort();
    try {
      await before;
      await exchanging;
      return await work();
    } finally {
      resolve();
      if (held === promise) held = null;
    }
  }

  /** Now, beside whatever is being sent. */
  async function ask<T>(question: Parameters<typeof askCity<T>>[1]): Promise<T> {
    const identity = requireIdentity(readIdentity(desk.db));
    const client = await clientFor(identity.cityUrl);
    const { signal } = cancelAsking;
    return askCity({ desk, identity, client, signal }, question).finally(() => client.close());
  }

  function run(): Promise<SyncState> {
    running ??= attempt();
    return running;
  }

  return {
    state,
    run: async () => {
      requireIdentity(readIdentity(desk.db));
      return run();
    },
    cancel: () => cancel.abort(),
    courier: makeCourier(desk, { alone, marked: around.marked }),
    scans,
    figures: (asked) => ask((city, under) => readFigures(city, asked, under)),
    machines: () => ask(readMachines),
    loss: (no) => ask((city, under) => readLoss(city, no, under)),
    revoke: (wish) => ask((city, under) => revokeMachine(city, wish, under)),
    async updates(work, signal) {
      const identity = requireIdentity(readIdentity(desk.db));
      const client = await clientFor(identity.cityUrl);
      const either = AbortSignal.any([signal, cancelAsking.signal]);
      return work(updateCity(desk, { identity, client, signal: either })).finally(() => client.close());
    },
    async enrol(input) {
      const client = await clientFor(input.url);
      await enrol(desk, client, input).finally(() => client.close());
      around.marked();
      if (scheduled) void run();
    },
    async road() {
      const cityUrl = readIdentity(desk.db)?.cityUrl ?? desk.settings.cityUrl;
      return { cityUrl, ...roadFacts(cityUrl, await around.systemProxy(cityUrl)) };
    },
    settingsChanged: plan,
    schedule() {
      scheduled = true;
      if (readIdentity(desk.db) !== null) void run();
    },
    networkChanged(online) {
      if (!online) {
        if (!running) show({ line: 'offline' });
      } else if (scheduled && shown.line !== 'online' && readIdentity(desk.db) !== null) {
        failures = 0;
        void run();
      }
    },
    async stop() {
      scheduled = false;
      stopTimers();
      cancel.abort();
      await scans.cancel();
      cancelAsking.abort();
      await running;
    },
  };
}

/** Until when the role of whoever acts is proven, by day. */
function roleDay(desk: Desk): string | null {
  const until = actingIdentity(desk)?.roleUntil ?? null;
  return until === null ? null : localTime(until).date;
}
