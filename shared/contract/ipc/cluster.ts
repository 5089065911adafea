/** Clusters of units that an office above the ward made. */
import { z } from 'zod';
import { clusterSchema } from '../../domain/cluster.ts';
import { emptyInput } from './common.ts';

export const clusterIpc = {
  /** Every version of every cluster of this office; which ones count on a day: `clustersOn`. */
  'cluster.list': { kind: 'read', input: emptyInput, output: z.array(clusterSchema) },
  /** One version; without units it takes that version back. */
  'cluster.set': { kind: 'write', input: clusterSchema, output: z.strictObject({ revision: z.int() }) },
} as const;
