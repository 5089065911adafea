// What people read in rows: fields of the form as on paper, lines of a receipt taken together.
import { describe, expect, test } from 'vitest';
import { hintOf, rowsOf, spanOf } from '../../../renderer/screens/dossiers/intake/layout.ts';
import { groupLines, type ReceiptLine } from '../../../renderer/ui/receipt-lines.ts';
import { forms } from '../../../shared/domain/dossier-form.ts';
import type { FieldRule } from '../../../shared/domain/field-rule.ts';

const sections = Object.values(forms).flat();

describe('rows of a form', () => {
  test.each(sections.map((s) => [s.key, s] as const))('%s keeps its order and fits', (_, section) => {
    const rows = rowsOf(section.fields);
    expect(rows.flat().map((f) => f.rule.key)).toEqual(section.fields.map((f) => f.key));
    for (const row of rows) expect(row.reduce((n, f) => n + spanOf(f.rule), 0)).toBeLessThanOrEqual(12);
  });
  test.each(sections.map((s) => [s.key, s] as const))('%s fills each row that has a text', (_, section) => {
    const whole = rowsOf(section.fields);
    const usual = rowsOf(section.fields.filter((f) => !f.rare && f.when === null));
    for (const row of [...whole, ...usual].filter((r) => r.some((f) => /name|text|email/.test(f.rule.kind))))
      expect(
        row.reduce((n, f) => n + f.span, 0),
        row.map((f) => f.rule.key).join(),
      ).toBe(12);
  });
  test('room that is left goes to the longest text, a row without texts stays short', () => {
    const field = (key: string, kind: FieldRule['kind'], span: number): FieldRule => ({
      key,
      kind,
      span,
      required: false,
      rare: false,
      when: null,
    });
    const spans = (...fields: readonly FieldRule[]) =>
      rowsOf(fields).map((row) => row.map((f) => [f.rule.key, f.span]));
    expect(spans(field('a', 'date', 2), field('b', 'text', 3), field('c', 'name', 4))).toEqual([
      [
        ['a', 2],
        ['b', 3],
        ['c', 7],
      ],
    ]);
    expect(spans(field('a', 'flag', 3), field('b', 'choice', 4))).toEqual([
      [
        ['a', 3],
        ['b', 4],
      ],
    ]);
    expect(spans(field('a', 'text', 8), field('b', 'text', 5))).toEqual([[['a', 12]], [['b', 12]]]);
    expect(spans()).toEqual([]);
  });
  test('blank fields say how they are written', () => {
    const hints = Object.fromEntries(sections.flatMap((s) => s.fields).map((f) => [f.key, hintOf(f)]));
    expect(hints).toMatchObject({
      'child.birth': 'dd/mm/yyyy',
      'mother.birth': 'ngày hoặc năm',
      'death.time': 'giờ, nếu rõ',
      'funeral.amount': 'ví dụ 1.234.000',
      'marriage.number': '01/2024',
      'child.fullName': undefined,
    });
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
