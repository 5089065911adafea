/** Taking the people of closed dossiers off this machine. */
import { z } from 'zod';
import { keptReasons } from '../../domain/retention.ts';
import { emptyInput } from './common.ts';

const retentionState = z.strictObject({
  /** Days after the last thing that happened to a closed dossier, by the catalogue of today. */
  days: z.int(),
  verified: z.boolean(),
  source: z.string(),
  /** When the city's newest backup was found equal; null = it named none. */
  backupAt: z.iso.datetime().nullable(),
  /** By itself, once a month at the day's end. */
  auto: z.boolean(),
  lastAt: z.iso.datetime().nullable(),
  /** Damaged or older files of the store that a start set aside: nobody but a person takes them away. */
  aside: z.int(),
  /** The city was put back to before what was taken off here; null = it was not. */
  doubtAt: z.iso.datetime().nullable(),
});
export type RetentionState = z.infer<typeof retentionState>;

const retentionLook = z.strictObject({
  ready: z.int(),
  days: z.strictObject({ from: z.iso.date(), to: z.iso.date() }).nullable(),
  kept: z.record(z.enum(keptReasons), z.int()),
});
export type RetentionPreview = z.infer<typeof retentionLook>;

export const retentionIpc = {
  'retention.state': { kind: 'read', input: emptyInput, output: retentionState },
  /** Asks every dossier; on a thread. */
  'retention.look': { kind: 'task', input: emptyInput, output: retentionLook },
  /** `aside`: also the files that a start set aside. Answers how many dossiers, and whether older copies of them are gone too. */
  'retention.purge': {
    kind: 'task',
    input: z.strictObject({ aside: z.boolean() }),
    output: z.strictObject({ dossiers: z.int(), copiesGone: z.boolean() }),
  },
  'retention.set-auto': { kind: 'task', input: z.strictObject({ on: z.boolean() }), output: retentionState },
} as const;
