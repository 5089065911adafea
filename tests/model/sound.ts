/** The parts of a world in which nothing is broken. */
import { viewOf } from '../../db/local-view.ts';
import { exchange } from '../../shared/protocol/exchange.ts';
import { receiveBatch } from '../../shared/protocol/receive-batch.ts';
import type { Parts } from './world.ts';

export const SOUND: Parts = {
  hub: {
    receiveBatch,
    wrapTx: (tx) => tx,
    checksBatchSignature: true,
    checksMarks: true,
    checksHashes: true,
    freezes: true,
    noticesAtStart: true,
    noticesWitness: true,
    noticesSeen: true,
    noticesBranches: true,
    relativeSince: true,
    answersFirst: false,
    judgesAgainAtStart: true,
  },
  desk: {
    exchange,
    wrapStore: (store) => store,
    wrapPort: (port) => port,
    heedsHighWater: true,
    viewOf,
  },
  line: { checksSignatures: true },
};
