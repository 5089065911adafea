/** What is half typed outside the forms of dossiers: kept as typed, private to its author, gone when it is done or forgotten. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { testClock } from '../../support/clock.ts';
import { sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const clock = testClock('2026-11-20T02:00:00Z');
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ clock });
});
afterEach(() => dropTestDesk(desk));
const DAY = 'day/2026-11-20';

test('it is there after a restart exactly as typed, and is no event', async () => {
  expect(await desk.call('typed.get', { about: DAY })).toEqual({});
  const values = { waiting: '  mất mạng từ 16 giờ ', returned: '' };
  await desk.call('typed.save', { about: DAY, values });
  await desk.call('typed.save', { about: 'conflict/a@3', values: { 'child.fullName': 'mine' } });
  await desk.close();
  desk = openTestDesk({ folder: desk.folder, clock });
  expect(await desk.call('typed.get', { about: DAY })).toEqual(values);
  expect(await desk.call('typed.get', { about: 'conflict/a@3' })).toEqual({ 'child.fullName': 'mine' });
  expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 0, problems: [] });
  expect((await desk.call('sync.state', {})).waiting).toBe(0);
});

test('what is done leaves nothing, and what nobody came back to is forgotten after three months', async () => {
  await desk.call('typed.save', { about: DAY, values: { waiting: 'x' } });
  await desk.call('typed.save', { about: DAY, values: {} });
  expect(await desk.call('typed.get', { about: DAY })).toEqual({});
  await desk.call('typed.save', { about: DAY, values: { waiting: 'x' } });
  clock.advance(91 * 86_400_000);
  await desk.call('typed.save', { about: 'day/2027-02-19', values: { waiting: 'y' } });
  expect(await desk.call('typed.get', { about: DAY })).toEqual({});
});

test.each(['', 'day', 'day/', 'settings/x', 'day/../x', `day/${'1'.repeat(81)}`, 'conflict/a b'])(
  'it is not kept about %j',
  async (about) => {
    expect(await desk.refusal('typed.save', { about, values: {} })).toBe('INPUT_INVALID');
    expect(await desk.refusal('typed.get', { about })).toBe('INPUT_INVALID');
  },
);

test('a machine that is not enrolled keeps nothing', async () => {
  const stranger = openTestDesk({ enrolled: false, seed: 'stranger' });
  expect(await stranger.refusal('typed.save', { about: DAY, values: {} })).toBe('NOT_ENROLLED');
  expect(await stranger.refusal('typed.get', { about: DAY })).toBe('NOT_ENROLLED');
  await dropTestDesk(stranger);
});

test('another person at the machine neither sees nor changes it', async () => {
  sitDown(desk.desk, { id: 'one' });
  await desk.call('typed.save', { about: DAY, values: { waiting: 'của một' } });
  sitDown(desk.desk, { id: 'two' });
  expect(await desk.call('typed.get', { about: DAY })).toEqual({});
  await desk.call('typed.save', { about: DAY, values: { waiting: 'của hai' } });
  sitDown(desk.desk, { id: 'one' });
  expect(await desk.call('typed.get', { about: DAY })).toEqual({ waiting: 'của một' });
});
