/** A report that was sent, frozen, against the same report made again. */
import { expect, test } from 'vitest';
import { changeLines, keptNotes } from '../../../../shared/report/change-words.ts';
import { diffReports, freeze } from '../../../../shared/report/frozen.ts';
import type { Report } from '../../../../shared/report/model.ts';
import { key, report, table2023 } from './report-input.ts';

const unit = key('760', '2023-09-19');
const made = (counts = table2023, more: object = {}) => report('ngoai-nganh', { counts, ...more });
const thawed = (r: Report) => JSON.parse(freeze(r)) as Report;

test('nothing changed: no difference, whatever the moment of making', () => {
  const before = thawed(made());
  expect(freeze(made())).toBe(freeze(before));
  expect(diffReports(before, made(table2023, { at: '2024-01-01T00:00:00+07:00' }))).toEqual({
    cells: [],
    rowsAdded: [],
    rowsGone: [],
    columnsAdded: [],
    columnsGone: [],
    paragraphs: [],
    made: [],
  });
});

test('a corrected figure changes its cell and its total; a withdrawn one is blank, not 0', () => {
  const counts = table2023.map((f) =>
    f.unit === unit && f.category === 'hoi_cuu_chien_binh'
      ? { ...f, value: 231 }
      : f.unit === unit && f.category === 'hoi_nong_dan'
        ? { ...f, value: null }
        : f,
  );
  const count = (value: number | null) => ({ kind: 'count', value });
  expect(diffReports(thawed(made()), made(counts)).cells).toEqual([
    { row: unit, column: 'hoi_cuu_chien_binh', frozen: count(230), now: count(231) },
    { row: unit, column: 'hoi_nong_dan', frozen: count(0), now: count(null) },
    { row: 'total', column: 'hoi_cuu_chien_binh', frozen: count(33_370), now: count(33_371) },
  ]);
});

test('another tree: other rows, told as such, and what it was made from', () => {
  const diff = diffReports(made(), made(table2023, { treeOn: '2025-07-01', catalogueVersion: 'mới' }));
  expect(diff.rowsGone).toHaveLength(22);
  expect(diff.rowsAdded).toHaveLength(169);
  expect(diff.made).toEqual([
    { what: 'treeOn', frozen: '2023-09-19', now: '2025-07-01' },
    { what: 'catalogueVersion', frozen: 'thử', now: 'mới' },
  ]);
});

test('another wording and another column', () => {
  const before = made();
  const now = {
    ...before,
    paragraphs: ['mới'],
    columns: [...before.columns, { key: 'x', title: '', short: '', kind: 'text' as const }],
  };
  const diff = diffReports(before, now);
  expect(diff.paragraphs).toEqual([{ frozen: '', now: 'mới' }]);
  expect(diff.columnsAdded).toEqual(['x']);
  expect(diffReports(now, before).columnsGone).toEqual(['x']);
});

const AT = '2023-09-20T02:05:00.000Z';
const raised = (by: number) => table2023.map((f) => ({ ...f, value: Number(f.value) + by }));

test('the changes in words: which row, which column, then and now', () => {
  const counts = table2023.map((f) =>
    f.unit === unit && f.category === 'hoi_nong_dan' ? { ...f, value: 7 } : f,
  );
  const before = made();
  expect(changeLines(before, diffReports(before, made(counts)))).toEqual([
    'Quận 1, HỘI NÔNG DÂN: khi chốt 0, nay 7',
    'Tổng, HỘI NÔNG DÂN: khi chốt 26.770, nay 26.777',
  ]);
});
test('rows, columns, paragraphs and the tree in words', () => {
  const before = made();
  const lines = changeLines(
    before,
    diffReports(before, made(table2023, { treeOn: '2025-07-01', catalogueVersion: 'mới' })),
  );
  expect(lines.slice(-4)).toEqual([
    'Thêm 169 dòng',
    'Bớt 22 dòng',
    'Danh mục hoặc kỳ: khi chốt 2023-09-19, nay 2025-07-01',
    'Danh mục hoặc kỳ: khi chốt thử, nay mới',
  ]);
});
test.each([
  ['nothing changed', table2023, 'Số liệu chốt lúc 09:05 ngày 20/09/2023. Đến nay không có gì đổi.', 1],
  [
    'every cell changed: ten are told, the rest by their number',
    raised(1),
    'Số liệu chốt lúc 09:05 ngày 20/09/2023. Từ khi chốt đã đổi 184 chỗ; bảng này giữ số lúc chốt:',
    12,
  ],
])('notes of a kept report: %s', (_, counts, first, lines) => {
  const before = made();
  const notes = keptNotes(before, { at: AT, changes: diffReports(before, made(counts)) });
  expect(notes).toHaveLength(lines);
  expect(notes[0]).toBe(first);
  if (lines > 1) expect(notes.at(-1)).toBe('Và 174 chỗ khác.');
});
test('notes of a kept report that cannot be made again', () => {
  expect(keptNotes(made(), { at: AT, changes: null })).toEqual([
    'Số liệu chốt lúc 09:05 ngày 20/09/2023. Không lập lại được báo cáo này để so với hiện nay.',
  ]);
});
