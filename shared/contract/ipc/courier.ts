/** The road by USB stick. Paths are chosen in dialogs of the main process and never come from, or go to, the window. */
import { z } from 'zod';
import { replaceReasons } from '../sync/messages.ts';
import { emptyInput, problemValue } from './common.ts';

const exported = z.strictObject({ name: z.string(), events: z.int(), scans: z.int(), bytes: z.int() });
const imported = z.strictObject({
  /** Places that have their receipt by these files, and those that had it before. */
  fresh: z.int(),
  known: z.int(),
  /** Scans that the city holds whole by these files. */
  scans: z.int(),
  /** Files of other machines that lay beside. */
  others: z.int(),
  waiting: z.int(),
  /** Why this machine must go by network once. */
  apart: z.enum(replaceReasons).nullable(),
  /** The city did not go on to the end of the bundle. */
  stopped: z.string().nullable(),
  /** Files of this machine that were refused while others were taken. */
  refused: z.array(z.strictObject({ name: z.string(), problem: problemValue })),
});
export type Exported = z.infer<typeof exported>;
export type Imported = z.infer<typeof imported>;

const look = z.strictObject({
  waiting: z.int(),
  /** Scans that are not at the city yet, and their bytes. */
  scans: z.strictObject({ count: z.int(), bytes: z.int() }),
  /** False before the first exchange by network: the city's key is not known yet. */
  ready: z.boolean(),
  /** The newest bundle, while its receipts are not all there. */
  last: exported.extend({ at: z.iso.datetime() }).nullable(),
  /** While a bundle is written. */
  progress: z
    .strictObject({
      done: z.int(),
      total: z.int(),
      /** Written so far; the first `scanBytes` of them are scans. */
      bytes: z.int(),
      scanBytes: z.int(),
    })
    .nullable(),
});
export type CourierLook = z.infer<typeof look>;

const place = z.strictObject({ place: z.string().min(1).max(4_000) });
/** `scans`: with those that are not at the city yet, as is usual; a small stick goes without. */
const choice = { scans: z.boolean().optional() };

export const courierIpc = {
  'courier.look': { kind: 'read', input: emptyInput, output: look },
  /** Everything that has no receipt, on the stick that the clerk chooses; null where nothing was chosen. */
  'courier.export': { kind: 'shell', input: z.strictObject(choice), output: exported.nullable() },
  'courier.import': { kind: 'shell', input: emptyInput, output: imported.nullable() },
  /** A folder, or a file name to be. */
  'courier.write': { kind: 'inner', input: place.extend(choice), output: exported },
  'courier.read': { kind: 'inner', input: place, output: imported },
  'courier.cancel': { kind: 'task', input: emptyInput, output: z.null() },
} as const;
