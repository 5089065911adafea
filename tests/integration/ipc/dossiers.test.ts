/** Dossiers as the window works with them: received once, corrected with reasons, found by any word. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import Papa from 'papaparse';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { parseEvent } from '../../../db/queries/event.ts';
import { verifyDesk } from '../../../db/rebuild.ts';
import { judge } from '../../../shared/domain/verdict.ts';
import { accepted, cityAnswers, rejected } from '../../support/city-answer.ts';
import { everybody, form, reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const ID = '11111111-1111-4111-8111-111111111111';
const all = everybody;

describe('one dossier', () => {
  let desk: TestDesk;
  beforeEach(() => {
    desk = openTestDesk();
  });
  afterEach(() => dropTestDesk(desk));
  const correct = (base: number, changes: Record<string, string>, reason = 'gõ nhầm') =>
    desk
      .call('dossier.get', { id: ID })
      .then(({ form: now }) =>
        desk.call('dossier.correct', { id: ID, base, values: { ...now, ...changes }, reason }),
      );

  test('is received with its number, its law and its clocks', async () => {
    const reply = await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '1' }));
    expect(reply).toEqual({ id: ID, code: 'T-7-261120-001', due: '2026-11-26' });
    const detail = await desk.call('dossier.get', { id: ID });
    expect(detail).toMatchObject({
      revision: 1,
      procedureCode: '3.000722',
      regimeName: 'NĐ 63/2024, sửa bởi NĐ 301/2026',
      receivedOn: '2026-11-20',
      receivedTime: '09:30',
      outcome: 'under_way',
      synthetic: false,
      delivery: { state: 'waiting' },
    });
    expect(detail.components.map((c) => [c.code, c.due, c.dueVerified])).toEqual([
      ['K1', '2026-11-20', true],
      ['K2', '2026-11-26', false],
      ['K3', '2026-11-25', false],
      ['K4', null, false],
    ]);
  });
  test('received twice under one id is one dossier; another form is not passed over in silence', async () => {
    const first = await desk.call('dossier.receive', reception(ID, 'birth'));
    const { chain, values } = reception(ID, 'birth', { 'child.fullName': 'Khác' });
    // The program died before it answered: the form still stands on the screen and saves itself once more.
    await desk.call('draft.save', { id: ID, chain, values });
    expect(await desk.refusal('dossier.receive', reception(ID, 'birth', { 'child.fullName': 'Khác' }))).toBe(
      'DOSSIER_RECEIVED_ALREADY',
    );
    expect((await desk.call('draft.get', { id: ID }))?.values).toEqual(values);
    expect(await desk.call('dossier.receive', reception(ID, 'birth'))).toEqual(first);
    expect(await desk.call('draft.get', { id: ID })).toBeNull();
    expect((await desk.call('dossier.index', all)).length).toBe(1);
    expect((await desk.call('dossier.get', { id: ID })).history).toHaveLength(1);
  });
  test('numbers of a day follow each other beyond 999 and begin anew the next day', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    desk.desk.db.$client.exec("UPDATE dossier SET code = 'T-7-261120-999'");
    const next = async () =>
      (await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'))).code;
    expect([await next(), await next()]).toEqual(['T-7-261120-1000', 'T-7-261120-1001']);
    desk.clock.set('2026-11-20T17:00:00Z');
    expect(await next()).toBe('T-7-261121-001');
  });
  test('takes the name as typed, cleaned, and takes its draft away', async () => {
    await desk.call('draft.save', { id: ID, chain: 'birth', values: { 'child.fullName': 'H’Hen' } });
    await desk.call('dossier.receive', reception(ID, 'birth', { 'child.fullName': ' H’Hen\u00a0 Niê ' }));
    expect((await desk.call('dossier.get', { id: ID })).form['child.fullName']).toBe("H'Hen Niê");
    expect(await desk.call('draft.get', { id: ID })).toBeNull();
  });
  test('before the first regime cannot be received', async () => {
    desk.clock.set('2023-07-09T02:00:00Z');
    expect(await desk.refusal('dossier.receive', reception(ID, 'birth'))).toBe('NO_REGIME');
  });
  test('its history shows each change before and after, newest first, with reason and person', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    const before = (await desk.call('dossier.get', { id: ID })).form;
    expect(await correct(1, { 'child.fullName': 'Trần Thị Mới', 'requester.phone': '' })).toEqual({
      revision: 2,
    });
    const { history, revision } = await desk.call('dossier.get', { id: ID });
    expect(revision).toBe(2);
    expect(history.map((h) => [h.verb, h.reason, h.actorName, h.deviceIsThis])).toEqual([
      ['dossier.correct', 'gõ nhầm', 'Lê Thị Thử', true],
      ['dossier.receive', '', 'Lê Thị Thử', true],
    ]);
    const byField = (a: { field: string }, b: { field: string }) => (a.field < b.field ? -1 : 1);
    expect(history[0]?.changes.sort(byField)).toEqual([
      { field: 'child.fullName', before: before['child.fullName'], after: 'Trần Thị Mới' },
      { field: 'requester.phone', before: before['requester.phone'], after: '' },
    ]);
    expect(history[1]?.changes).toEqual([]);
  });
  test('corrected from an old screen is refused, and the newer correction stands', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    await correct(1, { 'child.fullName': 'Một' });
    await expect(correct(1, { 'child.fullName': 'Hai' })).rejects.toThrow('DOSSIER_CHANGED');
    expect((await desk.call('dossier.get', { id: ID })).form['child.fullName']).toBe('Một');
  });
  test('that the city returned is received anew under its number; a component that is no longer wanted goes', async () => {
    const { code } = await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '1' }));
    cityAnswers(desk, () => rejected);
    expect((await desk.call('dossier.get', { id: ID })).delivery).toMatchObject({
      state: 'returned',
      code: 'FIELD_REQUIRED',
      field: 'child.fullName',
    });
    expect([...(await desk.call('dossier.index', { ...all, state: 'returned' }))]).toHaveLength(1);
    await correct(0, { 'request.idCard': '' });
    const again = await desk.call('dossier.get', { id: ID });
    expect([again.code, again.components.map((c) => c.code), again.delivery.state]).toEqual([
      code,
      ['K1', 'K2', 'K3'],
      'waiting',
    ]);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
    expect([...(await desk.call('dossier.index', { ...all, state: 'returned' }))]).toEqual([]);
    expect((await desk.call('today.get', {})).returned).toBe(0);
  });
  test('whose correction the city returned shows the value from before, and lists the return', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'child.fullName': 'Một' }));
    cityAnswers(desk, () => accepted);
    await correct(1, { 'child.fullName': 'Hai' });
    cityAnswers(desk, () => rejected);
    const detail = await desk.call('dossier.get', { id: ID });
    expect([detail.form['child.fullName'], detail.revision, detail.delivery.state]).toEqual([
      'Một',
      1,
      'returned',
    ]);
    const { items } = await desk.call('sync.items', { list: 'returned', before: null });
    expect(items.map((i) => [i.verb, i.title, i.sentence])).toEqual([
      ['dossier.correct', 'Một', 'Còn trống ô bắt buộc. Hãy điền ô này.'],
    ]);
  });
  test('is done when every component is, and leaves the list of what is due', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth', { 'request.idCard': '' }));
    let base = 1;
    const act = async (action: 'result_received' | 'refuse' | 'take_back', ...components: string[]) => {
      const step = { action, components, on: null, time: null, reason: 'lý do thử' };
      base = (await desk.call('dossier.act', { id: ID, base, step })).revision;
    };
    const state = async () => {
      const [row] = await desk.call('dossier.rows', { ns: [...(await desk.call('dossier.index', all))] });
      return [row?.outcome, row?.state, row?.nextDue];
    };
    expect(await state()).toEqual(['under_way', 'processing', '2026-11-20']);
    await act('result_received', 'K1');
    expect(await state()).toEqual(['under_way', 'processing', '2026-11-25']);
    await act('result_received', 'K3');
    expect(await state()).toEqual(['under_way', 'processing', '2026-11-26']);
    await act('refuse', 'K2');
    expect(await state()).toEqual(['part', 'done', null]);
    desk.clock.set('2026-12-20T02:30:00Z');
    expect(await desk.call('today.get', {})).toMatchObject({ overdue: [], dueSoon: [] });
    await act('take_back', 'K2');
    expect((await desk.call('today.get', {})).overdue.map((r) => r.id)).toEqual([ID]);
    await act('result_received', 'K2');
    expect(await state()).toEqual(['whole', 'done', null]);
    expect((await desk.call('dossier.get', { id: ID })).history).toHaveLength(6);
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('that the city returned takes no step and no note before it is mended', async () => {
    await desk.call('dossier.receive', reception(ID, 'birth'));
    cityAnswers(desk, () => rejected);
    const step = { action: 'result_received', components: ['K1'], on: null, time: null };
    expect(await desk.refusal('dossier.act', { id: ID, base: 0, step })).toBe('DOSSIER_RETURNED');
    const changes = { 'code.official': 'H29-1' };
    expect(await desk.refusal('dossier.annotate', { id: ID, changes })).toBe('DOSSIER_RETURNED');
  });
  test('what this desk takes in, the city accepts', async () => {
    for (let i = 0; i < 40; i++) {
      const chain = i % 3 === 0 ? 'death' : 'birth';
      await desk.call('dossier.receive', {
        ...reception(desk.desk.ids.uuid(), chain),
        values: form(chain, i),
      });
    }
    const raws = desk.desk.db.$client.prepare('SELECT raw FROM event').pluck().all() as string[];
    for (const raw of raws)
      expect(
        judge({
          event: parseEvent(raw),
          sender: { role: 'clerk', office: '26743' },
          current: undefined,
          applied: [],
        }),
      ).toEqual({ kind: 'accepted', revision: 1 });
  });
});

describe('search', () => {
  interface Row {
    readonly id: string;
    readonly raw_name: string;
    readonly expected_search_key: string;
  }
  const file = path.resolve(import.meta.dirname, '../../fixtures/tricky_names.csv');
  // Row 64 carries a replacement character and cannot be received at all.
  const rows = Papa.parse<Row>(readFileSync(file, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  }).data.filter((r) => r.id !== '64');
  const ids = new Map<string, string>();
  let desk: TestDesk;
  beforeAll(async () => {
    desk = openTestDesk();
    for (const row of rows) {
      const id = desk.desk.ids.uuid();
      ids.set(row.id, id);
      const values = { ...form('birth', Number(row.id)), 'child.fullName': row.raw_name };
      await desk.call('dossier.receive', { ...reception(id, 'birth'), values });
    }
    await desk.call(
      'dossier.receive',
      reception(ID, 'death', {
        'deceased.citizenNumber': '079030987654',
        'requester.phone': '0901 234 567',
        'deceased.birth': '1930',
        'deceased.sex': 'nam',
      }),
    );
  });
  afterAll(() => dropTestDesk(desk));
  const find = async (q: string, more: object = {}) => {
    const ns = [...(await desk.call('dossier.index', { ...all, ...more, q }))].slice(0, 200);
    return (await desk.call('dossier.rows', { ns })).map((r) => r.id);
  };

  test.each(rows)(
    '$id "$raw_name" is found by its words without accents, as typed, in any order, and by beginnings',
    async (row) => {
      const words = row.expected_search_key.split(' ');
      for (const q of [
        row.expected_search_key,
        row.raw_name,
        [...words].reverse().join(' '),
        words.map((w) => w.slice(0, 4)).join(' '),
        row.raw_name.toUpperCase(),
      ])
        expect(await find(q), q).toContain(ids.get(row.id));
    },
  );
  test.each([
    ['the end of a citizen number', '7654'],
    ['six last digits', '987654'],
    ['a whole citizen number', '079030987654'],
    ['a citizen number in groups', '079 030 987 654'],
    ['a phone', '0901234567'],
    ['a phone in groups', '0901 234 567'],
    ['a phone with dots', '0901.234.567'],
    ['the beginning of a phone', '0901'],
    ['the temporary number', 'T-7-261120-064'],
    ['the number in small letters', 't-7-261120-064'],
    ['day and serial', '261120-064'],
    ['the serial alone', '064'],
  ])('a dossier is found by %s', async (_, q) => {
    expect(await find(q)).toContain(ID);
  });
  test.each(['khongco', 'nguyen khongco', '0000', '987655'])('%j finds nothing', async (q) => {
    expect(await find(q)).toEqual([]);
  });
  test.each([
    '',
    '  ',
    "'",
    '"',
    '*',
    '-',
    '%',
    'AND',
    'NEAR(',
    'a"b',
    'words:',
    "'; DROP TABLE dossier; --",
    '\u0000',
    '(',
    'đ*',
  ])('%j breaks nothing', async (q) => {
    expect(Array.isArray(await find(q))).toBe(true);
    expect(desk.reports).toEqual([]);
  });
  test('an empty question is the whole list, newest first', async () => {
    const ns = [...(await desk.call('dossier.index', all))];
    expect(ns).toHaveLength(64);
    expect(ns).toEqual([...ns].sort((a, b) => b - a));
    expect((await find('')).at(0)).toBe(ID);
  });
  test('parts of a hyphenated or apostrophied name are words too', async () => {
    expect(await find('claire')).toEqual([ids.get('57')]);
    expect(await find('hen nie')).toEqual([ids.get('18')]);
  });
  test('a corrected name is found by the new words and no longer by the old ones', async () => {
    const id = ids.get('37') ?? '';
    const { form: values, revision } = await desk.call('dossier.get', { id });
    await desk.call('dossier.correct', {
      id,
      base: revision,
      values: { ...values, 'child.fullName': 'Zacharias Duy' },
      reason: 'đọc nhầm',
    });
    expect(await find('zacharias')).toEqual([id]);
    expect(await find('mohamach')).toEqual([]);
  });
  test('filters narrow by chain, by waiting and by due day, together with words', async () => {
    expect(await find('', { chain: 'death' })).toEqual([ID]);
    expect(await find('0901', { chain: 'birth' })).toEqual([]);
    expect(await find('', { state: 'waiting' })).toHaveLength(64);
    cityAnswers(desk, () => accepted);
    expect(await find('', { state: 'waiting' })).toEqual([]);
    expect((await find('', { state: 'due' })).length).toBe(64);
    desk.clock.set('2026-11-18T02:00:00Z');
    expect(await find('', { state: 'due' })).toEqual([]);
    expect(await find('', { state: 'returned' })).toEqual([]);
    desk.clock.set('2026-11-20T02:30:00Z');
  });
  test('rows come in the order asked for; unknown numbers are passed over', async () => {
    const ns = [...(await desk.call('dossier.index', all))];
    const [a = 0, b = 0] = ns;
    expect((await desk.call('dossier.rows', { ns: [b, 999_999, a, -1] })).map((r) => r.n)).toEqual([b, a]);
    expect(await desk.refusal('dossier.rows', { ns: Array.from({ length: 201 }, () => 1) })).toBe(
      'INPUT_INVALID',
    );
  });
  test('a row shows the last four characters of a number and never more', async () => {
    const [row] = await desk.call('dossier.rows', {
      ns: [...(await desk.call('dossier.index', { ...all, q: '7654' }))],
    });
    expect(row?.idSuffix).toBe('7654');
    expect(JSON.stringify(row)).not.toContain('079030987654');
  });
});
