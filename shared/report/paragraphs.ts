/** Fills the sentences of a report: a piece whose figures are not known is left out, never filled with 0. */
import type { Piece, ReportDef } from './definition.ts';
import type { Cell } from './model.ts';
import type { RowContext } from './plan-rows.ts';
import { cellInText, changeInText, communesInText, dateInText, sinceInText } from './words.ts';

type CellAt = (row: string, column: string) => Cell | null;

export function paragraphsOf(def: ReportDef, context: RowContext, cellAt: CellAt): readonly string[] {
  return def.paragraphs
    .map((pieces) => pieces.map((piece) => pieceText(piece, context, cellAt)).reduce(goOn, ''))
    .filter((text) => text !== '');
}

/** ", trong đó …" without what it goes on from would be no sentence. */
function goOn(said: string, next: string): string {
  return said === '' && /^[ ,;.(]/.test(next) ? '' : said + next;
}

function pieceText(piece: Piece, context: RowContext, cellAt: CellAt): string {
  const { to } = context.input.window;
  if ((piece.from ?? to) > to || (piece.to ?? to) < to) return '';
  if (piece.when?.some((condition) => !holds(condition, cellAt))) return '';
  const fewer = () => (piece.or === undefined ? null : filled(piece.or, context, cellAt));
  return filled(piece.text, context, cellAt) ?? fewer() ?? '';
}

function holds([left, is, right]: NonNullable<Piece['when']>[number], cellAt: CellAt): boolean {
  const [a, b] = [countAt(left, cellAt), typeof right === 'number' ? right : countAt(right, cellAt)];
  return a !== null && b !== null && (a === b) === (is === '=');
}

function countAt(place: string, cellAt: CellAt): number | null {
  const [row = '', column = ''] = place.split('.');
  const cell = cellAt(row, column);
  return cell?.kind === 'count' ? cell.value : null;
}

/** null where one of the figures is not known. */
export function filled(template: string, context: RowContext, cellAt: CellAt): string | null {
  let complete = true;
  const text = template.replace(/\{([^}]+)\}/g, (_, token: string) => {
    const found = wordOf(token, context) ?? figureIn(token, cellAt);
    if (found === null) complete = false;
    return found ?? '';
  });
  return complete ? text : null;
}

/** `row.column`, or `row.column~before`. */
function figureIn(token: string, cellAt: CellAt): string | null {
  const [place = '', before] = token.split('~');
  const [row = '', column = ''] = place.split('.');
  if (before === undefined) {
    const cell = cellAt(row, column);
    return cell && cellInText(cell);
  }
  const [now, then] = [countAt(place, cellAt), countAt(`${row}.${before}`, cellAt)];
  return now === null || then === null ? null : changeInText(now, then);
}

function wordOf(token: string, { input, office }: RowContext): string | null {
  const { window, previous, treeOn } = input;
  switch (token) {
    case 'from':
      return window.from && dateInText(window.from);
    case 'to':
      return dateInText(window.to);
    case 'office':
      return office.name;
    case 'communes':
      return communesInText(office, treeOn);
    case 'since':
      return previous && sinceInText(window, previous);
    default:
      return null;
  }
}
