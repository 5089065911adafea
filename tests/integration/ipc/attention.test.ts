/** What came back by code, causes counted, receipts found by day and words, proofs: on a real store, the city's words put into it. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { accepted, cityAnswers, rejected } from '../../support/city-answer.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

async function receive(name = 'Trẻ Thử', chain: 'birth' | 'death' = 'birth'): Promise<string> {
  const id = randomUUID();
  const field = chain === 'birth' ? 'child.fullName' : 'deceased.fullName';
  await desk.call('dossier.receive', reception(id, chain, { [field]: name }));
  return id;
}
const cards = () => desk.call('attention.cards', {});
const conflict: Verdict = {
  kind: 'conflict',
  code: 'EVENT_FIELDS_CONFLICT',
  field: 'child.fullName',
  revision: 1,
};
const held: Verdict = { kind: 'held', code: 'EVENT_BASE_UNKNOWN', revision: 0 };

describe('what came back', () => {
  test('is empty on a machine to which nothing came back', async () => {
    expect(await cards()).toEqual([]);
    expect(await desk.call('attention.items', { state: 'returned', code: '', before: null })).toEqual({
      items: [],
      next: null,
    });
  });

  test('stands by state and code, each item under its own card only, and leaves when it is answered', async () => {
    const id = await receive('Bị Trả');
    await receive('Giữ Lại');
    await receive('Được Nhận');
    const judged = [rejected, held, accepted];
    cityAnswers(desk, () => judged.shift() ?? accepted);
    expect((await cards()).map(({ state, code, total }) => [state, code, total]).sort()).toEqual([
      ['held', 'EVENT_BASE_UNKNOWN', 1],
      ['returned', 'FIELD_REQUIRED', 1],
    ]);
    const { items } = await desk.call('attention.items', {
      ...{ state: 'returned', code: 'FIELD_REQUIRED', before: null },
    });
    expect(items).toMatchObject([
      { title: 'Bị Trả', subject: { kind: 'dossier', id }, delivery: { field: 'child.fullName' } },
    ]);
    const { form, revision } = await desk.call('dossier.get', { id });
    const values = { ...form, 'child.fullName': 'Đã Sửa' };
    await desk.call('dossier.correct', { id, base: revision, values, reason: 'theo giấy chứng sinh' });
    expect((await cards()).map((c) => c.state)).toEqual(['held']);
  });

  test('comes in pages: hundreds of items are all reached, each once', async () => {
    for (let i = 0; i < 60; i++) await receive(`Trẻ ${i}`);
    cityAnswers(desk, () => rejected);
    const about = { state: 'returned', code: 'FIELD_REQUIRED' } as const;
    const first = await desk.call('attention.items', { ...about, before: null });
    const second = await desk.call('attention.items', { ...about, before: first.next });
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 10, null]);
    expect(new Set([...first.items, ...second.items].map((i) => i.eventId)).size).toBe(60);
  });

  test.each([
    ['attention.items', { state: 'gone', code: '', before: null }],
    ['attention.items', { state: 'held', code: 'x'.repeat(61), before: null }],
    ['attention.causes', { chain: 'wedding' }],
    ['attention.events', { ids: ['x'] }],
    ['attention.events', { ids: Array.from({ length: 501 }, () => randomUUID()) }],
    ['conflict.get', { event: 'x' }],
    ['conflict.get', { event: randomUUID() }],
    ['receipt.list', { day: '31/12/2026' }],
    ['receipt.list', { q: 'x'.repeat(201) }],
    ['proof.get', { kind: 'receipt', id: 'f'.repeat(64) }],
    ['proof.get', { kind: 'day', id: '2026-02-31' }],
    ['proof.get', { kind: 'wedding', id: 'x' }],
    ['proof.print', { kind: 'receipt', id: 'x', size: 'A4' }],
  ] as const)('%s refuses %j', async (method, input) => {
    expect(await desk.refusal(method, input)).toBe('INPUT_INVALID');
  });

  test('of a machine that is not enrolled nothing is answered', async () => {
    const stranger = openTestDesk({ enrolled: false, seed: 'stranger' });
    try {
      for (const [method, input] of [
        ['attention.cards', {}],
        ['attention.items', { state: 'held', code: '', before: null }],
        ['attention.causes', { chain: null }],
        ['attention.events', { ids: [] }],
        ['conflict.get', { event: randomUUID() }],
        ['proof.get', { kind: 'day', id: '2026-11-20' }],
        ['sync.recovery', {}],
      ] as const)
        expect(await stranger.refusal(method, input), method).toBe('NOT_ENROLLED');
    } finally {
      await dropTestDesk(stranger);
    }
  });

  test('events are told by their ids; those that this machine does not have are named', async () => {
    await receive('Có Ở Đây');
    const { items } = await desk.call('sync.items', { list: 'waiting', before: null });
    const ids = [items[0]?.eventId ?? '', randomUUID()];
    const told = await desk.call('attention.events', { ids });
    expect(told.items.map((i) => i.title)).toEqual(['Có Ở Đây']);
    expect(told.unknown).toEqual(ids.slice(1));
  });
});

describe('causes', () => {
  const causes = async (chain: 'birth' | 'death' | null = null) =>
    (await desk.call('attention.causes', { chain })).causes;
  const ask = async (id: string, items: string[], papers: string[] = []) => {
    const { revision, components } = await desk.call('dossier.get', { id });
    const step = { action: 'ask_supplement', on: null, time: null, items, papers } as const;
    await desk.call('dossier.act', {
      ...{ id, base: revision },
      step: { ...step, components: [components[0]?.code ?? ''] },
    });
  };

  test('count what citizens were asked to complete, papers by their code, and what the city returned, by field', async () => {
    await ask(await receive(), ['Nộp giấy chứng sinh'], ['ks_giay_chung_sinh']);
    await ask(await receive(), ['Nộp giấy chứng sinh', 'Ghi rõ nơi cư trú'], ['ks_giay_chung_sinh']);
    await receive('Bị Trả');
    const verdicts = [accepted, accepted, accepted, accepted, rejected];
    cityAnswers(desk, () => verdicts.shift() ?? accepted);
    const found = await causes();
    expect(found[0]).toEqual({ kind: 'paper', key: 'ks_giay_chung_sinh', field: '', n: 2 });
    expect(found).toContainEqual({ kind: 'code', key: 'FIELD_REQUIRED', field: 'child.fullName', n: 1 });
    expect(found).toContainEqual({ kind: 'item', key: 'Ghi rõ nơi cư trú', field: '', n: 1 });
  });

  test('go by chain, and only five are told', async () => {
    for (let i = 0; i < 7; i++) await ask(await receive('Cụ', 'death'), [`Việc ${i}`]);
    expect(await causes('birth')).toEqual([]);
    expect(await causes('death')).toHaveLength(5);
    expect(await causes()).toHaveLength(5);
  });

  test('of one chain leave conflicts out: nobody avoids them while taking in', async () => {
    await receive();
    cityAnswers(desk, () => conflict);
    expect(await causes()).toMatchObject([{ kind: 'code', key: 'EVENT_FIELDS_CONFLICT' }]);
    expect(await causes('birth')).toEqual([]);
  });

  test('are forgotten after 90 days', async () => {
    await ask(await receive(), ['Việc cũ']);
    await receive('Bị Trả');
    const verdicts = [accepted, accepted, rejected];
    cityAnswers(desk, () => verdicts.shift() ?? accepted);
    expect(await causes()).toHaveLength(2);
    desk.clock.advance(91 * 86_400_000);
    expect(await causes()).toEqual([]);
  });
});

describe('receipts', () => {
  test('are found by the day of the signature, by a name without accents, by the code of the dossier and by their number', async () => {
    const id = await receive('Nguyễn Thị Bé');
    cityAnswers(desk, () => accepted);
    desk.clock.advance(86_400_000);
    await receive('Trần Văn Khác');
    cityAnswers(desk, () => accepted);
    const all = await desk.call('receipt.list', {});
    expect(all).toHaveLength(2);
    const [newer, older] = all.map((r) => r.id);
    const find = async (sought: { day?: string; q?: string }) =>
      (await desk.call('receipt.list', sought)).map((r) => r.id);
    expect(await find({ day: '2026-11-20' })).toEqual([older]);
    expect(await find({ day: '2026-11-21' })).toEqual([newer]);
    expect(await find({ day: '2026-11-19' })).toEqual([]);
    expect(await find({ q: 'nguyen thi be' })).toEqual([older]);
    expect(await find({ q: (await desk.call('dossier.get', { id })).code })).toEqual([older]);
    expect(await find({ q: (newer ?? '').slice(0, 8).toUpperCase() })).toEqual([newer]);
    expect(await find({ q: 'khong co ai' })).toEqual([]);
    expect(await find({ day: '2026-11-20', q: 'tran van khac' })).toEqual([]);
    for (const q of ['"', '*', "' OR 1=1 --", '%', 'a" OR "b']) expect(await find({ q }), q).toEqual([]);
  });

  test('prove a dossier: each event with its receipt, and none where the city has not answered', async () => {
    const id = await receive('Lê Văn Chứng');
    cityAnswers(desk, () => accepted);
    await desk.call('dossier.annotate', { id, changes: { 'code.official': 'H29-1' } });
    const proof = await desk.call('proof.get', { kind: 'dossier', id });
    expect(proof).toMatchObject({
      ...{ kind: 'dossier', name: 'Lê Văn Chứng', officialCode: 'H29-1' },
      events: [
        { verb: 'dossier.receive', here: true, receipt: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) } },
        { verb: 'dossier.annotate', delivery: { state: 'waiting' }, receipt: null },
      ],
    });
    expect(await desk.refusal('proof.get', { kind: 'dossier', id: randomUUID() })).toBe('DOSSIER_NOT_FOUND');
  });

  test('prove a day as it stands', async () => {
    await receive();
    const proof = await desk.call('proof.get', { kind: 'day', id: '2026-11-20' });
    expect(proof).toMatchObject({ kind: 'day', day: { entered: 1, waiting: 1, closed: null } });
  });
});

test('a machine that never had to recover tells of none', async () => {
  expect(await desk.call('sync.recovery', {})).toEqual({ under: null, last: null });
});

test('an event that is no conflict has no two versions', async () => {
  await receive();
  cityAnswers(desk, () => rejected);
  const { items } = await desk.call('attention.items', {
    ...{ state: 'returned', code: 'FIELD_REQUIRED', before: null },
  });
  expect(await desk.refusal('conflict.get', { event: items[0]?.eventId })).toBe('INPUT_INVALID');
});

test('a conflict shows both versions, and both again after the choice', async () => {
  const id = await receive('Tên Ở Thành Phố');
  cityAnswers(desk, () => accepted);
  const { form, revision } = await desk.call('dossier.get', { id });
  const values = { ...form, 'child.fullName': 'Tên Máy Này' };
  await desk.call('dossier.correct', { id, base: revision, values, reason: 'gõ nhầm' });
  cityAnswers(desk, () => conflict);
  const [item] = (
    await desk.call('attention.items', {
      ...{ state: 'conflict', code: 'EVENT_FIELDS_CONFLICT' },
      before: null,
    })
  ).items;
  const event = item?.eventId ?? '';
  const sides = { field: 'child.fullName', mine: 'Tên Máy Này', city: 'Tên Ở Thành Phố', decided: false };
  const before = await desk.call('conflict.get', { event });
  expect(before).toMatchObject({ differing: [sides], closedBy: null, chosen: null, isStep: false });
  desk.clock.advance(60_000);
  await desk.call('dossier.resolve', {
    ...{ id, base: before.revision, event, kept: 'mine', reason: 'theo giấy chứng sinh' },
    ...{ fields: { 'child.fullName': 'mine' }, changes: { 'child.fullName': 'Tên Máy Này' } },
  });
  expect(await cards()).toEqual([]);
  cityAnswers(desk, () => accepted);
  expect(await desk.call('conflict.get', { event })).toMatchObject({
    differing: [sides],
    closedBy: { name: 'Lê Thị Thử', here: true },
    chosen: { 'child.fullName': 'mine' },
  });
});
