/** Sending to the city: state, the lists of waiting, sent and returned, receipts. */
import { z } from 'zod';
import { subjectKinds } from '../../domain/event.ts';
import { countCell } from '../../domain/sheet.ts';
import { delivery, emptyInput, problemValue } from './common.ts';

export const syncState = z.strictObject({
  /** What the last attempt found; `unknown` before the first. */
  line: z.enum(['unknown', 'online', 'offline']),
  running: z.boolean(),
  /** While running: events done and to do in this run. */
  progress: z.strictObject({ done: z.int(), total: z.int() }).nullable(),
  waiting: z.int(),
  /** Returned, in conflict or held: a person must look. */
  attention: z.int(),
  received: z.int(),
  lastReceiptAt: z.iso.datetime().nullable(),
  lastError: problemValue.nullable(),
  lastTriedAt: z.iso.datetime().nullable(),
  /** Device clock minus city clock, ms, as of the last hello. */
  clockOffsetMs: z.number().nullable(),
});
export type SyncState = z.infer<typeof syncState>;

export const syncItem = z.strictObject({
  eventId: z.string(),
  verb: z.string(),
  /** Dossier: name of the child or the deceased; sheet: unit and date. */
  title: z.string(),
  code: z.string(),
  subject: z.strictObject({
    kind: z.enum(subjectKinds),
    id: z.string(),
  }),
  asOf: z.string().nullable(),
  /** What a `count.record` wrote: a refused figure must stay readable. Empty for dossiers. */
  cells: z.array(countCell),
  at: z.iso.datetime(),
  bytes: z.int(),
  delivery,
  /** The reason in words, for what came back. */
  sentence: z.string().nullable(),
});
export type SyncItem = z.infer<typeof syncItem>;

export const receiptRow = z.strictObject({
  id: z.string(),
  short: z.string(),
  at: z.iso.datetime(),
  from: z.int(),
  to: z.int(),
  accepted: z.int(),
  returned: z.int(),
});

export const syncIpc = {
  'sync.state': { kind: 'read', input: emptyInput, output: syncState },
  /** One exchange now; resolves when it ended, well or not. Offline is a state, not an error. */
  'sync.run': { kind: 'task', input: emptyInput, output: syncState },
  'sync.cancel': { kind: 'task', input: emptyInput, output: z.null() },
  'sync.items': {
    kind: 'read',
    input: z.strictObject({ list: z.enum(['waiting', 'received', 'returned']), before: z.int().nullable() }),
    /** Newest first, at most 100; `next` goes into `before`. */
    output: z.strictObject({ items: z.array(syncItem), next: z.int().nullable() }),
  },
  /** Newest first, at most 500; of a day (Vietnam's date at the city), or of dossiers and receipts found by their words. */
  'receipt.list': {
    kind: 'read',
    input: z.strictObject({ day: z.iso.date().nullable().optional(), q: z.string().max(200).optional() }),
    output: z.array(receiptRow),
  },
  'receipt.get': {
    kind: 'read',
    input: z.strictObject({ id: z.string().max(64) }),
    output: z.strictObject({
      row: receiptRow,
      jws: z.string(),
      publicKey: z.string(),
      lines: z.array(
        z.strictObject({
          seq: z.int(),
          verb: z.string(),
          title: z.string(),
          code: z.string(),
          verdict: z.string(),
        }),
      ),
    }),
  },
  /** Writes `<short>.jws` and the city's public key beside it, where the clerk chooses. */
  'receipt.save': {
    kind: 'shell',
    input: z.strictObject({ id: z.string().max(64) }),
    output: z.strictObject({ saved: z.boolean() }),
  },
} as const;
