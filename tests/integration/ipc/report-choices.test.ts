/** Named choices of the reports room: kept on this machine for the person signed in, never events. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { ReportChoice } from '../../../shared/contract/ipc/report.ts';
import { everybody } from '../../support/forms.ts';
import { sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

const month: ReportChoice = {
  ...{ report: 'lien-thong', from: '2026-10-11', to: '2026-11-10', tree: 'own', compare: true },
};
const day: ReportChoice = {
  report: 'ngoai-nganh',
  from: null,
  to: '2023-09-19',
  tree: 'new',
  compare: false,
};
const list = () => desk.call('choice.list', {});

test('a choice is kept as it is, under its cleaned name; saved again it is replaced, removed it is gone', async () => {
  await desk.call('choice.save', { name: '  Báo cáo tháng\u00a011/10-10/11 ', choice: month });
  await desk.call('choice.save', { name: 'Bảng năm 2023', choice: day });
  expect(await list()).toEqual([
    { name: 'Báo cáo tháng 11/10-10/11', choice: month },
    { name: 'Bảng năm 2023', choice: day },
  ]);
  await desk.call('choice.save', { name: 'Bảng năm 2023', choice: month });
  expect((await list()).map((c) => c.choice)).toEqual([month, month]);
  for (let i = 0; i < 2; i++) await desk.call('choice.remove', { name: 'Bảng năm 2023' });
  expect(await list()).toHaveLength(1);
  expect(verifyDesk(desk.desk.db).events).toBe(0);
});
test('what was kept is made again: the same report as by hand', async () => {
  await desk.call('choice.save', { name: 'Tháng', choice: month });
  const [kept] = await list();
  if (!kept) throw new Error('nothing was kept');
  const { tree: _, ...choice } = kept.choice;
  const made = await desk.call('report.make', { ...choice, treeOn: null });
  expect(made).toMatchObject({ id: 'lien-thong', subtitle: 'Từ ngày 11/10/2026 đến ngày 10/11/2026' });
});
test('choices survive closing and opening, and share no names with filters', async () => {
  await desk.call('choice.save', { name: 'Tháng', choice: month });
  await desk.call('filter.save', { name: 'Tháng', filter: everybody });
  await desk.close();
  desk = openTestDesk({ folder: desk.folder });
  expect(await list()).toEqual([{ name: 'Tháng', choice: month }]);
  expect(await desk.call('filter.list', {})).toHaveLength(1);
});
test('another person at the machine has none of them, and removes none', async () => {
  sitDown(desk.desk, { id: 'one' });
  await desk.call('choice.save', { name: 'Của tôi', choice: month });
  sitDown(desk.desk, { id: 'two' });
  expect(await list()).toEqual([]);
  await desk.call('choice.remove', { name: 'Của tôi' });
  sitDown(desk.desk, { id: 'one' });
  expect(await list()).toHaveLength(1);
});
test('one of a report that is no more, or of another shape, is passed over', async () => {
  await desk.call('choice.save', { name: 'Tháng', choice: month });
  const insert = desk.desk.db.$client.prepare(
    "INSERT INTO saved_report SELECT actor, ?, ? FROM saved_report WHERE name = 'Tháng'",
  );
  insert.run('Đã bỏ', JSON.stringify({ ...month, report: 'khong-con' }));
  insert.run('Khác', JSON.stringify({ report: 'lien-thong' }));
  expect((await list()).map((c) => c.name)).toEqual(['Tháng']);
});
test.each([
  [{ name: '', choice: month }, 'INPUT_INVALID'],
  [{ name: '   ', choice: month }, 'FIELD_REQUIRED'],
  [{ name: 'x'.repeat(61), choice: month }, 'INPUT_INVALID'],
  [{ name: 'x', choice: { ...month, report: 'khong-co' } }, 'REPORT_UNKNOWN'],
  [{ name: 'x', choice: { ...month, from: null } }, 'REPORT_WINDOW'],
  [{ name: 'x', choice: { ...day, from: '2023-09-01' } }, 'REPORT_WINDOW'],
  [{ name: 'x', choice: { ...month, to: '2026-10-10' } }, 'WINDOW_REVERSED'],
  [{ name: 'x', choice: { ...month, to: '2026-02-30' } }, 'INPUT_INVALID'],
  [{ name: 'x', choice: { ...month, tree: 'both' } }, 'INPUT_INVALID'],
  [{ name: 'x', choice: { ...month, extra: 1 } }, 'INPUT_INVALID'],
  [{ name: 'x' }, 'INPUT_INVALID'],
])('%j is refused as %s', async (input, code) => {
  expect(await desk.refusal('choice.save', input)).toBe(code);
  expect(await list()).toEqual([]);
});
test('a machine that is not enrolled keeps no choices', async () => {
  const fresh = openTestDesk({ enrolled: false });
  for (const [method, input] of [
    ['choice.list', {}],
    ['choice.save', { name: 'x', choice: month }],
    ['choice.remove', { name: 'x' }],
  ] as const)
    expect(await fresh.refusal(method, input), method).toBe('NOT_ENROLLED');
  await dropTestDesk(fresh);
});
