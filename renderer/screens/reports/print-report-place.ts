/** Address of a report in the hidden print window: `#/print/report/<id>/<from>/<to>/<treeOn>/<compare>`, '-' = none. */
import { type ReportWanted, reportWanted } from '../../../shared/contract/ipc/report.ts';

const REPORT = /^#\/print\/report\/([a-z0-9-]+)\/([\d-]+)\/([\d-]+)\/([\d-]+)\/([01])$/;

/** null = the address names no report. */
export function printReportPlace(hash: string): ReportWanted | null {
  const [, report, from, to, treeOn, compare] = REPORT.exec(hash) ?? [];
  const given = (text: string | undefined) => (text === '-' ? null : text);
  const parsed = reportWanted.safeParse({
    report,
    from: given(from),
    to,
    treeOn: given(treeOn),
    compare: compare === '1',
  });
  return parsed.success ? parsed.data : null;
}
