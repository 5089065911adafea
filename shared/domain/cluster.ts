/**
 * Clusters (cụm): groups of units above the ward that an office chose itself, as dated versions. A cluster is renamed, changes
 * its members or ends by another version; reports of earlier days keep the earlier one. On no day is a unit in two clusters.
 */
import { z } from 'zod';
import { countUnitsOn, unitByKey, unitOn } from '../catalogue/units.ts';
import { addDays, type LocalDate, showDate } from '../lib/local-date.ts';
import { compareVietnamese } from '../lib/vietnamese-text.ts';
import type { ProblemCode, ProblemDetails } from '../problem.ts';

/** One version of a cluster; it counts from `from` until the next version begins, or `to`. */
export const clusterSchema = z.strictObject({
  /** What stays when the cluster is renamed. */
  cluster: z.uuid(),
  name: z.string().min(1).max(120),
  /** `code@validFrom` of its units; none takes this version back. */
  units: z.array(z.string().min(3).max(30)).max(400),
  from: z.iso.date(),
  /** Last day; null = until further notice. */
  to: z.iso.date().nullable(),
});
/** Body of `cluster.set`; the subject is the setting of the office. */
export const clusterBody = z.object(clusterSchema.shape);
export type ClusterVersion = z.infer<typeof clusterSchema>;

/** `cluster@from` -> version. */
export type Clusters = Readonly<Record<string, ClusterVersion>>;

export function clusterKey({ cluster, from }: Pick<ClusterVersion, 'cluster' | 'from'>): string {
  return `${cluster}@${from}`;
}

export function withCluster(clusters: Clusters, version: ClusterVersion): Clusters {
  const { [clusterKey(version)]: _, ...others } = clusters;
  return version.units.length === 0 ? others : { ...others, [clusterKey(version)]: version };
}

/** The version of each cluster that counts on this day, by name. */
export function clustersOn(clusters: Clusters, date: LocalDate): readonly ClusterVersion[] {
  return spans(clusters)
    .filter(({ version, last }) => version.from <= date && (last === null || date <= last))
    .map(({ version }) => version)
    .sort((a, b) => compareVietnamese(a.name, b.name));
}

interface Span {
  readonly version: ClusterVersion;
  /** Last day on which it counts; null = open. */
  readonly last: LocalDate | null;
}

function spans(clusters: Clusters): readonly Span[] {
  const sorted = Object.values(clusters).toSorted((a, b) => (a.from < b.from ? -1 : 1));
  return sorted.map((version, i) => {
    const next = sorted.slice(i + 1).find((later) => later.cluster === version.cluster);
    const until = next ? addDays(next.from, -1) : null;
    if (version.to === null || until === null) return { version, last: version.to ?? until };
    return { version, last: version.to < until ? version.to : until };
  });
}

export interface ClusterProblem {
  readonly code: ProblemCode;
  readonly details: ProblemDetails;
}

/** What is wrong with a new version at an office that has these clusters; null = nothing. */
export function clusterProblem(
  version: ClusterVersion,
  { office, clusters }: { readonly office: string; readonly clusters: Clusters },
): ClusterProblem | null {
  const { from, to, units } = version;
  if (to !== null && to < from) return { code: 'WINDOW_REVERSED', details: {} };
  if (units.length === 0 && !clusters[clusterKey(version)]) return { code: 'CLUSTER_EMPTY', details: {} };
  for (const key of units) {
    const unit = unitByKey(key);
    if (!unit) return { code: 'UNIT_UNKNOWN', details: { code: key } };
    if (unitOn(unit.code, from)?.key !== key)
      return { code: 'UNIT_CLOSED', details: { code: unit.code, date: showDate(from) } };
    if (unit.code === office || !countUnitsOn(office, from).includes(unit))
      return { code: 'UNIT_OUT_OF_SCOPE', details: { code: unit.code } };
  }
  return overlap(version, clusters);
}

function overlap(version: ClusterVersion, clusters: Clusters): ClusterProblem | null {
  const all = spans(withCluster(clusters, version));
  // A version that goes or ends lets the one before it count again: every pair with this cluster is looked at.
  const own = all.filter((s) => s.version.cluster === version.cluster);
  for (const { version: other, last } of all.filter((s) => s.version.cluster !== version.cluster))
    for (const mine of own) {
      if (!meet(mine, { version: other, last })) continue;
      const both = mine.version.units.find((key) => other.units.includes(key));
      if (both === undefined) continue;
      const unit = unitByKey(both)?.name ?? both;
      return { code: 'CLUSTER_UNIT_TWICE', details: { unit, cluster: other.name } };
    }
  return null;
}

function meet(a: Span, b: Span): boolean {
  return (b.last === null || a.version.from <= b.last) && (a.last === null || b.version.from <= a.last);
}
