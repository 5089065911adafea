/** Settings of an office that others must follow too: its corrections of the catalogue. */
import { z } from 'zod';
import type { Event } from './event.ts';

/** A corrected value of one fact of the catalogue: the row (key, from), its new value and where that stands in the law. */
export const correctionSchema = z.strictObject({
  key: z.string().min(1).max(60),
  from: z.iso.date(),
  value: z.string().max(300),
  source: z.string().min(1).max(300),
});
export type Correction = z.infer<typeof correctionSchema>;

/** Body of `catalogue.correct`; the subject is `catalogue:<office>`. */
export const settingBody = z.object({
  corrections: z.array(correctionSchema).min(1).max(50),
  reason: z.string().min(1).max(300),
});

export interface Setting {
  readonly id: string;
  readonly revision: number;
  readonly office: string;
  readonly corrections: Readonly<Record<string, Correction>>;
}

/** One subject per office: two machines that correct different rows both stand. */
export function settingId(office: string): string {
  return `catalogue:${office}`;
}

export function correctionKey(key: string, from: string): string {
  return `${key}@${from}`;
}

export function projectSetting(event: Event, before: Setting | undefined): Setting | undefined {
  if (event.verb !== 'catalogue.correct') return before && { ...before, revision: before.revision + 1 };
  const { corrections } = settingBody.parse(event.body);
  return {
    id: event.subject.id,
    revision: (before?.revision ?? 0) + 1,
    office: event.office,
    corrections: {
      ...before?.corrections,
      ...Object.fromEntries(corrections.map((c) => [correctionKey(c.key, c.from), c])),
    },
  };
}
