// Paging of a long list.
import { expect, test } from 'vitest';
import { PAGE, pageSlice, pagesOf, RowCache } from '../../../renderer/data/row-pages.ts';

test('a window asks for the pages it touches and no others', () => {
  expect(pagesOf(0, 30, 100_000)).toEqual([0]);
  expect(pagesOf(95, 130, 100_000)).toEqual([0, 1]);
  expect(pagesOf(99_990, 100_050, 100_000)).toEqual([999]);
  expect(pagesOf(0, -1, 100_000)).toEqual([]);
  expect(pagesOf(0, 30, 0)).toEqual([]);
});

test('the last page may be short', () => {
  const index = Uint32Array.from({ length: 250 }, (_, i) => i + 1);
  expect(pageSlice(index, 2)).toHaveLength(250 - 2 * PAGE);
});

test('the cache forgets the rows put longest ago', () => {
  const cache = new RowCache<{ readonly n: number }>(2);
  for (const n of [1, 2, 1, 3]) cache.put({ n });
  expect([1, 2, 3].map((n) => cache.get(n)?.n)).toEqual([1, undefined, 3]);
});
