/** Chốt ngày: the figures of one day of this machine beside what the city holds of it, and the closing. */
import { z } from 'zod';
import { dayBody, differenceKinds } from '../../domain/day.ts';

const figures = z.strictObject(dayBody.shape).omit({ digestHash: true, differences: true });
const note = z.string().max(300);

export const dayView = figures.extend({
  /** What the city last said of this day; null = it was never asked. `others`: numbers of the office's other machines. */
  city: z
    .strictObject({
      at: z.iso.datetime(),
      events: z.int(),
      hash: z.string(),
      others: z.array(z.strictObject({ no: z.int(), name: z.string(), events: z.int() })),
    })
    .nullable(),
  /** Each kind once, with the events that it is about; none = closed without a word. */
  differences: z.array(
    z.strictObject({ kind: z.enum(differenceKinds), n: z.int(), events: z.array(z.string()).max(500) }),
  ),
  /** The last closing; `revision` counts them. */
  closed: z
    .strictObject({
      revision: z.int(),
      at: z.iso.datetime(),
      by: z.string(),
      /** Something was written, sent or answered since. */
      stale: z.boolean(),
      differences: z.array(z.strictObject({ kind: z.enum(differenceKinds), n: z.int(), note: z.string() })),
    })
    .nullable(),
});
export type DayView = z.infer<typeof dayView>;

export const dayIpc = {
  'day.figures': { kind: 'read', input: z.strictObject({ day: z.iso.date() }), output: dayView },
  /** The figures are the machine's own at this moment; `notes` explain each difference that there is. */
  'day.close': {
    kind: 'write',
    input: z.strictObject({
      day: z.iso.date(),
      notes: z.array(z.strictObject({ kind: z.enum(differenceKinds), note })).max(differenceKinds.length),
    }),
    output: z.strictObject({ revision: z.int() }),
  },
} as const;
