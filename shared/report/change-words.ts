/** What changed since a report was kept, in sentences: on the screen, and in the notes of what is printed from it again. */
import { localTime, showDate } from '../lib/local-date.ts';
import type { ReportChanges } from './frozen.ts';
import type { Report } from './model.ts';
import { BLANK, cellText } from './report-cells.ts';

/** What the rows are called: their first text that is no ordinal. */
export function rowNames({ rows, columns }: Report): ReadonlyMap<string, string> {
  return new Map(
    rows.map(({ key, cells }) => {
      const name = cells.find((c, i) => c.kind === 'text' && columns[i]?.title !== 'STT' && c.text !== '');
      return [key, name ? cellText(name) : key];
    }),
  );
}

/** One sentence a change: "Quận 1, HỘI NÔNG DÂN: khi chốt 0, nay 7". */
export function changeLines(frozen: Report, changes: ReportChanges): readonly string[] {
  const rows = rowNames(frozen);
  const columns = new Map(frozen.columns.map((c) => [c.key, c.title]));
  return [
    ...changes.cells.flatMap(({ row, column, frozen: then, now }) =>
      then === null || now === null
        ? []
        : [
            `${rows.get(row) ?? row}, ${columns.get(column) ?? column}: khi chốt ${cellText(then)}, nay ${cellText(now)}`,
          ],
    ),
    ...many('Thêm', changes.rowsAdded.length, 'dòng'),
    ...many('Bớt', changes.rowsGone.length, 'dòng'),
    ...many('Thêm', changes.columnsAdded.length, 'cột'),
    ...many('Bớt', changes.columnsGone.length, 'cột'),
    ...changes.paragraphs.map(({ now }) => `Lời văn nay là: ${now || BLANK}`),
    ...changes.made.map((m) => `Danh mục hoặc kỳ: khi chốt ${m.frozen || BLANK}, nay ${m.now || BLANK}`),
  ];
}
const many = (verb: string, n: number, what: string) => (n > 0 ? [`${verb} ${n} ${what}`] : []);

/** More changes than these are told by their number: the paper is a report, not a log. */
const TOLD = 10;

/** `at`: when it was kept, ISO 8601; `changes` null = it cannot be made again to be compared. */
export function keptNotes(
  frozen: Report,
  { at, changes }: { readonly at: string; readonly changes: ReportChanges | null },
): readonly string[] {
  const { date, time } = localTime(Date.parse(at));
  const kept = `Số liệu chốt lúc ${time} ngày ${showDate(date)}.`;
  if (changes === null) return [`${kept} Không lập lại được báo cáo này để so với hiện nay.`];
  const lines = changeLines(frozen, changes);
  if (lines.length === 0) return [`${kept} Đến nay không có gì đổi.`];
  const rest = lines.length - TOLD;
  return [
    `${kept} Từ khi chốt đã đổi ${lines.length} chỗ; bảng này giữ số lúc chốt:`,
    ...lines.slice(0, TOLD).map((line) => `Đã đổi: ${line}`),
    ...(rest > 0 ? [`Và ${rest} chỗ khác.`] : []),
  ];
}
