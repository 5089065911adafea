/** Corrections of the catalogue at one desk: who may, what is refused, what they change and what they leave. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { CALENDAR_DAY } from '../../../shared/domain/corrected.ts';
import type { Role } from '../../../shared/domain/verbs.ts';
import { accepted, cityAnswers, rejected } from '../../support/city-answer.ts';
import { reception } from '../../support/forms.ts';
import { sitDown } from '../../support/role-papers.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

const source = 'Quyết định giả định 99/QĐ-TTg';
const K2 = { key: 'limit.K2', from: '2023-07-10', value: '5', source };
const day = (from: string, value: string) => ({ key: CALENDAR_DAY, from, value, source });
const input = (...corrections: Input<'catalogue.correct'>['corrections']) => ({
  corrections,
  reason: 'có văn bản',
});

let desk: TestDesk;
beforeEach(() => {
  desk = openTestDesk({ role: 'head' });
});
afterEach(() => dropTestDesk(desk));
const correct = (...corrections: Input<'catalogue.correct'>['corrections']) =>
  desk.call('catalogue.correct', input(...corrections));
/** The same store with another person at the machine. */
function handOver(role: Role): void {
  sitDown(desk.desk, { id: `person-${role}`, role });
}
const events = () => verifyDesk(desk.desk.db).events;

describe('who may correct', () => {
  test.each<Role>(['clerk', 'officer', 'auditor', 'technician'])('the role %s may not', async (role) => {
    handOver(role);
    expect(await desk.refusal('catalogue.correct', input(K2))).toBe('FORBIDDEN');
    expect(await desk.refusal('catalogue.correct', input({ ...K2, value: 'x' }))).toBe('FORBIDDEN');
    expect([events(), desk.announced]).toEqual([0, []]);
  });
  test.each<Role>(['head', 'admin'])('the role %s may: one event, then announced', async (role) => {
    handOver(role);
    expect(await correct(K2)).toEqual({ revision: 1 });
    expect(verifyDesk(desk.desk.db)).toMatchObject({ events: 1, problems: [] });
    expect(desk.announced[0]).toEqual({ announcement: 'changed', body: ['setting', 'sync'] });
    const { items } = await desk.call('sync.items', { list: 'waiting', before: null });
    expect(items[0]).toMatchObject({
      ...{ verb: 'catalogue.correct', delivery: { state: 'waiting' } },
      title: 'Thời hạn đăng ký thường trú trong chuỗi, sau khai sinh',
    });
  });
  test.each<Role>(['clerk', 'officer', 'auditor', 'technician', 'head', 'admin'])(
    'the role %s may read',
    async (role) => {
      await correct(K2);
      handOver(role);
      expect((await desk.call('catalogue.get', {})).corrections).toMatchObject([
        { ...K2, office: '26743', officeName: 'Phường Bến Thành' },
      ]);
      expect((await desk.call('catalogue.history', {})).steps).toHaveLength(1);
    },
  );
});

describe('what is refused, leaving nothing', () => {
  test.each<[name: string, wrong: object, code: string]>([
    ['no reason', { ...input(K2), reason: '  ' }, 'REASON_REQUIRED'],
    ['a reason too long', { ...input(K2), reason: 'x'.repeat(301) }, 'INPUT_INVALID'],
    ['no correction', { ...input(), corrections: [] }, 'INPUT_INVALID'],
    ['too many corrections', { ...input(), corrections: Array(51).fill(K2) }, 'INPUT_INVALID'],
    ['a field too much', { ...input({ ...K2, office: '79' } as never) }, 'INPUT_INVALID'],
    ['a blank source', input({ ...K2, source: '' }), 'FACT_SOURCE'],
    ['a source of blanks', input({ ...K2, source: ' \u00a0 ' }), 'FACT_SOURCE'],
    ['a row that is not there', input({ ...K2, key: 'limit.K99' }), 'FACT_UNKNOWN'],
    ['a version that is not there', input({ ...K2, from: '2023-07-11' }), 'FACT_UNKNOWN'],
    ['a day that is none', input({ ...K2, from: '2023-02-30' }), 'INPUT_INVALID'],
    ['letters for days', input({ ...K2, value: 'năm' }), 'FACT_NOT_DAYS'],
    ['no days', input({ ...K2, value: '0' }), 'FACT_NOT_DAYS'],
    ['a value that is no text', input({ ...K2, value: 5 } as never), 'INPUT_INVALID'],
    [
      'an hour that is none',
      input({ ...K2, key: 'reception.sameDayUntil', value: '25:00' }),
      'FACT_NOT_HOUR',
    ],
    ['an unknown kind of day', input(day('2027-02-12', 'tet')), 'FACT_NOT_DAY_KIND'],
    ['a Friday to work off', input(day('2027-02-12', 'swapped_workday')), 'FACT_DAY_WORKS'],
    ['a Saturday in lieu', input(day('2027-02-13', 'compensatory_off')), 'FACT_DAY_RESTS'],
    ['a plain Friday taken back', input(day('2027-02-12', 'ordinary')), 'FACT_DAY_ORDINARY'],
    ['a plain Saturday taken back', input(day('2027-02-13', 'ordinary')), 'FACT_DAY_ORDINARY'],
    ['a year mistyped', input(day('2072-02-12', 'holiday')), 'FACT_DAY_FAR'],
    ['a day before the first regime', input(day('2023-07-07', 'holiday')), 'FACT_DAY_FAR'],
    [
      'one bad day among good ones',
      input(day('2027-02-12', 'holiday'), day('x', 'holiday')),
      'INPUT_INVALID',
    ],
    ['one bad row among good ones', input(K2, { ...K2, key: 'limit.K3', value: '0' }), 'FACT_NOT_DAYS'],
  ])('%s', async (_, wrong, code) => {
    expect(await desk.refusal('catalogue.correct', wrong)).toBe(code);
    expect([events(), desk.announced, desk.reports]).toEqual([0, [], []]);
  });
  test('the same correction twice, or a day taken back twice', async () => {
    await correct(K2, day('2027-02-10', 'ordinary'));
    expect(await desk.refusal('catalogue.correct', input(K2))).toBe('NOTHING_CHANGED');
    expect(await desk.refusal('catalogue.correct', input({ ...K2, value: ' 5 ' }))).toBe('NOTHING_CHANGED');
    const again = { ...day('2027-02-10', 'ordinary'), source: 'Văn bản khác' };
    expect(await desk.refusal('catalogue.correct', input(again))).toBe('FACT_DAY_ORDINARY');
    expect(events()).toBe(1);
  });
  test('where the machine is not enrolled', async () => {
    const fresh = openTestDesk({ enrolled: false });
    try {
      expect(await fresh.refusal('catalogue.correct', input(K2))).toBe('NOT_ENROLLED');
      expect(await fresh.refusal('catalogue.get', {})).toBe('NOT_ENROLLED');
      expect(await fresh.refusal('catalogue.history', {})).toBe('NOT_ENROLLED');
    } finally {
      await dropTestDesk(fresh);
    }
  });
});

describe('dossiers under a correction', () => {
  const receive = async () => {
    const { id } = await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
    return id;
  };
  const dues = async (id: string) => {
    const { components } = await desk.call('dossier.get', { id });
    return Object.fromEntries(components.map((c) => [c.code, c.due]));
  };

  test('of a limit: those received before keep their days, those after get the new ones', async () => {
    const before = await receive();
    const were = await dues(before);
    await correct(K2);
    // 20/11/2026 is a Friday, 24/11 a holiday: 3 working days end on 26/11, 5 on 30/11.
    expect([were.K2, (await dues(before)).K2]).toEqual(['2026-11-26', '2026-11-26']);
    expect(await dues(await receive())).toEqual({ ...were, K2: '2026-11-30' });
    expect(verifyDesk(desk.desk.db).problems).toEqual([]);
  });
  test('of a day: a holiday taken back and one added move the days of those received after', async () => {
    const before = await receive();
    await correct(day('2026-11-24', 'ordinary'));
    const middle = await receive();
    expect((await dues(middle)).K2).toBe('2026-11-25');
    await correct(day('2026-11-23', 'holiday'), day('2026-11-25', 'holiday'));
    expect((await dues(await receive())).K2).toBe('2026-11-27');
    await correct(day('2026-11-21', 'swapped_workday'));
    expect((await dues(await receive())).K2).toBe('2026-11-26');
    expect([(await dues(before)).K2, (await dues(middle)).K2]).toEqual(['2026-11-26', '2026-11-25']);
  });
  test('today names the special days that count here', async () => {
    await correct(day('2026-11-24', 'ordinary'), day('2026-11-28', 'swapped_workday'));
    expect((await desk.call('today.get', {})).specialDays).toEqual([
      { date: '2026-11-28', name: source, working: true },
    ]);
  });
});

describe('the history', () => {
  test('tells newest first who corrected what, when and why, with both values', async () => {
    await correct(K2);
    desk.clock.set('2026-11-21T02:30:00Z');
    handOver('admin');
    await desk.call('catalogue.correct', {
      corrections: [{ ...K2, value: '4' }, day('2027-02-10', 'ordinary')],
      reason: ' sửa   lại ',
    });
    const { steps } = await desk.call('catalogue.history', {});
    expect(steps.map((s) => [s.key, s.before, s.value, s.actorName, s.reason, s.at])).toEqual([
      [CALENDAR_DAY, 'compensatory_off', 'ordinary', 'Người khác', 'sửa lại', '2026-11-21T02:30:00.000Z'],
      ['limit.K2', '5', '4', 'Người khác', 'sửa lại', '2026-11-21T02:30:00.000Z'],
      ['limit.K2', '3', '5', 'Lê Thị Thử', 'có văn bản', '2026-11-20T02:30:00.000Z'],
    ]);
    expect(new Set(steps.map((s) => s.event)).size).toBe(2);
    expect(steps.every((s) => s.waiting && s.officeName === 'Phường Bến Thành')).toBe(true);
  });
  test('knows what the city has received, and leaves out what it returned: that does not count either', async () => {
    await correct(K2);
    cityAnswers(desk, () => accepted);
    await correct({ ...K2, value: '7' });
    expect((await desk.call('catalogue.history', {})).steps.map((s) => [s.value, s.waiting])).toEqual([
      ['7', true],
      ['5', false],
    ]);
    cityAnswers(desk, () => rejected);
    expect((await desk.call('catalogue.history', {})).steps.map((s) => s.value)).toEqual(['5']);
    expect((await desk.call('catalogue.get', {})).corrections.map((c) => c.value)).toEqual(['5']);
  });
  test('is empty where nobody corrected anything', async () => {
    expect(await desk.call('catalogue.history', {})).toEqual({ steps: [] });
    expect(await desk.call('catalogue.get', {})).toEqual({ corrections: [] });
  });
});
