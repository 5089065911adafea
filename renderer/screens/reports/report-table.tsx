/** The table of a report, on the screen and on paper. On the screen it is a grid: arrows move between its cells. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { Cell, Report, Row } from '../../../shared/report/model.ts';
import {
  alignOf,
  BLANK,
  cellsOf,
  cellText,
  headRows,
  namingColumns,
  runsOf,
} from '../../../shared/report/report-cells.ts';
import { t } from '../../text/text.ts';
import { moved, type Spot } from './table-moves.ts';

/** A word under a figure, and how it looks. */
export interface Mark {
  readonly tone: 'bad' | 'ok' | 'changed';
  readonly text?: string | undefined;
}
export interface CellName {
  readonly row: string;
  readonly column: string;
}
export const nameOf = ({ row, column }: CellName) => `${row}/${column}`;

interface Props {
  readonly report: Report;
  /** By `nameOf` of the cell. */
  readonly marks?: ReadonlyMap<string, Mark>;
  /** A cell to go to. A new object goes there again. */
  readonly wanted?: CellName | null;
  /** Enter, or a click, on a figure. */
  readonly onOpen?: ((cell: CellName) => void) | undefined;
}

/** More rows than this are not drawn on the screen; files and paper have them all. */
const SHOWN_ROWS = 1000;

export function ReportTable({ report, marks, wanted = null, onOpen }: Props) {
  const table = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState<Spot>({ row: 0, column: 0 });
  const rows = report.rows.slice(0, SHOWN_ROWS);
  const focus = ({ row, column }: Spot) =>
    table.current?.querySelector<HTMLElement>(`[data-at="${row}.${column}"]`)?.focus();
  const go = (spot: Spot) => {
    setAt(spot);
    focus(spot);
  };
  useEffect(() => {
    if (!wanted) return;
    const row = report.rows.findIndex((r) => r.key === wanted.row);
    const column = report.columns.findIndex((c) => c.key === wanted.column);
    if (row < 0 || column < 0) return;
    setAt({ row, column });
    table.current?.querySelector<HTMLElement>(`[data-at="${row}.${column}"]`)?.focus();
  }, [wanted, report]);
  const open = ({ row, column }: Spot) => {
    const [line, head] = [rows[row], report.columns[column]];
    const kind = line?.cells[column]?.kind;
    if (line && head && (kind === 'count' || kind === 'percent'))
      onOpen?.({ row: line.key, column: head.key });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') open(at);
    else {
      const next = moved(event.key, at, { rows: rows.length, columns: report.columns.length });
      if (!next) return;
      go(next);
    }
    event.preventDefault();
  };
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: arrows move in it, as ARIA describes a grid */}
      <table ref={table} role="grid" className="report-table" aria-label={report.title} onKeyDown={onKeyDown}>
        <Head report={report} />
        <tbody>
          {rows.map((row, r) => (
            <tr key={row.key} className={row.kind}>
              {cellsOf(row, report.columns).map((cell, c) => {
                const key = report.columns[c]?.key ?? '';
                return (
                  <Figure
                    key={key}
                    {...{ report, cell, column: c }}
                    spot={`${r}.${c}`}
                    isAt={at.row === r && at.column === c}
                    mark={marks?.get(nameOf({ row: row.key, column: key }))}
                    onPick={() => {
                      go({ row: r, column: c });
                      open({ row: r, column: c });
                    }}
                  />
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {report.rows.length > rows.length && (
        <p className="dim">{t('report.cut', { shown: rows.length, all: report.rows.length })}</p>
      )}
    </>
  );
}

function Head({ report: { columns } }: { readonly report: Report }) {
  return (
    <thead>
      {headRows(columns).map((cells, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows of a heading have nothing else to be known by
        <tr key={i}>
          {cells.map(({ text, at, columns: span, rows }) => (
            <th key={at} colSpan={span} rowSpan={rows} scope={span > 1 ? 'colgroup' : 'col'}>
              {text}
            </th>
          ))}
        </tr>
      ))}
    </thead>
  );
}

interface FigureProps {
  readonly report: Report;
  readonly cell: Cell;
  readonly column: number;
  readonly spot: string;
  readonly isAt: boolean;
  readonly mark: Mark | undefined;
  readonly onPick: () => void;
}

function Figure({ report: { columns }, cell, column, spot, isAt, mark, onPick }: FigureProps) {
  const text = shownText(cell);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid answers the keys of all its cells
    <td
      data-at={spot}
      tabIndex={isAt ? 0 : -1}
      className={[lookOf(cell, columns, column), mark?.tone].filter(Boolean).join(' ')}
      title={titleOf(cell)}
      onClick={onPick}
    >
      {text}
      {mark?.text !== undefined && <span className="report-mark">{mark.text}</span>}
    </td>
  );
}

function shownText(cell: Cell): string {
  return cell.kind === 'outside' ? t('report.outside.short') : cellText(cell);
}

function titleOf(cell: Cell): string | undefined {
  if (cell.kind === 'outside') return t('report.outside');
  if (cell.kind === 'count' && cell.value === null) return t('counts.blank');
  return undefined;
}

function lookOf(cell: Cell, columns: Report['columns'], at: number): string {
  const column = columns[at];
  const naming = at < namingColumns(columns);
  const blank = cell.kind === 'outside' || shownText(cell) === BLANK;
  return [
    column ? alignOf(cell, column) : '',
    naming && column?.kind === 'text' && at > 0 ? 'unit' : '',
    blank ? 'dim' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** So many rows are never parted from the sum by a page. */
const WITH_SUM = 3;

/** The same table on paper: headings return on each page, the sum stays with the last rows. */
export function PaperTable({ report }: { readonly report: Report }) {
  const { rows, columns } = report;
  const last = rows.at(-1)?.kind === 'total' ? Math.max(0, rows.length - 1 - WITH_SUM) : rows.length;
  return (
    <table className="report-table" aria-label={report.title}>
      <Head report={report} />
      <tbody>
        {rows.slice(0, last).map((row) => (
          <PaperRow key={row.key} {...{ row, columns }} />
        ))}
      </tbody>
      <tbody className="print-last">
        {rows.slice(last).map((row) => (
          <PaperRow key={row.key} {...{ row, columns }} />
        ))}
      </tbody>
    </table>
  );
}

function PaperRow({ row, columns }: { readonly row: Row; readonly columns: Report['columns'] }) {
  return (
    <tr className={row.kind}>
      {runsOf(row, columns).map(({ cell, at, columns: span }) => (
        <td key={at} colSpan={span} className={lookOf(cell, columns, at)}>
          {shownText(cell)}
        </td>
      ))}
    </tr>
  );
}
