/** A report as a file. PDF is printed from the window's own page; the clipboard has `reportClipping`. */
import type { Report } from '../../shared/report/model.ts';
import { reportCsv } from './report-csv.ts';
import { reportDocx } from './report-docx.ts';
import { reportXlsx } from './report-xlsx.ts';

export type ReportFormat = 'xlsx' | 'docx' | 'csv';

export async function reportFile(report: Report, format: ReportFormat): Promise<{ bytes: Uint8Array }> {
  switch (format) {
    case 'xlsx':
      return { bytes: await reportXlsx(report) };
    case 'docx':
      return { bytes: await reportDocx(report) };
    case 'csv':
      return { bytes: reportCsv(report) };
  }
}
