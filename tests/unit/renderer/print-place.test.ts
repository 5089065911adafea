/** Addresses of the print window: what they name, and what they must not. */
import { expect, test } from 'vitest';
import { printPlace } from '../../../renderer/screens/print/print-place.ts';

test('a slip of a dossier', () => {
  expect(printPlace('#/print/slip/0192-ab/receipt/A5')).toEqual({
    paper: 'slip',
    request: { id: '0192-ab', kind: 'receipt' },
    size: 'A5',
  });
});

test('the register of a window, on A4 always', () => {
  expect(printPlace('#/print/register/2026-11-01/2026-11-20')).toEqual({
    paper: 'register',
    request: { from: '2026-11-01', to: '2026-11-20' },
    size: 'A4',
  });
});

test('the notice of a lost machine, with the moment of its finding', () => {
  expect(printPlace(`#/print/notice/12/${Date.parse('2026-11-20T01:30:00Z')}`)).toEqual({
    paper: 'notice',
    request: { no: 12, foundAt: '2026-11-20T01:30:00.000Z' },
    size: 'A4',
  });
});

test('the answer to a person, by the number of the request alone', () => {
  const id = '11111111-1111-4111-8111-111111111111';
  expect(printPlace(`#/print/person/${id}`)).toEqual({ paper: 'person', request: { id }, size: 'A4' });
});

test.each([
  '',
  '#/print/person/079196004217',
  '#/print/notice/0/1763604000000',
  '#/print/notice/12/99999999999999999',
  '#/print/notice/12/now',
  '#/print/report/ngoai-nganh/-/2026-11-20/-/0',
  '#/print/slip/x/receipt/A3',
  '#/print/slip/x/register/A4',
  '#/print/slip/x/unknown/A4',
  '#/print/slip//receipt/A4',
  '#/print/slip/x/y/receipt/A4',
  '#/print/slip/%E0%A4%A/receipt/A4',
  '#/print/register/2026-02-31/2026-03-01',
  '#/print/register/../2026-03-01',
  'x#/print/slip/x/receipt/A4',
])('%j names no paper', (hash) => {
  expect(printPlace(hash)).toBeNull();
});
