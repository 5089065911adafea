/** What an office keeps of a report: figures that were printed elsewhere, to compare with, and reports frozen as they were sent. */
import { z } from 'zod';
import type { Event } from './event.ts';

/** The city takes events up to 512 KiB, and a letter may be three bytes: a report larger than this is printed, not kept. */
export const MAX_REPORT = 160_000;

const about = {
  /** Id of the report's definition. */
  report: z.string().min(1).max(60),
  from: z.iso.date().nullable(),
  to: z.iso.date(),
};

/** Body of `report.print`: figures as printed, by cell; an empty text takes one back. */
export const printedBody = z.object({
  ...about,
  figures: z
    .array(z.strictObject({ row: z.string().max(80), column: z.string().max(80), text: z.string().max(40) }))
    .min(1)
    .max(500),
  source: z.string().min(1).max(300),
});
/** Body of `report.freeze`: the canonical JSON of the whole report. Never one with names of people. */
export const frozenBody = z.object({ ...about, id: z.uuid(), report_json: z.string().max(MAX_REPORT) });

export interface ReportRecord {
  readonly id: string;
  readonly revision: number;
  readonly report: string;
  readonly from: string | null;
  readonly to: string;
  readonly office: string;
  /** `row/column` -> text as printed. */
  readonly printed: Readonly<Record<string, string>>;
  readonly frozen: readonly {
    readonly id: string;
    readonly at: string;
    readonly by: string;
    readonly json: string;
  }[];
}

export function reportRecordId(
  office: string,
  report: string,
  window: { from: string | null; to: string },
): string {
  return `report:${office}:${report}:${window.from ?? ''}~${window.to}`;
}

export function projectReport(event: Event, before: ReportRecord | undefined): ReportRecord | undefined {
  if (event.verb === 'report.print') {
    const { figures, report, from, to } = printedBody.parse(event.body);
    const record = begun(event, before, { report, from, to });
    const printed = { ...record.printed };
    for (const { row, column, text } of figures) {
      if (text === '') delete printed[`${row}/${column}`];
      else printed[`${row}/${column}`] = text;
    }
    return { ...record, printed };
  }
  if (event.verb !== 'report.freeze') return before && { ...before, revision: before.revision + 1 };
  const body = frozenBody.parse(event.body);
  const record = begun(event, before, body);
  const frozen = { id: body.id, at: event.at, by: event.actor.name, json: body.report_json };
  return { ...record, frozen: [...record.frozen, frozen] };
}

function begun(
  event: Event,
  before: ReportRecord | undefined,
  { report, from, to }: { report: string; from: string | null; to: string },
): ReportRecord {
  if (before) return { ...before, revision: before.revision + 1 };
  return {
    id: event.subject.id,
    revision: 1,
    report,
    from,
    to,
    office: event.office,
    printed: {},
    frozen: [],
  };
}
