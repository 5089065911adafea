/**
 * When to send: at the start, when the line comes back, every quarter of an hour with jitter, on demand.
 * One exchange at a time. Being offline is a state; nobody is stopped from typing by it.
 */
import { ackedSeq, countOpenReturns, countReceived, lastReceiptAt } from '../../db/queries/delivery.ts';
import { type Identity, readIdentity } from '../../db/queries/device.ts';
import { streamTip } from '../../db/queries/event.ts';
import type { SyncState } from '../../shared/contract/ipc/sync.ts';
import { Problem } from '../../shared/problem.ts';
import { type Desk, problemValue, requireIdentity, type SyncPort } from '../context.ts';
import { cityClient } from './city-client.ts';
import { enrol } from './enrol.ts';
import { exchange } from './exchange.ts';

const REGULAR_MS = 15 * 60_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 60_000;

export interface SyncLoop extends SyncPort {
  /** Starts the schedule; `run` works without it too (headless mode, tests). */
  schedule(): void;
  stop(): Promise<void>;
}

type Line = Pick<SyncState, 'line' | 'lastError' | 'lastTriedAt' | 'progress'>;

export function makeSyncLoop(desk: Desk, report: (error: unknown) => void): SyncLoop {
  let line: Line = { line: 'unknown', lastError: null, lastTriedAt: null, progress: null };
  let running: Promise<SyncState> | null = null;
  let cancel = new AbortController();
  let timer: NodeJS.Timeout | null = null;
  let scheduled = false;
  let failures = 0;

  const state = (): SyncState => ({
    ...line,
    running: running !== null,
    ...storedFacts(desk, readIdentity(desk.db)),
  });
  const announce = () => desk.announce('sync-state', state());

  async function attempt(): Promise<SyncState> {
    cancel = new AbortController();
    // `running` names this attempt before anything in it can fail; otherwise a failed start would stay the running one for ever.
    await Promise.resolve();
    try {
      const identity = requireIdentity(readIdentity(desk.db));
      line = {
        ...line,
        lastTriedAt: new Date(desk.clock.now()).toISOString(),
        progress: { done: 0, total: 0 },
      };
      announce();
      await exchange({
        desk,
        identity,
        city: cityClient(identity.cityUrl),
        signal: cancel.signal,
        progress: (done, total) => {
          line = { ...line, line: 'online', progress: { done, total } };
          announce();
        },
        changed: (kinds) => kinds.length > 0 && desk.announce('changed', [...kinds]),
      });
      failures = 0;
      line = { ...line, line: 'online', lastError: null, progress: null };
    } catch (error) {
      failures++;
      line = { ...line, ...lineAfter(error, report), progress: null };
    } finally {
      running = null;
      plan();
    }
    announce();
    desk.announce('changed', ['sync']);
    return state();
  }

  function plan(): void {
    if (timer) clearTimeout(timer);
    timer = null;
    if (!scheduled || readIdentity(desk.db) === null) return;
    const jitter = 0.75 + Math.random() / 2;
    const wait =
      failures === 0 ? REGULAR_MS : Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
    timer = setTimeout(() => void run(), wait * jitter);
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
    async enrol(input) {
      await enrol(desk, cityClient(input.url), input);
      if (scheduled) void run();
    },
    schedule() {
      scheduled = true;
      if (readIdentity(desk.db) !== null) void run();
    },
    async stop() {
      scheduled = false;
      if (timer) clearTimeout(timer);
      cancel.abort();
      await running;
    },
  };
}

/** Says what the failure means for the lamp: no line, or a line on which somebody else or an error answers. */
function lineAfter(error: unknown, report: (error: unknown) => void): Pick<Line, 'line' | 'lastError'> {
  if (!(error instanceof Problem)) {
    report(error);
    return { line: 'offline', lastError: problemValue(new Problem('INTERNAL', { where: 'sync', ref: '-' })) };
  }
  const noLine = ['CITY_UNREACHABLE', 'CITY_ANSWER_FOREIGN', 'CITY_ERROR', 'HUB_BUSY'].includes(error.code);
  return {
    line: noLine ? 'offline' : 'online',
    lastError: error.code === 'SYNC_CANCELLED' ? null : problemValue(error),
  };
}

function storedFacts(
  { db }: Desk,
  identity: Identity | null,
): Pick<SyncState, 'waiting' | 'attention' | 'received' | 'lastReceiptAt' | 'clockOffsetMs'> {
  if (!identity) return { waiting: 0, attention: 0, received: 0, lastReceiptAt: null, clockOffsetMs: null };
  const { stream, clockOffsetMs } = identity;
  return {
    waiting: streamTip(db, stream).seq - ackedSeq(db, stream),
    attention: countOpenReturns(db, stream),
    received: countReceived(db, stream),
    lastReceiptAt: lastReceiptAt(db, stream),
    clockOffsetMs,
  };
}
