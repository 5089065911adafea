/** Clusters of units: a setting of the office, so that all its machines see the same. */
import { localView } from '../../db/local-view.ts';
import { clustersOf } from '../../db/queries/setting.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { clusterKey, clusterProblem } from '../../shared/domain/cluster.ts';
import { settingId } from '../../shared/domain/setting.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';

export function listClusters({ db, identity }: ReadCtx): Output<'cluster.list'> {
  return Object.values(clustersOf(db, requireIdentity(identity).office));
}

export function setCluster(ctx: WriteCtx, input: Input<'cluster.set'>): Output<'cluster.set'> {
  const { office } = ctx.identity;
  const name = cleanText(input.name);
  if (name === '') fail('FIELD_REQUIRED');
  const id = settingId(office);
  const { subject, revision, base } = localView(ctx.tx, 'setting', id);
  const clusters = subject?.kind === 'setting' ? subject.state.clusters : {};
  const version = { ...input, name, units: [...new Set(input.units)] };
  // Pressing twice.
  const before = clusters[clusterKey(version)];
  if (before && canonicalJson(before) === canonicalJson(version)) return { revision };
  const problem = clusterProblem(version, { office, clusters });
  if (problem) fail(problem.code, problem.details);
  ctx.record({ verb: 'cluster.set', subject: { kind: 'setting', id }, base, body: version });
  return { revision: revision + 1 };
}
