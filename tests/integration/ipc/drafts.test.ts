/** Drafts: kept as typed, private to the person, alive after a restart, never events. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

const rough = {
  'child.fullName': '  đỗ\u200b',
  'child.birth': '31/02/',
  'child.sex': 'x',
  'unknown.field': '=1+1',
  'requester.phone': '',
};
const save = (id: string, values: Record<string, string>) =>
  desk.call('draft.save', { id, chain: 'birth', values });

test('whatever stands in the fields is kept letter for letter, and is no event', async () => {
  await save(ID, rough);
  expect(await desk.call('draft.get', { id: ID })).toEqual({
    id: ID,
    chain: 'birth',
    values: rough,
    savedAt: '2026-11-20T02:30:00.000Z',
  });
  expect(verifyDesk(desk.desk.db)).toEqual({ events: 0, subjects: 0, problems: [] });
  expect(desk.announced).toEqual([{ announcement: 'changed', body: ['draft'] }]);
});
test('the list shows the newest first, by name; saving again replaces', async () => {
  await save(ID, { 'child.fullName': 'Một' });
  desk.clock.advance(1000);
  await save(OTHER, {});
  desk.clock.advance(1000);
  await save(ID, { 'child.fullName': 'Hai' });
  expect((await desk.call('draft.list', {})).map((d) => [d.id, d.subjectName])).toEqual([
    [ID, 'Hai'],
    [OTHER, ''],
  ]);
});
test('a draft survives closing and opening', async () => {
  await save(ID, rough);
  await desk.close();
  desk = openTestDesk({ folder: desk.folder });
  expect((await desk.call('draft.get', { id: ID }))?.values).toEqual(rough);
});
test('a discarded draft is gone; discarding again is harmless', async () => {
  await save(ID, rough);
  for (let i = 0; i < 2; i++) await desk.call('draft.discard', { id: ID });
  expect([await desk.call('draft.get', { id: ID }), await desk.call('draft.list', {})]).toEqual([null, []]);
});
test('another person at the machine neither sees, changes nor discards it', async () => {
  sitDown(desk.desk, { id: 'one' });
  await save(ID, rough);
  sitDown(desk.desk, { id: 'two' });
  expect([
    await desk.call('draft.list', {}),
    await desk.call('draft.get', { id: ID }),
    (await desk.call('today.get', {})).drafts,
  ]).toEqual([[], null, 0]);
  await save(ID, { 'child.fullName': 'của người khác' });
  await desk.call('draft.discard', { id: ID });
  sitDown(desk.desk, { id: 'one' });
  expect((await desk.call('draft.get', { id: ID }))?.values).toEqual(rough);
});
test.each([
  { id: 'x', chain: 'birth', values: {} },
  { id: ID, chain: 'marriage', values: {} },
  { id: ID, chain: 'birth', values: { a: 1 } },
  { id: ID, chain: 'birth', values: { ['k'.repeat(61)]: 'x' } },
  { id: ID, chain: 'birth', values: { a: 'x'.repeat(2001) } },
  { id: ID, chain: 'birth' },
])('a draft of another shape is refused: %j', async (input) => {
  expect(await desk.refusal('draft.save', input)).toBe('INPUT_INVALID');
});
test('a machine that is not enrolled keeps no drafts', async () => {
  const fresh = openTestDesk({ enrolled: false });
  expect(await fresh.refusal('draft.save', { id: ID, chain: 'birth', values: {} })).toBe('NOT_ENROLLED');
  expect(await fresh.refusal('draft.discard', { id: ID })).toBe('NOT_ENROLLED');
  await dropTestDesk(fresh);
});
