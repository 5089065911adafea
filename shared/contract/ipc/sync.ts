/** Sending to the city: state, the lists of waiting, sent and returned, receipts. */
import { z } from 'zod';
import { subjectKinds } from '../../domain/event.ts';
import { countCell } from '../../domain/sheet.ts';
import { delivery, emptyInput, problemValue } from './common.ts';

/** Day's end of an office that set none, HH:MM: half past four and a quarter of an hour to close up. */
export const DAY_END = '16:45';

/** Parts of an exchange in their order: greeting, recovery after a restore, files, batches, what others wrote. */
const syncPhases = ['hello', 'recover', 'files', 'send', 'inbox'] as const;
export type SyncPhase = (typeof syncPhases)[number];

export const syncState = z.strictObject({
  /** What the operating system and the last attempt say; `unknown` before the first. */
  line: z.enum(['unknown', 'online', 'offline']),
  running: z.boolean(),
  /** While running: events done and to do in this run, bytes both ways, their mean pace. */
  progress: z
    .strictObject({
      phase: z.enum(syncPhases),
      done: z.int(),
      total: z.int(),
      bytes: z.int(),
      bytesPerSecond: z.int(),
    })
    .nullable(),
  waiting: z.int(),
  /** Returned, in conflict or held: a person must look. */
  attention: z.int(),
  received: z.int(),
  lastReceiptAt: z.iso.datetime().nullable(),
  lastError: problemValue.nullable(),
  lastTriedAt: z.iso.datetime().nullable(),
  /** When the schedule tries again; null while running and where there is no schedule. */
  nextTryAt: z.iso.datetime().nullable(),
  /** Device clock minus city clock, ms, as of the last hello. */
  clockOffsetMs: z.number().nullable(),
  /** False where the city does not know the signed-in account any more: this machine only reads, and sends what it has. */
  accountKnown: z.boolean(),
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

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const syncSettings = z.strictObject({
  /** HH:MM, Vietnam's time: an exchange at the end of the office's day. */
  dayEnd: clockTime,
  dayEndIsDefault: z.boolean(),
  /** The city's own authorities, if any were given. */
  cityCa: z.array(z.strictObject({ name: z.string(), until: z.iso.datetime() })).nullable(),
});

/** The way to the city as it is taken now. No name and no password of a proxy leaves the data process. */
const syncRoad = z.strictObject({
  cityUrl: z.string(),
  proxy: z.strictObject({ address: z.string(), from: z.enum(['environment', 'system']) }).nullable(),
  /** Hosts that are reached without the proxy. */
  except: z.array(z.string()),
  /** How this program is started, for the scheduler of the operating system: the program and what must follow it. */
  program: z.array(z.string()).min(1),
  system: z.enum(['windows', 'linux']),
});
export type SyncRoad = z.infer<typeof syncRoad>;

export const syncIpc = {
  'sync.state': { kind: 'read', input: emptyInput, output: syncState },
  /** One exchange now; resolves when it ended, well or not. Offline is a state, not an error. */
  'sync.run': { kind: 'task', input: emptyInput, output: syncState },
  /** Settings of this machine alone. */
  'sync.settings': { kind: 'read', input: emptyInput, output: syncSettings },
  'sync.road': { kind: 'task', input: emptyInput, output: syncRoad },
  'sync.set-day-end': { kind: 'task', input: z.strictObject({ time: clockTime }), output: syncSettings },
  /** PEM of the city's own authority, in place of those that every system trusts; null takes it away. */
  'sync.set-ca': {
    kind: 'task',
    input: z.strictObject({ pem: z.string().max(100_000).nullable() }),
    output: syncSettings,
  },
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
