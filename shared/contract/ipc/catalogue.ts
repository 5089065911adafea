/** The law's data: corrections in force here, and the verb that makes one. The catalogue itself is part of the program. */
import { z } from 'zod';
import { correctionSchema } from '../../domain/setting.ts';
import { emptyInput } from './common.ts';

export const catalogueIpc = {
  /** Corrections that count at this office, outer offices first; the own office's win. */
  'catalogue.get': {
    kind: 'read',
    input: emptyInput,
    output: z.strictObject({
      corrections: z.array(
        correctionSchema.extend({
          office: z.string(),
          officeName: z.string(),
        }),
      ),
    }),
  },
  /** Every correction that was made here or above, newest first; what the city returned is not among them. */
  'catalogue.history': {
    kind: 'read',
    input: emptyInput,
    output: z.strictObject({
      steps: z.array(
        correctionSchema.extend({
          /** The event that made it: corrections saved together share it. */
          event: z.string(),
          before: z.string(),
          reason: z.string(),
          at: z.iso.datetime(),
          actorName: z.string(),
          officeName: z.string(),
          /** Not yet received by the city. */
          waiting: z.boolean(),
        }),
      ),
    }),
  },
  'catalogue.correct': {
    kind: 'write',
    input: z.strictObject({
      /** A blank source is refused by its own name, not as a broken call. */
      corrections: z
        .array(correctionSchema.extend({ source: z.string().max(300) }))
        .min(1)
        .max(50),
      reason: z.string().max(300),
    }),
    output: z.strictObject({ revision: z.int() }),
  },
} as const;
