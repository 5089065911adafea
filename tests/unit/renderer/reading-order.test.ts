// What people read in rows: fields of the form as on paper, lines of a receipt taken together.
import { describe, expect, test } from 'vitest';
import { rowsOf, spanOf } from '../../../renderer/screens/dossiers/layout.ts';
import { groupLines, type ReceiptLine } from '../../../renderer/screens/sync/receipt-lines.ts';
import { forms } from '../../../shared/domain/dossier-form.ts';

const sections = Object.values(forms).flat();

describe('rows of a form', () => {
  test.each(sections.map((s) => [s.key, s] as const))('%s keeps its order and fits', (_, section) => {
    const rows = rowsOf(section.fields);
    expect(rows.flat().map((f) => f.rule.key)).toEqual(section.fields.map((f) => f.key));
    for (const row of rows) expect(row.reduce((n, f) => n + spanOf(f.rule), 0)).toBeLessThanOrEqual(12);
  });
  test('words on a problem start under their field or before it', () => {
    const starts = rowsOf(sections[0]?.fields ?? []).map((row) => row.map((f) => f.problemStart));
    expect(starts[0]?.[0]).toBe(1);
    expect(Math.max(...starts.flat())).toBeLessThanOrEqual(3);
  });
});

describe('lines of a receipt', () => {
  const line = (seq: number, more: Partial<ReceiptLine> = {}): ReceiptLine => ({
    seq,
    verb: 'count.record',
    title: 'A',
    code: '1',
    verdict: 'accepted',
    ...more,
  });
  test('what is the same in a row is one line with its numbers', () => {
    const groups = groupLines([line(4), line(5), line(6, { verdict: 'rejected' }), line(7), line(9)]);
    expect(groups.map((g) => [g.seq, g.last, g.verdict])).toEqual([
      [4, 5, 'accepted'],
      [6, 6, 'rejected'],
      [7, 7, 'accepted'],
      [9, 9, 'accepted'],
    ]);
  });
  test('nothing gives nothing', () => expect(groupLines([])).toEqual([]));
});
