/** Conflicts that this machine closes, dossiers that it has handed over, days that it has closed: through the window's own door. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import { keepCityDay } from '../../../db/queries/day.ts';
import { parseEvent } from '../../../db/queries/event.ts';
import { rebuildDesk, verifyDesk } from '../../../db/rebuild.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { roles } from '../../../shared/domain/verbs.ts';
import type { Verdict } from '../../../shared/domain/verdict.ts';
import { must } from '../../../shared/lib/must.ts';
import { accepted, cityAnswers } from '../../support/city-answer.ts';
import { cityJudges } from '../../support/city-judges.ts';
import { COMMUNE, everybody, reception } from '../../support/forms.ts';
import { sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const STRANGER = '22222222-2222-4222-8222-222222222222';
let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk();
});
afterEach(() => dropTestDesk(desk));

const conflict = (field: string): Verdict => ({
  ...{ kind: 'conflict', code: 'EVENT_FIELDS_CONFLICT', revision: 1 },
  field,
});
const detail = () => desk.call('dossier.get', { id: ID });
const events = (): Event[] =>
  (desk.desk.db.$client.prepare('SELECT raw FROM event ORDER BY n').pluck().all() as string[]).map(
    parseEvent,
  );
const newest = () => must(events().at(-1), 'an event');
const returned = async () => (await desk.call('sync.items', { list: 'returned', before: null })).items;

async function correct(values: Record<string, string>): Promise<string> {
  const { form, revision } = await detail();
  const all = { ...form, ...values };
  await desk.call('dossier.correct', { id: ID, base: revision, values: all, reason: 'gõ nhầm' });
  return newest().id;
}
/** The dossier stands at the city, and a correction of this machine came back as a conflict. */
async function inConflict(values: Record<string, string> = { 'child.fullName': 'Trần Thị Mới' }) {
  await desk.call('dossier.receive', reception(ID, 'birth'));
  cityAnswers(desk, () => accepted);
  const event = await correct(values);
  cityAnswers(desk, () => conflict(Object.keys(values).join(', ')));
  return event;
}
async function choice(
  event: string,
  more: Partial<Input<'dossier.resolve'>> = {},
): Promise<Input<'dossier.resolve'>> {
  const { revision: base } = await detail();
  return {
    ...{ id: ID, base, event, kept: 'mine', fields: { 'child.fullName': 'mine' } },
    ...{ changes: { 'child.fullName': 'Trần Thị Mới' }, reason: 'theo giấy chứng sinh' },
    ...more,
  };
}
const city = { kept: 'city', fields: { 'child.fullName': 'city' }, changes: {} } as const;

describe('a correction in conflict', () => {
  test('kept: its value is set anew on the city state, and it leaves the list', async () => {
    const event = await inConflict();
    expect((await detail()).form['child.fullName']).not.toBe('Trần Thị Mới');
    expect((await returned()).map((i) => i.eventId)).toEqual([event]);
    await desk.call('dossier.resolve', await choice(event));
    expect((await detail()).form['child.fullName']).toBe('Trần Thị Mới');
    expect(await returned()).toEqual([]);
    expect(newest()).toMatchObject({ verb: 'dossier.resolve', body: { event, kept: 'mine' } });
    const [entry] = (await detail()).history;
    expect(entry).toMatchObject({ resolves: { event, kept: 'mine' }, reason: 'theo giấy chứng sinh' });
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    rebuildDesk(desk.desk.db);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('left to the city: nothing changes, it leaves the list, and both versions stay in the history', async () => {
    const event = await inConflict();
    const before = (await detail()).form;
    await desk.call('dossier.resolve', await choice(event, city));
    expect((await detail()).form).toEqual(before);
    expect(await returned()).toEqual([]);
    expect((await detail()).history.map((h) => h.verb)).toEqual([
      'dossier.resolve',
      'dossier.correct',
      'dossier.receive',
    ]);
    expect(events().some((e) => e.id === event)).toBe(true);
  });
  test('that was corrected anew is answered, and what came back of that is open', async () => {
    const first = await inConflict();
    const second = await correct({ 'father.fullName': 'Trần Văn Cả' });
    cityAnswers(desk, () => conflict('father.fullName'));
    expect((await returned()).map((i) => i.eventId)).toEqual([second]);
    expect(await desk.refusal('dossier.resolve', await choice(first, city))).toBe('CONFLICT_NOT_OPEN');
    expect((await returned()).map((i) => i.eventId)).toEqual([second]);
    await desk.call(
      'dossier.resolve',
      await choice(second, { kept: 'city', fields: { 'father.fullName': 'city' }, changes: {} }),
    );
    expect(await returned()).toEqual([]);
  });
  test('two sent together are both open until each is closed by itself; the list of dossiers says the same', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    cityAnswers(desk, () => accepted);
    const first = await correct({ 'child.fullName': 'Trần Thị Mới' });
    const second = await correct({ 'father.fullName': 'Trần Văn Cả' });
    // The city's word comes an hour after both were typed: neither is an answer to the other.
    desk.clock.set('2026-11-20T04:00:00Z');
    cityAnswers(desk, (e) => conflict(Object.keys(e.body['changes'] as object).join()));
    const open = async () =>
      [...(await desk.call('dossier.index', { ...everybody, state: 'returned' }))].length;
    expect((await returned()).map((i) => i.eventId)).toEqual([second, first]);
    await desk.call('dossier.resolve', await choice(first, city));
    expect([(await returned()).map((i) => i.eventId), await open()]).toEqual([[second], 1]);
    expect(await desk.refusal('dossier.resolve', await choice(first, city))).toBe('CONFLICT_NOT_OPEN');
    const fields = { 'father.fullName': 'mine' } as const;
    await desk.call(
      'dossier.resolve',
      await choice(second, { fields, changes: { 'father.fullName': 'Trần Văn Cả' } }),
    );
    expect([await returned(), await open()]).toEqual([[], 0]);
  });
  test('is not answered by what was typed on the same dossier before the city said so', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    cityAnswers(desk, () => accepted);
    const name = await correct({ 'child.fullName': 'Trần Thị Mới' });
    await desk.call('dossier.annotate', { id: ID, changes: { 'code.official': 'H29-1' } });
    desk.clock.set('2026-11-20T04:00:00Z');
    cityAnswers(desk, (e) => (e.id === name ? conflict('child.fullName') : accepted));
    expect((await returned()).map((i) => i.eventId)).toEqual([name]);
  });
  test('may ask for a component: it is added with its clock, as by a correction', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
    cityAnswers(desk, () => accepted);
    const event = await correct({ 'request.idCard': '1' });
    cityAnswers(desk, () => conflict('request.idCard'));
    expect((await detail()).components.map((c) => c.code)).not.toContain('K4');
    const fields = { 'request.idCard': 'mine' } as const;
    await desk.call('dossier.resolve', await choice(event, { fields, changes: { 'request.idCard': '1' } }));
    expect((await detail()).components.map((c) => c.code)).toContain('K4');
    expect(cityJudges(desk).at(-1)).toMatchObject({ kind: 'accepted' });
  });
  test('a note in conflict is kept as a note', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    await desk.call('dossier.annotate', { id: ID, changes: { 'code.official': 'H29-1' } });
    cityAnswers(desk, (e) => (e.verb === 'dossier.receive' ? accepted : conflict('code.official')));
    const more = { fields: { 'code.official': 'mine' as const }, changes: { 'code.official': 'H29-1' } };
    await desk.call('dossier.resolve', await choice(newest().id, more));
    expect((await detail()).form['code.official']).toBe('H29-1');
  });
  test.each<[string, Partial<Input<'dossier.resolve'>>, string]>([
    ['an event that is not there', { event: STRANGER }, 'CONFLICT_NOT_OPEN'],
    ['a dossier that is not there', { id: STRANGER }, 'DOSSIER_NOT_FOUND'],
    ['a blank reason', { reason: ' ' }, 'REASON_REQUIRED'],
    ['an old revision', { base: 0 }, 'DOSSIER_CHANGED'],
    ['a value for a field of the city', { ...city, changes: { 'child.fullName': 'X' } }, 'INPUT_INVALID'],
    ['a value for a field that was not named', { changes: { 'child.sex': 'nu' } }, 'INPUT_INVALID'],
    ['a word that does not fit the fields', { kept: 'mixed' }, 'INPUT_INVALID'],
    ['a step as a field', { fields: { 'component/K1': 'mine' }, changes: {} }, 'RESOLVE_CITY_ONLY'],
    ['a value that stops a dossier', { changes: { 'child.fullName': ' ' } }, 'DOSSIER_INCOMPLETE'],
  ])('is not closed by %s, and nothing is left behind', async (_, wrong, code) => {
    const event = await inConflict();
    const before = events().length;
    expect(await desk.refusal('dossier.resolve', await choice(event, wrong))).toBe(code);
    expect([events().length, desk.reports]).toEqual([before, []]);
  });
  test('is closed by clerk, head and officer only', async () => {
    const event = await inConflict();
    for (const role of roles) {
      sitDown(desk.desk, { id: `person-${role}`, role });
      const may = ['clerk', 'head', 'officer'].includes(role);
      const said = await desk.refusal('dossier.resolve', await choice(event, { reason: ' ' }));
      expect(said, role).toBe(may ? 'REASON_REQUIRED' : 'FORBIDDEN');
    }
  });
});

test('a step in conflict is taken from the city only, and may be done again', async () => {
  await desk.call('dossier.receive', reception(ID, 'birth'));
  cityAnswers(desk, () => accepted);
  const step = { action: 'result_received', components: ['K1'], on: null, time: null } as const;
  await desk.call('dossier.act', { id: ID, base: 1, step: { ...step, components: ['K1'] } });
  const event = newest().id;
  cityAnswers(desk, () => conflict('component/K1'));
  const fields = { 'child.fullName': 'mine' } as const;
  expect(await desk.refusal('dossier.resolve', await choice(event, { fields }))).toBe('RESOLVE_CITY_ONLY');
  const closed = { kept: 'city', fields: { 'component/K1': 'city' }, changes: {} } as const;
  await desk.call('dossier.resolve', await choice(event, closed));
  expect(await returned()).toEqual([]);
  const { revision } = await detail();
  await desk.call('dossier.act', { id: ID, base: revision, step: { ...step, components: ['K1'] } });
  expect((await detail()).components[0]?.state).toBe('done');
});

describe('a figure in conflict', () => {
  const counts = (value: number): Input<'count.record'> => ({
    ...{ asOf: '2026-11-01', form: null, from: null, source: 'typed' },
    units: [{ unit: COMMUNE, cells: [{ category: 'hoi_nong_dan', measure: 'tong', value }] }],
  });
  const cell = (value: number) => ({ category: 'hoi_nong_dan', measure: 'tong', value });
  const figure = async () =>
    (await desk.call('count.grid', { asOf: '2026-11-01', form: null, from: null })).rows[0]?.cells[
      'hoi_nong_dan/tong'
    ];
  const sheet = `${COMMUNE}:2026-11-01`;
  async function typed(): Promise<Input<'sheet.resolve'>> {
    await desk.call('count.record', counts(5));
    cityAnswers(desk, () => accepted);
    await desk.call('count.record', counts(9));
    cityAnswers(desk, () => conflict('hoi_nong_dan/tong'));
    return { id: sheet, event: newest().id, kept: 'mine', cells: [cell(9)], reason: 'theo danh sách' };
  }
  test('is kept, or left to the city; either way it leaves the list', async () => {
    const mine = await typed();
    expect(await figure()).toBe(5);
    await desk.call('sheet.resolve', mine);
    expect([await figure(), await returned()]).toEqual([9, []]);
    expect(cityJudges(desk).at(-1)).toMatchObject({ kind: 'accepted' });
    cityAnswers(desk, () => accepted);
    await desk.call('count.record', counts(12));
    cityAnswers(desk, () => conflict('hoi_nong_dan/tong'));
    await desk.call('sheet.resolve', { ...mine, event: newest().id, kept: 'city', cells: [] });
    expect([await figure(), await returned()]).toEqual([9, []]);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test.each<[string, Partial<Input<'sheet.resolve'>>, string]>([
    ['figures although the city is kept', { kept: 'city' }, 'INPUT_INVALID'],
    ['no figures although this machine is', { cells: [] }, 'INPUT_INVALID'],
    ['a figure that the form has not', { cells: [{ ...cell(1), measure: 'nam' }] }, 'CATEGORY_UNKNOWN'],
    ['a sheet that is not there', { id: 'x' }, 'SHEET_EMPTY'],
    ['another event', { event: STRANGER }, 'CONFLICT_NOT_OPEN'],
    ['a blank reason', { reason: '' }, 'REASON_REQUIRED'],
  ])('is not closed by %s', async (_, wrong, code) => {
    const mine = await typed();
    const before = events().length;
    expect(await desk.refusal('sheet.resolve', { ...mine, ...wrong })).toBe(code);
    expect(events().length).toBe(before);
  });
});

describe('a dossier that was handed over', () => {
  const NEXT = '26740@2025-07-01';
  beforeEach(async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    await desk.call('dossier.transfer', {
      id: ID,
      base: 1,
      to: NEXT,
      reason: ' nhầm địa bàn ',
      receivedBy: 'Bà Thử',
    });
  });
  test('says where it is, on its page, in the list and in its history', async () => {
    const { holder, handled, transfers, history } = await detail();
    expect([holder?.key, handled]).toEqual([NEXT, false]);
    expect(transfers).toMatchObject([{ to: { key: NEXT }, reason: 'nhầm địa bàn', receivedBy: 'Bà Thử' }]);
    expect(history[0]).toMatchObject({ verb: 'dossier.transfer', transfer: { receivedBy: 'Bà Thử' } });
    const ns = [...(await desk.call('dossier.index', { ...everybody, state: 'moved' }))];
    const [row] = await desk.call('dossier.rows', { ns });
    expect(row?.moved).toEqual({ way: 'to', unit: holder?.name });
    expect(cityJudges(desk).map((v) => v.kind)).toEqual(['accepted', 'accepted']);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    rebuildDesk(desk.desk.db);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('is read only here: every way to write says who has it', async () => {
    const { form, revision } = await detail();
    const step = { action: 'result_received', components: ['K1'], on: null, time: null };
    for (const [method, input] of [
      ['dossier.act', { id: ID, base: revision, step }],
      ['dossier.annotate', { id: ID, changes: { 'code.official': 'H29-1' } }],
      [
        'dossier.correct',
        { id: ID, base: revision, values: { ...form, 'child.fullName': 'X' }, reason: 'x' },
      ],
      ['dossier.transfer', { id: ID, base: revision, to: COMMUNE, reason: 'x', receivedBy: '' }],
    ] as const)
      expect(await desk.refusal(method, input), method).toBe('DOSSIER_HANDED_OVER');
    expect(events()).toHaveLength(2);
  });
  test('is no work of this office any more, but stands in its register', async () => {
    desk.clock.set('2026-12-20T02:30:00Z');
    const today = await desk.call('today.get', {});
    expect([today.overdue, today.dueSoon]).toEqual([[], []]);
    expect([...(await desk.call('dossier.index', { ...everybody, state: 'overdue' }))]).toEqual([]);
    expect([...(await desk.call('dossier.index', everybody))]).toHaveLength(1);
    const book = await desk.call('register.get', { from: '2026-11-01', to: '2026-11-30' });
    expect(book.input.rows).toHaveLength(1);
  });
  test('at the ward that has it, it is work, comes from elsewhere, and stands in no register', async () => {
    desk.desk.db.$client.prepare("UPDATE device_state SET office = '26740'").run();
    desk.clock.set('2026-12-20T02:30:00Z');
    expect((await detail()).handled).toBe(true);
    const { overdue } = await desk.call('today.get', {});
    expect(overdue.map((row) => row.moved)).toEqual([{ way: 'from', unit: 'Phường Bến Thành' }]);
    const book = await desk.call('register.get', { from: '2026-11-01', to: '2026-11-30' });
    expect(book.input.rows).toEqual([]);
  });
});

describe('a day', () => {
  const day = '2026-11-20';
  const figures = () => desk.call('day.figures', { day });
  const named = (at = '2026-11-20T09:00:00.000Z', take: (e: Event) => boolean = () => true) => {
    const list = events().filter(take);
    inTransaction(desk.desk.db, (tx) =>
      keepCityDay(tx, {
        ...{ v: 1, epoch: STRANGER, device: list[0]?.device ?? STRANGER, day, at },
        events: list.map((e) => ({ id: e.id, hash: e.hash, verb: e.verb, verdict: 'accepted' as const })),
        others: [{ no: 8, name: 'Máy 2', events: 3 }],
      }),
    );
  };
  test('without a word to explain is closed as it is', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    cityAnswers(desk, () => accepted);
    named();
    const view = await figures();
    expect(view).toMatchObject({
      entered: 1,
      sent: 1,
      accepted: 1,
      returned: 0,
      waiting: 0,
      differences: [],
    });
    expect(view).toMatchObject({ city: { events: 1, others: [{ no: 8, events: 3 }] }, closed: null });
    expect(await desk.call('day.close', { day, notes: [] })).toEqual({ revision: 1 });
    expect((await figures()).closed).toMatchObject({ revision: 1, by: 'Lê Thị Thử', stale: false });
    expect(newest()).toMatchObject({ body: { digestHash: view.city?.hash, differences: [] } });
    expect(cityJudges(desk).at(-1)?.kind).toBe('accepted');
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    rebuildDesk(desk.desk.db);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('written on after it was closed says so, and is closed again as a new revision', async () => {
    const notes = [{ kind: 'no_digest' as const, note: 'mất mạng' }];
    await desk.call('day.close', { day, notes });
    await desk.call('dossier.receive', reception(ID, 'birth'));
    expect((await figures()).closed).toMatchObject({ revision: 1, stale: true });
    expect(await desk.refusal('day.close', { day, notes })).toBe('DAY_UNEXPLAINED');
    const all = [...notes, { kind: 'waiting' as const, note: 'mất mạng' }];
    expect(await desk.call('day.close', { day, notes: all })).toEqual({ revision: 2 });
  });
  test('each difference names its events: lacking at the city, and a return until it is answered', async () => {
    const event = await inConflict();
    named('2026-11-20T09:00:00.000Z', (e) => e.id === event);
    const kinds = async () => (await figures()).differences.map((d) => [d.kind, d.events]);
    const first = must(events()[0], 'the reception').id;
    expect(await kinds()).toEqual([
      ['returned', [event]],
      ['digest_lacks', [first]],
    ]);
    await desk.call('dossier.resolve', await choice(event, city));
    named('2026-11-20T09:00:00.000Z');
    expect((await kinds()).map(([kind]) => kind)).toEqual(['waiting']);
  });
  test('an older answer of the city never takes the place of a newer one', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    named('2026-11-20T09:00:00.000Z');
    named('2026-11-20T08:00:00.000Z', () => false);
    expect((await figures()).city).toMatchObject({ at: '2026-11-20T09:00:00.000Z', events: 1 });
  });
});
