/** Schemas of the parts of states that desk and hub keep as JSON: notes of cells, targets of a unit, clusters of an office, what an office keeps of a report. */
import { z } from 'zod';
import { fileRef } from './attached-file.ts';
import { type Clusters, clusterSchema } from './cluster.ts';
import type { ReportRecord } from './report-record.ts';
import type { CellNote, Sheet } from './sheet.ts';
import { type Targets, targetBody } from './target.ts';

const cellNote: z.ZodType<CellNote> = z.strictObject({
  outside: z.literal(true).exactOptional(),
  reason: z.string().exactOptional(),
  evidence: z.string().exactOptional(),
  file: fileRef.exactOptional(),
  by: z.string(),
  at: z.string(),
});
export const storedNotes: z.ZodType<Sheet['notes']> = z.record(z.string(), cellNote);

export const storedTargets: z.ZodType<Targets['targets']> = z.record(z.string(), targetBody);

export const storedClusters: z.ZodType<Clusters> = z.record(z.string(), clusterSchema);

export const storedReport: z.ZodType<Pick<ReportRecord, 'printed' | 'frozen'>> = z.strictObject({
  printed: z.record(z.string(), z.string()),
  frozen: z.array(z.strictObject({ id: z.string(), at: z.string(), by: z.string(), json: z.string() })),
});
