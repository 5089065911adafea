/** What the papers and the register say of a dossier, through the window's own door. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Input, Output } from '../../../shared/contract/ipc/registry.ts';
import { cityAnswers, rejected } from '../../support/city-answer.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
type Step = Input<'dossier.act'>['step'];
type Receive = Input<'dossier.receive'>;
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

const none = {
  birth: { 'request.idCard': '' },
  death: { 'request.funeral': '', 'request.survivor': '', 'request.headChange': '' },
};
const on = (day: string) => desk.clock.set(`${day}T02:30:00Z`);
const get = () => desk.call('dossier.get', { id: ID });
const take = (chain: 'birth' | 'death', form: Record<string, string> = {}, more: Partial<Receive> = {}) =>
  desk.call('dossier.receive', { ...reception(ID, chain, { ...none[chain], ...form }), ...more });
const slip = async (kind: Input<'slip.get'>['kind']) => (await desk.call('slip.get', { id: ID, kind })).input;
async function act(action: Step['action'], components: string[], more: Partial<Step> = {}): Promise<void> {
  const step: Step = {
    action,
    components,
    on: null,
    time: null,
    reason: 'lý do thử',
    to: 'Công an',
    ...more,
  };
  await desk.call('dossier.act', { id: ID, base: (await get()).revision, step });
}
type Book = Output<'register.get'>['input'];
async function row(from = '2026-11-20', to = '2026-11-30'): Promise<Book['rows'][number] | undefined> {
  return (await desk.call('register.get', { from, to })).input.rows[0];
}

describe('Mẫu 01', () => {
  test.each<[string, 'birth' | 'death', Record<string, string>, string]>([
    ['two components', 'death', {}, 'Khai tử - Xóa thường trú'],
    ['three', 'death', { 'request.funeral': '1' }, 'Khai tử - Xóa thường trú - Mai táng'],
    [
      'four',
      'death',
      { 'request.funeral': '1', 'request.survivor': '1' },
      'Khai tử - Xóa thường trú - Mai táng - Tử tuất',
    ],
    ['no ID card', 'birth', {}, 'Khai sinh - Thường trú - Thẻ BHYT'],
    ['with the ID card', 'birth', { 'request.idCard': '1' }, 'Khai sinh - Thường trú - Thẻ BHYT - Căn cước'],
  ])('names what was asked for and nothing else: %s', async (_, chain, form, words) => {
    await take(chain, form);
    const name = (await get()).form[chain === 'birth' ? 'child.fullName' : 'deceased.fullName'];
    expect((await slip('receipt')).content).toBe(`${words}: ${name}`);
  });
  test('promises no day where a component has none, and the register says the same', async () => {
    await take('death', { 'request.survivor': '1' });
    expect([(await slip('receipt')).dueAt, (await row())?.dueAt]).toEqual(['', '']);
  });
  test('promises the last day of its components where the chain has none, and the register says the same', async () => {
    await take('death', { 'request.funeral': '1' });
    expect([(await slip('receipt')).dueAt, (await row())?.dueAt]).toEqual(['2026-11-26T17:00', '2026-11-26']);
  });
  test('and the register keep the day that was promised, whatever was asked for later', async () => {
    await take('birth');
    await act('ask_supplement', ['K1'], { items: ['Nộp giấy chứng sinh'] });
    on('2026-11-25');
    await act('supplement_arrived', ['K1']);
    expect((await get()).due).toBe('2026-11-30');
    expect([(await slip('receipt')).dueAt, (await row())?.dueAt]).toEqual(['2026-11-26T17:00', '2026-11-26']);
  });
  test('of a ward that is gone bears its name, not that of the ward that had the number of its successor', async () => {
    const { values } = reception(ID, 'birth', { ...none.birth, 'child.birth': '2025-06-10' });
    const past = Object.fromEntries(
      Object.entries(values).filter(([key, v]) => key === 'child.birth' || !/^202[56]-/.test(v)),
    );
    const received = { date: '2025-06-20', time: '09:00' };
    await take('birth', {}, { values: past, commune: '26749@2021-01-01', received });
    const paper = await slip('receipt');
    expect([paper.office.agency, paper.place]).toEqual([
      'Ủy ban nhân dân phường Phạm Ngũ Lão',
      'Phường Phạm Ngũ Lão',
    ]);
    await act('ask_supplement', ['K1'], { items: ['Nộp giấy chứng sinh'] });
    expect((await slip('supplement')).office.agency).toBe('Ủy ban nhân dân phường Bến Thành');
  });
});

describe('Mẫu 04', () => {
  test('asks for the day that was typed, not for that of the component that waits behind', async () => {
    await take('birth');
    await act('extend', ['K1'], { newDue: '2026-11-26' });
    expect((await get()).components.map((c) => c.due)).toEqual(['2026-11-26', '2026-12-01', '2026-11-30']);
    expect((await slip('extension')).newDueAt).toBe('2026-11-26T17:00');
  });
});

describe('the sheet of hand-overs', () => {
  test('lists them as they happened, whenever they were typed', async () => {
    await take('birth');
    await act('result_received', ['K1']);
    on('2026-11-27');
    await act('forward', ['K2'], { on: '2026-11-26', time: '10:00', to: 'Công an phường' });
    await act('result_received', ['K3'], { on: '2026-11-23', time: '09:00' });
    expect((await slip('control')).handOvers.map((h) => [h.givenAt, h.result])).toEqual([
      ['2026-11-20T09:30', ''],
      ['2026-11-20T09:30', 'on_time'],
      ['2026-11-23T09:00', 'early'],
      ['2026-11-26T10:00', ''],
    ]);
  });
  test('judges a result that was taken back no more', async () => {
    await take('birth');
    await act('result_received', ['K1']);
    await act('take_back', ['K1']);
    on('2026-11-23');
    await act('result_received', ['K1']);
    expect((await slip('control')).handOvers.map((h) => h.result)).toEqual(['', '', 'late']);
  });
});

describe('the register', () => {
  test('has a day of handing over only once nothing is open, and none for one that was taken back', async () => {
    await take('birth');
    await act('result_received', ['K1', 'K2', 'K3']);
    await act('give_result', ['K1']);
    expect((await row())?.resultAt).toBe('');
    on('2026-11-23');
    await act('give_result', ['K2', 'K3']);
    expect((await row())?.resultAt).toBe('2026-11-23T09:30');
    await act('take_back', ['K3']);
    expect((await row())?.resultAt).toBe('');
  });
});

test('the summary tells nothing that the city did not take in', async () => {
  await take('birth');
  cityAnswers(desk, (event) => ({ kind: 'accepted', revision: event.base + 1 }));
  await act('result_received', ['K1']);
  cityAnswers(desk, () => ({ ...rejected, revision: 1 }));
  expect((await slip('summary')).history.map((h) => h.what)).toEqual(['Tiếp nhận hồ sơ']);
});
