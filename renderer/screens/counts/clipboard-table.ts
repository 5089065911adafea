/** The table on the clipboard: from the HTML of Excel and Word where there is one (it knows merged cells), else from the tabs. */
import { clipboardBlock } from '../../../shared/domain/count-table.ts';
import { inertDocument } from '../../trusted-html.ts';
import { type Block, exactText, expandSpans } from './grid-paste.ts';

export function blockOf(clipboard: DataTransfer): Block {
  const html = clipboard.getData('text/html');
  const table = html.includes('<t') ? inertDocument(html).querySelector('table') : null;
  if (!table) return clipboardBlock(clipboard.getData('text/plain'));
  return expandSpans(
    [...table.rows].map((row) =>
      [...row.cells].map((cell) => ({
        text: textOf(cell),
        colSpan: cell.colSpan,
        rowSpan: cell.rowSpan,
      })),
    ),
  );
}

function textOf(cell: HTMLTableCellElement): string {
  const text = (cell.textContent ?? '').replace(/\s+/g, ' ').trim();
  return exactText(text, cell.getAttribute('sdval') ?? cell.getAttribute('x:num'));
}
