/** Lines of a receipt as a person reads them: what was said of the same thing in one go stands once, with its numbers. */

export interface ReceiptLine {
  readonly seq: number;
  readonly verb: string;
  readonly title: string;
  readonly code: string;
  readonly verdict: string;
}
export interface LineGroup extends ReceiptLine {
  readonly last: number;
}

export function groupLines(lines: readonly ReceiptLine[]): readonly LineGroup[] {
  const groups: LineGroup[] = [];
  for (const line of lines) {
    const before = groups.at(-1);
    const follows =
      before?.last === line.seq - 1 &&
      (['verb', 'title', 'code', 'verdict'] as const).every((key) => before[key] === line[key]);
    if (before && follows) groups[groups.length - 1] = { ...before, last: line.seq };
    else groups.push({ ...line, last: line.seq });
  }
  return groups;
}
