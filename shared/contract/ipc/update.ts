/** Updates of the program: what is offered, how far it is here, and who may install it. */
import { z } from 'zod';
import { emptyInput, problemValue } from './common.ts';

const offered = z.strictObject({
  version: z.string(),
  at: z.iso.datetime(),
  notes: z.array(z.string()),
  size: z.int(),
  /** Bytes of the installer that are here; whole and checked where `ready`. */
  here: z.int(),
  ready: z.boolean(),
  from: z.enum(['city', 'stick']),
});

export const updateState = z.strictObject({
  /** The version that runs. */
  version: z.string(),
  /** False in a build without update keys: it takes nothing. */
  taken: z.boolean(),
  offered: offered.nullable(),
  loading: z.boolean(),
  /** Told on Hôm nay: there is a new one, and nobody put it off. */
  due: z.boolean(),
  /** Until when somebody put it off. */
  laterUntil: z.iso.datetime().nullable(),
  checkedAt: z.iso.datetime().nullable(),
  problem: problemValue.nullable(),
  /** How the last installation ended, until somebody has read it. */
  outcome: z.strictObject({ version: z.string(), ok: z.boolean() }).nullable(),
  /** The version before, kept for going back; `sameTables`: the store has not changed since, so it opens there. */
  previous: z.strictObject({ version: z.string(), file: z.string(), sameTables: z.boolean() }).nullable(),
  mayInstall: z.boolean(),
});
export type UpdateState = z.infer<typeof updateState>;

const prepared = z.strictObject({ version: z.string(), file: z.string() });
export type PreparedUpdate = z.infer<typeof prepared>;

export const updateIpc = {
  'update.state': { kind: 'read', input: emptyInput, output: updateState },
  /** Asks the city now. */
  'update.check': { kind: 'task', input: emptyInput, output: updateState },
  /** Fetches the installer, from where it was cut; answers when it is whole and checked. */
  'update.load': { kind: 'task', input: emptyInput, output: updateState },
  'update.cancel': { kind: 'task', input: emptyInput, output: z.null() },
  /** After the day's end, fetched meanwhile; or tomorrow. */
  'update.later': {
    kind: 'task',
    input: z.strictObject({ until: z.enum(['day_end', 'tomorrow']) }),
    output: updateState,
  },
  'update.read-outcome': { kind: 'task', input: emptyInput, output: updateState },
  /** From a folder that a person chooses; null where nothing was chosen. */
  'update.from-stick': { kind: 'shell', input: emptyInput, output: updateState.nullable() },
  'update.take': {
    kind: 'inner',
    input: z.strictObject({ place: z.string().min(1).max(4_000) }),
    output: updateState,
  },
  /** Backs the store up, closes the program, installs, starts the new one. */
  'update.install': { kind: 'shell', input: emptyInput, output: z.null() },
  /** Everything that must hold before; the store is backed up when it answers. */
  'update.prepare': { kind: 'inner', input: emptyInput, output: prepared },
} as const;
