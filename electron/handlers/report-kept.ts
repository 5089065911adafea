/** Reports as they go out: made now or kept as they were sent, as files and for the clipboard; what changed since. */
import { reportRecords } from '../../db/queries/report.ts';
import { findReportDef } from '../../shared/catalogue/report-defs.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReportSource } from '../../shared/contract/ipc/report.ts';
import { fail } from '../../shared/problem.ts';
import { keptNotes } from '../../shared/report/change-words.ts';
import { diffReports, type ReportChanges } from '../../shared/report/frozen.ts';
import type { Report } from '../../shared/report/model.ts';
import { reportSchema } from '../../shared/report/report-schema.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { reportClipping } from '../files/report-clipboard.ts';
import { reportFile } from '../files/report-files.ts';
import { makeWanted, requireDef, requireNameless } from './report-make.ts';

type Place = Pick<ReadCtx, 'db' | 'desk' | 'identity'>;

export function listFrozen(
  { db, identity }: ReadCtx,
  { report }: Input<'report.frozen'>,
): Output<'report.frozen'> {
  const { office } = requireIdentity(identity);
  const records = reportRecords(db, office).filter((r) => report === null || r.report === report);
  return records
    .flatMap((record) =>
      record.frozen.map(({ id, at, by, json }) => {
        const { title, made } = reportSchema.parse(JSON.parse(json));
        const { report: name, from, to } = record;
        return { id, report: name, title, from, to, treeOn: made.treeOn, at, by };
      }),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

interface Kept {
  readonly frozen: Report;
  /** Moment of keeping, ISO 8601. */
  readonly at: string;
  readonly report: string;
  readonly from: string | null;
  readonly to: string;
}

function requireKept({ db, identity }: Place, id: string): Kept {
  for (const { report, from, to, frozen } of reportRecords(db, requireIdentity(identity).office)) {
    const kept = frozen.find((f) => f.id === id);
    if (kept) return { frozen: reportSchema.parse(JSON.parse(kept.json)), at: kept.at, report, from, to };
  }
  return fail('REPORT_UNKNOWN', { report: id });
}

function changesSince(ctx: Place, { frozen, report, from, to }: Kept): ReportChanges {
  const now = makeWanted(ctx, { report, from, to, treeOn: frozen.made.treeOn, compare: true });
  return diffReports(frozen, now);
}

export function compareFrozen(ctx: ReadCtx, { id }: Input<'report.compare'>): Output<'report.compare'> {
  const kept = requireKept(ctx, id);
  return { frozen: kept.frozen, changes: changesSince(ctx, kept) };
}

/** One whose definition is gone cannot be compared any more; its figures go out all the same. */
export function getKept(ctx: Place, { frozen: id }: Input<'report.kept'>): Output<'report.kept'> {
  const kept = requireKept(ctx, id);
  const changes = findReportDef(kept.report) ? changesSince(ctx, kept) : null;
  const notes = keptNotes(kept.frozen, { at: kept.at, changes });
  return { ...kept.frozen, notes: [...kept.frozen.notes, ...notes] };
}

function reportOf(ctx: Place, source: ReportSource): Report {
  if ('frozen' in source) return getKept(ctx, source);
  requireNameless(requireDef(source));
  return makeWanted(ctx, source);
}

/** Name of its file without the ending: never a person's name. */
function nameOf({ id, made: { from, to } }: Report, source: ReportSource): string {
  return `${id}-${from === null ? to : `${from}-${to}`}${'frozen' in source ? '-da-chot' : ''}`;
}

export async function makeFile(
  ctx: TaskCtx,
  { source, format }: Input<'report.file'>,
): Promise<Output<'report.file'>> {
  const report = reportOf(ctx, source);
  const { bytes } = await reportFile(report, format);
  return { name: `${nameOf(report, source)}.${format}`, bytes: bytes as Uint8Array<ArrayBuffer> };
}

export function clip(ctx: TaskCtx, { source }: Input<'report.clipping'>): Output<'report.clipping'> {
  return { ...reportClipping(reportOf(ctx, source)) };
}
