/** Named filters: kept on this machine for the person signed in, never events. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { everybody } from '../../support/forms.ts';
import { sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

const late = { ...everybody, state: 'overdue', chain: 'birth', order: 'due' } as const;
const list = () => desk.call('filter.list', {});

test('a filter is kept as it is, under its cleaned name; saved again it is replaced, removed it is gone', async () => {
  await desk.call('filter.save', { name: '  Khai sinh\u00a0quá hạn ', filter: late });
  expect(await list()).toEqual([{ name: 'Khai sinh quá hạn', filter: late }]);
  expect(desk.announced).toEqual([{ announcement: 'changed', body: ['draft'] }]);
  await desk.call('filter.save', { name: 'Khai sinh quá hạn', filter: everybody });
  expect(await list()).toEqual([{ name: 'Khai sinh quá hạn', filter: everybody }]);
  for (let i = 0; i < 2; i++) await desk.call('filter.remove', { name: 'Khai sinh quá hạn' });
  expect(await list()).toEqual([]);
  expect(verifyDesk(desk.desk.db).events).toBe(0);
});
test('filters survive closing and opening', async () => {
  await desk.call('filter.save', { name: 'Quá hạn', filter: late });
  await desk.close();
  desk = openTestDesk({ folder: desk.folder });
  expect(await list()).toEqual([{ name: 'Quá hạn', filter: late }]);
});
test('another person at the machine has none of them, and removes none', async () => {
  sitDown(desk.desk, { id: 'one' });
  await desk.call('filter.save', { name: 'Của tôi', filter: late });
  sitDown(desk.desk, { id: 'two' });
  expect(await list()).toEqual([]);
  await desk.call('filter.remove', { name: 'Của tôi' });
  sitDown(desk.desk, { id: 'one' });
  expect(await list()).toHaveLength(1);
});
test.each([
  [{ name: '', filter: late }, 'INPUT_INVALID'],
  [{ name: '   ', filter: late }, 'FIELD_REQUIRED'],
  [{ name: 'x'.repeat(61), filter: late }, 'INPUT_INVALID'],
  [{ name: 'x', filter: { ...late, state: 'lost' } }, 'INPUT_INVALID'],
  [{ name: 'x', filter: { ...late, extra: 1 } }, 'INPUT_INVALID'],
  [{ name: 'x', filter: { q: '' } }, 'INPUT_INVALID'],
  [{ name: 'x' }, 'INPUT_INVALID'],
])('%j is refused as %s', async (input, code) => {
  expect(await desk.refusal('filter.save', input)).toBe(code);
  expect(await list()).toEqual([]);
});
test('a machine that is not enrolled keeps no filters', async () => {
  const fresh = openTestDesk({ enrolled: false });
  for (const [method, input] of [
    ['filter.list', {}],
    ['filter.save', { name: 'x', filter: late }],
    ['filter.remove', { name: 'x' }],
  ] as const)
    expect(await fresh.refusal(method, input), method).toBe('NOT_ENROLLED');
  await dropTestDesk(fresh);
});
