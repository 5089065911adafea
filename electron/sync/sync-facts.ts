/** What the state of sending says of the store, and what a failure means for the lamp. */
import { countOpenReturns, countReceived, countWaiting, lastReceiptAt } from '../../db/queries/delivery.ts';
import type { SyncState } from '../../shared/contract/ipc/sync.ts';
import { Problem, type ProblemCode } from '../../shared/problem.ts';
import { actingIdentity, type Desk, problemValue } from '../context.ts';

type Facts = Pick<
  SyncState,
  'waiting' | 'attention' | 'received' | 'lastReceiptAt' | 'clockOffsetMs' | 'accountKnown'
>;
const NOTHING: Facts = {
  waiting: 0,
  attention: 0,
  received: 0,
  lastReceiptAt: null,
  clockOffsetMs: null,
  accountKnown: true,
};

export function storedFacts(desk: Desk): Facts {
  const { db } = desk;
  const identity = actingIdentity(desk);
  if (!identity) return NOTHING;
  return {
    waiting: countWaiting(db),
    attention: countOpenReturns(db),
    received: countReceived(db),
    lastReceiptAt: lastReceiptAt(db),
    clockOffsetMs: identity.clockOffsetMs,
    accountKnown: identity.accountKnown,
  };
}

/** No line, or one on which the city itself does not answer. */
const noLine: readonly ProblemCode[] = [
  'CITY_UNREACHABLE',
  'CITY_ANSWER_FOREIGN',
  'CITY_ERROR',
  'CITY_CERTIFICATE',
  'PROXY_REFUSED',
  'PROXY_INVALID',
  'HUB_BUSY',
];

export function lineAfter(error: Problem): Pick<SyncState, 'line' | 'lastError'> {
  return {
    line: noLine.includes(error.code) ? 'offline' : 'online',
    lastError: error.code === 'SYNC_CANCELLED' ? null : problemValue(error),
  };
}

/** Bugs are reported; the state only says that something went wrong. */
export function problemOf(error: unknown, report: (error: unknown) => void): Problem {
  if (error instanceof Problem) return error;
  report(error);
  return new Problem('INTERNAL', { where: 'sync', ref: '-' }, { cause: error });
}
