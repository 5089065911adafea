/** Settings of an office that others must follow too: its corrections of the catalogue, its clusters of units. */
import { z } from 'zod';
import { type Clusters, clusterBody, withCluster } from './cluster.ts';
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
  readonly clusters: Clusters;
}

/** One subject per office: two machines that correct different rows both stand. */
export function settingId(office: string): string {
  return `catalogue:${office}`;
}

export function correctionKey(key: string, from: string): string {
  return `${key}@${from}`;
}

export function projectSetting(event: Event, before: Setting | undefined): Setting | undefined {
  const { corrections = {}, clusters = {}, revision = 0 } = before ?? {};
  const after = {
    ...{ id: event.subject.id, revision: revision + 1, office: event.office },
    ...{ corrections, clusters },
  };
  switch (event.verb) {
    case 'catalogue.correct': {
      const said = settingBody.parse(event.body).corrections.map((c) => [correctionKey(c.key, c.from), c]);
      return { ...after, corrections: { ...corrections, ...Object.fromEntries(said) } };
    }
    case 'cluster.set':
      return { ...after, clusters: withCluster(clusters, clusterBody.parse(event.body)) };
    default:
      return before && { ...before, revision: revision + 1 };
  }
}
