/**
 * Address of a report in the hidden print window: `#/print/report/<id>/<from>/<to>/<treeOn>/<compare>`, '-' = none, or
 * `#/print/kept/<id>` of one that was kept.
 */
import { type ReportSource, reportSource } from '../../../shared/contract/ipc/report.ts';

const REPORT = /^#\/print\/report\/([a-z0-9-]+)\/([\d-]+)\/([\d-]+)\/([\d-]+)\/([01])$/;
const KEPT = /^#\/print\/kept\/([0-9a-f-]+)$/;

/** null = the address names no report. */
export function printReportPlace(hash: string): ReportSource | null {
  const [, frozen] = KEPT.exec(hash) ?? [];
  const [, report, from, to, treeOn, compare] = REPORT.exec(hash) ?? [];
  const given = (text: string | undefined) => (text === '-' ? null : text);
  const parsed = reportSource.safeParse(
    frozen === undefined
      ? { report, from: given(from), to, treeOn: given(treeOn), compare: compare === '1' }
      : { frozen },
  );
  return parsed.success ? parsed.data : null;
}
