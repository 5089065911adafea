/** One person's data, for that person: found exactly, opened with a reason, recorded with a deadline, and nothing of anybody else. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { PersonExtract } from '../../../shared/contract/ipc/person.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { type Role, roles } from '../../../shared/domain/verbs.ts';
import { accepted, cityAnswers, rejected } from '../../support/city-answer.ts';
import { COMMUNE } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const NUMBER = '079196004217';
const MOTHER = {
  'mother.fullName': 'Lê Thị Hoà',
  'mother.birth': '1996-05-02',
  'mother.citizenNumber': NUMBER,
};
const birthForm = {
  'requester.fullName': 'Trần Văn Bố',
  'requester.relation': 'cha',
  'requester.citizenNumber': '079094001111',
  'requester.phone': '0903118204',
  'child.fullName': 'Trần Thị Bé Út',
  'child.birth': '2026-11-10',
  'child.sex': 'nu',
  'child.birthPlace': 'Bệnh viện Từ Dũ',
  'father.fullName': 'Trần Văn Bố',
  'father.citizenNumber': '079094001111',
  'parents.married': 'da_ket_hon',
  ...MOTHER,
};
const deathForm = {
  'requester.fullName': 'Lê Thị Hoà',
  'requester.birth': '1996-05-02',
  'requester.relation': 'con',
  'deceased.fullName': 'Lê Văn Ông',
  'deceased.sex': 'nam',
  'deceased.citizenNumber': '079030007654',
  'death.date': '2026-11-15',
  'death.cause': 'bệnh hiểm nghèo',
  'request.funeral': '1',
  'funeral.receiver': 'Phan Thị Dì',
  'funeral.receiverNumber': '079060002222',
  'funeral.account': '0123456789012',
};

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ role: 'head' });
});
afterEach(() => dropTestDesk(desk));

async function receive(chain: 'birth' | 'death', values: Record<string, string>, on = desk): Promise<string> {
  const id = randomUUID();
  await on.call('dossier.receive', {
    ...{ id, chain, channel: 'truc_tiep', commune: COMMUNE, values, received: null, atOnce: null },
  });
  return id;
}
const byNumber = { number: NUMBER, name: '', birth: '' };
const byName = { number: '', name: 'lê thị hoà', birth: '1996-05-02' };
const request = (more: Partial<Input<'person.open'>> = {}): Input<'person.open'> => ({
  ...byNumber,
  ...{ receivedOn: '2026-11-20', reason: 'đơn ngày 20/11/2026' },
  ...more,
});
const open = async (more: Partial<Input<'person.open'>> = {}): Promise<PersonExtract> =>
  desk.call('person.get', await desk.call('person.open', request(more)));
const stored = () => desk.desk.db.$client.prepare('SELECT count(*) FROM person_request').pluck().get();

describe('a person is found', () => {
  beforeEach(async () => {
    await receive('birth', birthForm);
    await receive('death', deathForm);
  });
  test('by number, typed in groups, and where the paper has none by name and birth', async () => {
    const { dossiers } = await desk.call('person.find', {
      number: '079 196 004 217',
      name: 'Lê Thị Hoà',
      birth: '1996-05-02',
    });
    expect(dossiers.map((d) => [d.chain, d.roles, d.number])).toEqual([
      ['birth', ['mother'], '•••• 4217'],
      ['death', ['requester'], ''],
    ]);
    expect((await desk.call('person.find', byNumber)).dossiers.map((d) => d.chain)).toEqual(['birth']);
    expect((await desk.call('person.find', byName)).dossiers).toHaveLength(2);
  });
  it.each([
    ['another mark on the name', { ...byName, name: 'Lê Thị Hoá' }],
    ['another birth', { ...byName, birth: '1996-05-03' }],
    ['part of a number', { ...byNumber, number: '079196' }],
    ['the number with a name that is another', { ...byNumber, number: '079196004218' }],
    ['words that search would understand otherwise', { ...byNumber, number: '"x" OR words : *' }],
  ])('not by %s', async (_, asked) => {
    expect((await desk.call('person.find', asked)).dossiers).toEqual([]);
    expect(await desk.refusal('person.open', request(asked))).toBe('PERSON_NOT_FOUND');
  });
  test('the same name without number and birth is told, not taken in', async () => {
    await receive('birth', {
      ...birthForm,
      'insurance.guardian': 'Lê Thị Hoà',
      'mother.fullName': '',
      'mother.citizenNumber': '',
      'mother.birth': '',
    });
    expect((await desk.call('person.find', byName)).unclear).toBe(1);
    const extract = await open(byName);
    expect(extract.dossiers).toHaveLength(2);
    expect(extract.unclear.map((u) => u.role)).toEqual(['insurance.guardian']);
  });
  test('two numbers under one name and birth are two people: none of them is answered until one is chosen', async () => {
    await receive('birth', { ...birthForm, 'mother.citizenNumber': '079196009999' });
    expect(await desk.refusal('person.open', request(byName))).toBe('PERSON_UNCLEAR');
    expect(stored()).toBe(0);
    const extract = await open({ ...byName, number: NUMBER });
    expect(extract.dossiers.map((d) => d.chain)).toEqual(['birth', 'death']);
  });
});

describe('the answer', () => {
  test('has every field of that person with its moment and author, and of others name and role alone', async () => {
    await receive('birth', birthForm);
    cityAnswers(desk, () => accepted);
    const [held] = (await open()).dossiers;
    expect(held?.roles).toEqual(['mother']);
    expect(Object.fromEntries(held?.fields.map((f) => [f.key, f.value]) ?? [])).toEqual({
      ...MOTHER,
      'parents.married': 'da_ket_hon',
    });
    for (const { at, by } of held?.fields ?? [])
      expect([at, by]).toEqual(['2026-11-20T02:30:00.000Z', 'Lê Thị Thử']);
    expect(held?.others).toEqual([
      { role: 'requester', name: 'Trần Văn Bố' },
      { role: 'child', name: 'Trần Thị Bé Út' },
      { role: 'father', name: 'Trần Văn Bố' },
    ]);
    expect(held?.delivery.state).toBe('received');
    const text = JSON.stringify(await open());
    for (const foreign of ['079094001111', '0903118204', '2026-11-10', 'Từ Dũ'])
      expect(text).not.toContain(foreign);
  });
  test('in a death dossier the requester learns no cause, no account, no number of anybody', async () => {
    await receive('death', deathForm);
    const text = JSON.stringify(await open(byName));
    for (const foreign of ['bệnh hiểm nghèo', '0123456789012', '079060002222', '079030007654'])
      expect(text).not.toContain(foreign);
    expect(text).toContain('Phan Thị Dì');
  });
  test('tells what was changed, by whom and when; the reason is left out, what the city returned never stood', async () => {
    const id = await receive('birth', birthForm);
    desk.clock.set('2026-11-20T04:00:00Z');
    const { form, revision } = await desk.call('dossier.get', { id });
    const values = {
      ...form,
      'mother.residence': 'Số 5 Nguyễn Trãi',
      'mother.fullName': 'Lê Thị Hòa',
      'father.fullName': 'Trần Văn Ba',
    };
    await desk.call('dossier.correct', { id, base: revision, values, reason: 'theo CCCD của Trần Văn Ba' });
    cityAnswers(desk, () => accepted);
    const again = { ...values, 'mother.ethnicity': 'Kinh' };
    await desk.call('dossier.correct', {
      id,
      base: (await desk.call('dossier.get', { id })).revision,
      values: again,
      reason: 'bổ sung',
    });
    cityAnswers(desk, () => rejected);
    const [held] = (await open()).dossiers;
    expect(held?.changes).toEqual([
      {
        ...{
          at: '2026-11-20T04:00:00.000Z',
          by: 'Lê Thị Thử',
          verb: 'dossier.correct',
          field: 'mother.fullName',
        },
        ...{ before: 'Lê Thị Hoà', after: 'Lê Thị Hòa' },
      },
    ]);
    expect(held?.fields.find((f) => f.key === 'mother.residence')?.at).toBe('2026-11-20T04:00:00.000Z');
    expect(held?.fields.some((f) => f.key === 'mother.ethnicity')).toBe(false);
    expect(JSON.stringify(held)).not.toContain('theo CCCD');
  });
  test('tells who opened and printed each dossier, newest first, and how often in all; of other dossiers nothing', async () => {
    const id = await receive('birth', birthForm);
    const other = await receive('death', { ...deathForm, 'requester.fullName': 'Vũ Thị Khác' });
    const reads = async () => (await open()).dossiers.find((one) => one.id === id)?.reads;
    expect(await reads()).toEqual({ total: 0, newest: [] });
    await desk.call('dossier.get', { id });
    await desk.call('dossier.get', { id: other });
    desk.clock.advance(60_000);
    await desk.call('slip.log', { id, kind: 'receipt' });
    const by = { by: 'Lê Thị Thử', role: 'head' };
    expect(await reads()).toEqual({
      total: 2,
      newest: [
        { at: '2026-11-20T02:31:00.000Z', ...by, action: 'slip.log' },
        { at: '2026-11-20T02:30:00.000Z', ...by, action: 'dossier.get' },
      ],
    });
    for (let n = 0; n < 60; n++) await desk.call('slip.log', { id, kind: 'receipt' });
    expect(await reads()).toMatchObject({ total: 62 });
    expect((await reads())?.newest).toHaveLength(50);
  });
  test('is a file that another program reads, named by no person', async () => {
    await receive('birth', birthForm);
    const { id } = await desk.call('person.open', request());
    const { name, bytes } = await desk.call('person.file', { id });
    expect(name).toBe(`du-lieu-ca-nhan-${id.slice(0, 8)}.json`);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(await desk.call('person.get', { id }));
  });
});

describe('a request', () => {
  beforeEach(async () => {
    await receive('birth', birthForm);
  });
  test('is recorded with who, why and until when: two working days, a holiday and a weekend between', async () => {
    // 20/11/2026 is a Friday; Tuesday 24/11 is a holiday of the city.
    const { id } = await desk.call('person.open', request());
    expect(await desk.call('person.requests', {})).toEqual([
      {
        ...{
          id,
          at: '2026-11-20T02:30:00.000Z',
          by: 'Lê Thị Thử',
          receivedOn: '2026-11-20',
          due: '2026-11-25',
        },
        ...{ reason: 'đơn ngày 20/11/2026', name: '', number: '•••• 4217', dossiers: 1, exports: [] },
      },
    ]);
    await desk.call('person.log', { id, what: 'pdf' });
    const [row] = await desk.call('person.requests', {});
    expect(row?.exports).toEqual([{ what: 'pdf', at: '2026-11-20T02:30:00.000Z' }]);
  });
  it.each([
    'UPDATE person_request SET reason = 1',
    'DELETE FROM person_request',
    'UPDATE person_export SET what = 1',
    'DELETE FROM person_export',
  ])('stands: %s', async (statement) => {
    const { id } = await desk.call('person.open', request());
    await desk.call('person.log', { id, what: 'json' });
    expect(() => desk.desk.db.$client.exec(statement)).toThrow(/append-only/);
  });
  it.each<[string, Partial<Input<'person.open'>>, string]>([
    ['nothing to go by', { number: '' }, 'PERSON_ASK_EMPTY'],
    ['a number of blanks', { number: ' . - ' }, 'PERSON_ASK_EMPTY'],
    ['a name alone', { ...byName, birth: '' }, 'PERSON_ASK_EMPTY'],
    ['a birth that is none', { ...byName, birth: '1996-02-31' }, 'PERSON_ASK_EMPTY'],
    ['no reason', { reason: ' \u200b ' }, 'REASON_REQUIRED'],
    ['a day that lies ahead', { receivedOn: '2026-11-21' }, 'RECEIVED_IN_FUTURE'],
    ['a day that is none', { receivedOn: '2026-02-31' }, 'INPUT_INVALID'],
    ['a person of whom nothing is here', { number: '001099000001' }, 'PERSON_NOT_FOUND'],
  ])('with %s is refused and leaves nothing', async (_, more, code) => {
    expect(await desk.refusal('person.open', request(more))).toBe(code);
    expect(stored()).toBe(0);
  });
  test('that was never opened shows nothing', async () => {
    expect(await desk.refusal('person.get', { id: randomUUID() })).toBe('INPUT_INVALID');
    expect(await desk.refusal('person.log', { id: randomUUID(), what: 'pdf' })).toBe('INPUT_INVALID');
  });
  it.each(roles)('is for the head and the administrator: %s', async (role: Role) => {
    const other = openTestDesk({ role, seed: role });
    await receive(
      'birth',
      birthForm,
      role === 'clerk' || role === 'head' || role === 'officer' ? other : desk,
    );
    const may = role === 'head' || role === 'admin';
    const codes = [
      await other.refusal('person.find', byNumber),
      await other.refusal('person.requests', {}),
      await other.refusal('person.open', request({ number: '001099000001' })),
      await other.refusal('person.get', { id: randomUUID() }),
      await other.refusal('person.file', { id: randomUUID() }),
      await other.refusal('person.log', { id: randomUUID(), what: 'json' }),
    ];
    expect(codes).toEqual(
      may
        ? ['OK', 'OK', 'PERSON_NOT_FOUND', 'INPUT_INVALID', 'INPUT_INVALID', 'INPUT_INVALID']
        : Array(6).fill('FORBIDDEN'),
    );
    await dropTestDesk(other);
  });
});
