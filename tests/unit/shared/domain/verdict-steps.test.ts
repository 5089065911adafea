/** The city's verdict on what happens to a dossier after its reception, and on corrections of the catalogue. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import type { Event } from '../../../../shared/domain/event.ts';
import { settingId } from '../../../../shared/domain/setting.ts';
import { must } from '../../../../shared/lib/must.ts';
import { EMPTY_FORM_RECEIVE, received } from '../../../support/events.ts';
import { act, cases, correct, form, note, row, setting, verdict } from '../../../support/judged.ts';

const paper = must(
  catalogue.requirements.find((r) => r.chain === 'birth'),
  'paper',
).code;
const system = must(
  catalogue.outsideSystems.find((s) => s.chain === 'birth'),
  'system',
).code;

describe('a step', () => {
  const applied = [received()];
  const done = act();
  test('of another component, or beside a correction or a note, is merged; of the same one it is a conflict', () => {
    expect(verdict(act({ components: ['K2'] }), { applied: [...applied, done] })).toEqual({
      kind: 'merged',
      revision: 3,
    });
    expect(
      verdict(act({ components: ['K2'] }), { applied: [...applied, correct({ 'child.sex': 'nu' })] }).kind,
    ).toBe('merged');
    expect(
      verdict(act({ components: ['K2'] }), { applied: [...applied, note({ 'code.K1': '1' })] }).kind,
    ).toBe('merged');
    const report = act({ action: 'report_obstacle', obstacle: 'khac' });
    expect(verdict(report, { applied: [...applied, act({ action: 'hand_over', to: 'x' })] })).toMatchObject({
      kind: 'conflict',
      field: 'component/K1',
    });
  });
  test('that a step of another machine overtook is a conflict, not the fault of its author', () => {
    for (const late of [act({ action: 'refuse', reason: 'thiếu' }), act()])
      expect(verdict(late, { applied: [...applied, done] })).toEqual({
        kind: 'conflict',
        code: 'EVENT_FIELDS_CONFLICT',
        field: 'component/K1',
        revision: 2,
      });
    // The result that K2 had waited for was taken back elsewhere: K2 waits again and cannot be forwarded.
    const back = act({ action: 'take_back', reason: 'nhầm', on: '2026-11-23' }, { base: 2 });
    const forward = act(
      { action: 'forward', components: ['K2'], to: 'Công an phường', on: '2026-11-23' },
      { base: 2 },
    );
    expect(verdict(forward, { applied: [...applied, done] })).toEqual({ kind: 'accepted', revision: 3 });
    expect(verdict(forward, { applied: [...applied, done, back] })).toMatchObject({
      kind: 'conflict',
      field: 'component/K2',
    });
  });
  test('that brings the same paper as a note from elsewhere is a conflict', () => {
    const papers = { changes: { 'code.K1': '2' } };
    expect(verdict(act(papers), { applied: [...applied, note({ 'code.K1': '1' })] })).toMatchObject({
      kind: 'conflict',
      field: 'code.K1',
    });
  });
  test('that moves the day of the chain meets another one that does', () => {
    const chain = { action: 'hand_over', to: 'x', chainDue: '2026-12-01' };
    const v = verdict(act({ ...chain, components: ['K2'] }), {
      applied: [...applied, act({ ...chain, components: ['K3'] })],
    });
    expect(v).toMatchObject({ kind: 'conflict', field: 'due' });
  });
  test.each<[string, Event, string]>([
    ['a component that was not asked for', act({ components: ['K4'] }), 'COMPONENT_UNKNOWN'],
    ['a due day of a strange component', act({ dues: [{ code: 'T1', due: null }] }), 'COMPONENT_UNKNOWN'],
    ['a day before the reception', act({ on: '2026-11-19' }), 'STEP_BEFORE_RECEIVED'],
    ['a step that its state does not allow', act({ action: 'give_result' }), 'ACTION_NOT_ALLOWED'],
    ['an unknown action', act({ action: 'lose' }), 'EVENT_BODY_INVALID'],
    ['no day', act({ on: 'hôm qua' }), 'EVENT_BODY_INVALID'],
    ['an hour that no clock has', act({ time: '24:00' }), 'EVENT_BODY_INVALID'],
    ['no component', act({ components: [] }), 'EVENT_BODY_INVALID'],
    ['too many components', act({ components: Array(11).fill('K1') }), 'EVENT_BODY_INVALID'],
    ['a refusal without a reason', act({ action: 'refuse' }), 'REASON_REQUIRED'],
    [
      'a request without anything to complete',
      act({ action: 'ask_supplement', items: [] }),
      'ITEMS_REQUIRED',
    ],
    ['a hand-over to nobody', act({ action: 'hand_over' }), 'AGENCY_REQUIRED'],
    ['an obstacle without its group', act({ action: 'report_obstacle' }), 'OBSTACLE_REQUIRED'],
    ['an extension without a day', act({ action: 'extend', reason: 'x' }), 'NEW_DUE_REQUIRED'],
    ['a change of the declaration', act({ changes: { 'child.fullName': 'X' } }), 'EVENT_BODY_INVALID'],
    [
      'a paper in an unknown state',
      act({ changes: { 'code.official': '1', 'paper.x': 'y' } }),
      'EVENT_BODY_INVALID',
    ],
  ])('with %s is returned', (_, e, code) => {
    expect(verdict(e, { applied })).toMatchObject({ kind: 'rejected', code, revision: 1 });
  });
  test('of nothing is returned', () => {
    expect(verdict(act({}, { base: 0 }), {})).toMatchObject({ kind: 'rejected', code: 'EVENT_BASE_UNKNOWN' });
  });
});

describe('which office', () => {
  const applied = [received()];
  const old = received(
    {
      ...EMPTY_FORM_RECEIVE,
      ...{ form, regime: 'nd63-2024', receivedOn: '2025-06-20', commune: '26740@2021-01-01', due: null },
      components: [{ code: 'K1', due: null, waitsFor: null }],
    },
    { office: '760' },
  );
  const by = (office: string, before: readonly Event[], e: Partial<Event> = {}) =>
    verdict(act({}, { office, ...e }), { office, applied: before, role: 'officer' });
  test('a step from an office beside the one that received it is returned; from one above it is not', () => {
    expect(by('26740', applied)).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE' });
    expect(by('79', applied).kind).toBe('accepted');
    expect(verdict(act(), { applied: [received(undefined, { office: '79' })] }).kind).toBe('accepted');
  });
  test('a dossier of a ward before its merger is finished by the successor, corrected and noted too, and by nobody else', () => {
    for (const verb of ['dossier.act', 'dossier.annotate', 'dossier.correct'] as const) {
      const e = { ...cases[verb][0], office: '26740' };
      const judged = (office: string) => verdict({ ...e, office }, { office, applied: [old], role: 'clerk' });
      expect(judged('26740').kind, verb).toBe('accepted');
      expect(judged('26749'), verb).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE' });
    }
  });
});

describe('a note', () => {
  const applied = [received()];
  test.each<Record<string, string>>([
    { 'code.official': 'H29-261120-0001' },
    { 'code.K1': '12/2026', 'code.K2': '' },
    { 'link.dossier': '11111111-1111-4111-8111-111111111111' },
    Object.fromEntries([
      [`paper.${paper}`, 'original'],
      [`paper.${paper}.count`, '2'],
    ]),
    { [`entered.${system}`]: '1' },
  ])('%j is accepted', (changes) => {
    expect(verdict(note(changes), { applied })).toEqual({ kind: 'accepted', revision: 2 });
  });
  test.each<Record<string, string>>([
    { 'child.fullName': 'X' },
    { 'paper.none': 'missing' },
    { [`paper.${paper}`]: 'lost' },
    { [`paper.${paper}.count`]: 'hai' },
    { [`paper.${paper}.colour`]: 'xanh' },
    { 'code.K9': '1' },
    { 'code.T1': '1' },
    { [`entered.${system}`]: 'yes' },
    { 'entered.none': '1' },
    { 'link.person': 'x' },
    { paper: 'original' },
    { 'paper.': 'original' },
    { constructor: '1' },
  ])('%j is returned', (changes) => {
    expect(verdict(note(changes), { applied })).toMatchObject({
      kind: 'rejected',
      code: 'EVENT_BODY_INVALID',
      revision: 1,
    });
  });
  test('of nothing is returned; beside another note it is merged, on the same key a conflict', () => {
    expect(verdict(note({ 'code.K1': '1' }, { base: 0 }))).toMatchObject({ code: 'EVENT_BASE_UNKNOWN' });
    const before = [...applied, note({ 'code.K1': '1' })];
    expect(verdict(note({ 'code.K2': '1' }), { applied: before }).kind).toBe('merged');
    expect(verdict(note({ 'code.K1': '2' }), { applied: before })).toMatchObject({
      kind: 'conflict',
      field: 'code.K1',
    });
  });
});

describe('a correction of the catalogue', () => {
  test.each<[string, Event, string]>([
    ['an unknown fact', setting([row({ key: 'limit.moon' })]), 'FACT_UNKNOWN'],
    ['a row of another day', setting([row({ from: '2023-07-11' })]), 'FACT_UNKNOWN'],
    ['no number of days', setting([row({ value: 'ba' })]), 'FACT_NOT_DAYS'],
    ['no days at all', setting([row({ value: '0' })]), 'FACT_NOT_DAYS'],
    ['a blank value', setting([row({ value: '' })]), 'FACT_NOT_DAYS'],
    [
      'an hour that no clock has',
      setting([row({ key: 'reception.sameDayUntil', value: '25:00' })]),
      'FACT_NOT_HOUR',
    ],
    ['a blank source', setting([row({ source: ' ' })]), 'FACT_SOURCE'],
    [
      'the setting of another office',
      setting([row()], { subject: { kind: 'setting', id: settingId('79') } }),
      'EVENT_BODY_INVALID',
    ],
    [
      'one wrong row among good ones',
      setting([row(), row({ key: 'limit.K3', value: '-1' })]),
      'FACT_NOT_DAYS',
    ],
  ])('%s is returned', (_, e, code) => {
    expect(verdict(e, { role: 'admin' })).toMatchObject({ kind: 'rejected', code });
  });
  test('of another row beside one from elsewhere is merged, of the same row a conflict', () => {
    const before = [setting([row({ value: '4' })])];
    expect(
      verdict(setting([row({ key: 'limit.K3', value: '1' })]), { applied: before, role: 'head' }).kind,
    ).toBe('merged');
    expect(verdict(setting([row({ value: '7' })]), { applied: before, role: 'head' })).toMatchObject({
      kind: 'conflict',
      field: 'limit.K2@2023-07-10',
    });
  });
});
