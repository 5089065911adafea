/** Drafts: kept as typed, private to the person, alive after a restart, never events. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
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

describe('the draft of a colleague who is away', () => {
  const away = { id: 'person-away', role: 'clerk' as const };
  const lead = { id: 'person-lead', role: 'head' as const };
  const log = () =>
    desk.desk.db.$client
      .prepare("SELECT raw FROM access WHERE action = 'draft.take' ORDER BY seq")
      .pluck()
      .all()
      .map((raw) => JSON.parse(String(raw)) as Record<string, unknown>);
  beforeEach(async () => {
    sitDown(desk.desk, away);
    await save(ID, rough);
  });

  test('is opened as a copy by who leads, with a reason; his own stays, the log has it, and he is told', async () => {
    sitDown(desk.desk, lead);
    const [listed] = await desk.call('draft.others', {});
    expect(listed).toMatchObject({ id: ID, chain: 'birth' });
    const { id } = await desk.call('draft.take', { id: ID, reason: ' Dân chờ,\u200b chị Hoa nghỉ ốm ' });
    expect(id).not.toBe(ID);
    expect((await desk.call('draft.get', { id }))?.values).toEqual(rough);
    expect((await desk.call('draft.list', {})).map((one) => one.id)).toEqual([id]);
    expect(log()).toMatchObject([
      {
        outcome: 'done',
        subject: { kind: 'person', id: away.id },
        why: 'Dân chờ, chị Hoa nghỉ ốm',
        facts: { draft: ID },
      },
    ]);
    expect(JSON.stringify(log())).not.toContain('đỗ');
    expect(await desk.call('access.about-me', {})).toEqual([]);
    sitDown(desk.desk, away);
    expect((await desk.call('draft.get', { id: ID }))?.values).toEqual(rough);
    expect(await desk.call('access.about-me', {})).toMatchObject([
      { action: 'draft.take', why: 'Dân chờ, chị Hoa nghỉ ốm' },
    ]);
  });
  test.each<[string, 'head' | 'clerk', { id: string; reason: string }, string]>([
    ['without a reason', 'head', { id: ID, reason: '  ' }, 'REASON_REQUIRED'],
    ['that is gone', 'head', { id: OTHER, reason: 'x' }, 'DRAFT_NOT_FOUND'],
    ['by another clerk', 'clerk', { id: ID, reason: 'x' }, 'FORBIDDEN'],
  ])('%s is not opened, and nothing is left behind', async (_, role, input, code) => {
    sitDown(desk.desk, { id: 'person-other', role });
    expect(await desk.refusal('draft.take', input)).toBe(code);
    expect(await desk.call('draft.list', {})).toEqual([]);
    expect(log().filter((entry) => entry.outcome === 'done')).toEqual([]);
  });
  test('and one’s own is not of others', async () => {
    sitDown(desk.desk, lead);
    await save(OTHER, {});
    expect((await desk.call('draft.others', {})).map((one) => one.id)).toEqual([ID]);
    expect(await desk.refusal('draft.take', { id: OTHER, reason: 'x' })).toBe('DRAFT_NOT_FOUND');
  });
});
