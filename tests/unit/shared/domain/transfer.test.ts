/** A dossier handed over to another ward: who may write from then on, who still sees it, what the city takes and what it lays before a person. */
import { describe, expect, test } from 'vitest';
import { unitOn } from '../../../../shared/catalogue/units.ts';
import { allowedActions } from '../../../../shared/domain/allowed-actions.ts';
import type { Dossier } from '../../../../shared/domain/dossier.ts';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { readable, scopeOf, widened } from '../../../../shared/domain/scope.ts';
import { isCountedAt, mayHandle, officesSeeing, openComponents } from '../../../../shared/domain/transfer.ts';
import { must } from '../../../../shared/lib/must.ts';
import { counted, received } from '../../../support/events.ts';
import { act, correct, NEXT_WARD, note, resolve, transfer, verdict } from '../../../support/judged.ts';

const DAY = '2026-11-20';
const HERE = '26743';
const THERE = '26740';
const third = must(unitOn('26737', DAY), 'a third ward');
const state = (events: readonly Event[]): Dossier => {
  const subject = fold(events);
  return must(subject?.kind === 'dossier' ? subject.state : undefined, 'dossier');
};
const before = [received()];
const moved = [...before, transfer()];
const back = [
  ...moved,
  transfer({ to: '26743@2025-07-01', reason: 'chuyển nhầm' }, { base: 2, office: THERE }),
];

test('keeps what happened and says who has it now', () => {
  const { transfers, holder, components, revision, office } = state(moved);
  expect({ holder, revision, office, open: openComponents(components) }).toEqual({
    holder: NEXT_WARD,
    revision: 2,
    office: HERE,
    open: ['K1', 'K2', 'K3'],
  });
  expect(transfers).toEqual([
    { to: NEXT_WARD, components: ['K1', 'K2', 'K3'], on: DAY, reason: 'nhầm địa bàn' },
  ]);
});

describe('who may write', () => {
  test.each([
    ['where it was received', before, [HERE], [THERE, third.code]],
    ['after it was handed over', moved, [THERE], [HERE, third.code]],
    ['after it came back', back, [HERE], [THERE, third.code]],
  ])('%s', (_, events, may, mayNot) => {
    for (const office of [...may, '79']) expect(mayHandle(office, state(events)), office).toBe(true);
    for (const office of mayNot) expect(mayHandle(office, state(events)), office).toBe(false);
    for (const office of [...may, ...mayNot])
      expect(allowedActions(state(events), { role: 'clerk', office }, DAY).length > 0, office).toBe(
        may.includes(office),
      );
  });
  test('the ward that has it goes on at the city; the one that had it is told who has it', () => {
    const applied = moved;
    for (const e of [
      act({}, { base: 2, office: THERE }),
      correct({ 'child.sex': 'nu' }, 2, { office: THERE }),
      note({ 'code.official': 'H29-1' }, { base: 2, office: THERE }),
    ]) {
      expect(verdict(e, { applied }).kind, e.verb).toBe('accepted');
      expect(verdict({ ...e, office: HERE }, { applied }), e.verb).toMatchObject({
        kind: 'rejected',
        code: 'DOSSIER_HANDED_OVER',
      });
      expect(verdict({ ...e, office: third.code }, { applied }).code, e.verb).toBe('EVENT_WRONG_OFFICE');
    }
  });
  test('what was written before the hand-over was known is laid before a person, who may leave it at that', () => {
    const late = verdict(correct({ 'child.sex': 'nu' }), { applied: moved });
    expect(late).toMatchObject({ kind: 'conflict', code: 'EVENT_FIELDS_CONFLICT' });
    const city = { kept: 'city', fields: { 'child.sex': 'city' }, changes: {} };
    expect(verdict(resolve(city, { base: 2 }), { applied: moved }).kind).toBe('accepted');
    const mine = { fields: { 'child.sex': 'mine' }, changes: { 'child.sex': 'nu' } };
    expect(verdict(resolve(mine, { base: 2 }), { applied: moved })).toMatchObject({
      kind: 'rejected',
      code: 'DOSSIER_HANDED_OVER',
    });
    expect(verdict(resolve(city, { base: 2, office: third.code }), { applied: moved }).code).toBe(
      'EVENT_WRONG_OFFICE',
    );
  });
});

describe('who sees it', () => {
  test('both wards and those above, also after a second hand-over; it is counted where it was received', () => {
    for (const events of [moved, back]) {
      expect(officesSeeing(state(events))).toEqual(expect.arrayContaining([HERE, THERE, '79']));
      expect(officesSeeing(state(events))).not.toContain(third.code);
    }
    const counts = (office: string) => isCountedAt(office, state(moved));
    expect([HERE, '79', THERE, third.code].map(counts)).toEqual([true, true, false, false]);
  });
  test('the hand-over widens the scope once; nothing else does', () => {
    const dossier = (events: readonly Event[]) => fold(events);
    expect(widened(dossier(before), dossier(moved))).toEqual([THERE]);
    expect(widened(dossier(moved), dossier(back))).toEqual([]);
    expect(widened(undefined, dossier(before))).toEqual([]);
    expect(widened(dossier(before), dossier([...before, act()]))).toEqual([]);
    expect(
      widened(fold([counted({ hoi_nong_dan: 1 })]), fold([counted({ hoi_nong_dan: 1 }), counted({})])),
    ).toEqual([]);
  });
  test('the scope of every later event reaches the inboxes of both', () => {
    const e = act({}, { base: 2, office: THERE });
    const scope = scopeOf(e, fold([...moved, e]), DAY);
    for (const office of [HERE, THERE, '79'])
      expect(
        readable(office, DAY).some((entry) => scope.includes(entry)),
        office,
      ).toBe(true);
    expect(readable(third.code, DAY).some((entry) => scope.includes(entry))).toBe(false);
  });
});

describe('what is no hand-over', () => {
  test.each([
    ['to nowhere', { to: '99999@2025-07-01' }, 'COMMUNE_UNKNOWN', 'to'],
    ['to a unit above the communes', { to: '79@2021-01-01' }, 'COMMUNE_UNKNOWN', 'to'],
    ['to a ward that is closed', { to: '26740@2021-01-01' }, 'COMMUNE_UNKNOWN', 'to'],
    ['to the ward that has it', { to: '26743@2025-07-01' }, 'TRANSFER_SAME_OFFICE', 'to'],
    ['before the reception', { on: '2026-11-19' }, 'STEP_BEFORE_RECEIVED', 'on'],
    ['of a part of what is open', { components: ['K1'] }, 'ACTION_NOT_ALLOWED', 'component/K2'],
    ['of what it has not', { components: ['K1', 'K2', 'K3', 'T1'] }, 'ACTION_NOT_ALLOWED', 'component/T1'],
    ['of no component', { components: [] }, 'EVENT_BODY_INVALID', 'components'],
    ['without a reason', { reason: '' }, 'EVENT_BODY_INVALID', 'reason'],
  ])('%s', (_, body, code, field) => {
    expect(verdict(transfer(body), { applied: before })).toMatchObject({ kind: 'rejected', code, field });
  });
  test('of a dossier that has ended, or that the city does not know', () => {
    const ended = act({ action: 'refuse', components: ['K1', 'K2', 'K3'], reason: 'thiếu' });
    expect(verdict(transfer({}, { base: 2 }), { applied: [...before, ended] })).toMatchObject({
      kind: 'rejected',
      code: 'TRANSFER_NOTHING_OPEN',
    });
    expect(verdict(transfer({}, { base: 0 }))).toMatchObject({
      kind: 'rejected',
      code: 'EVENT_BASE_UNKNOWN',
    });
  });
});

describe('with another machine of the ward', () => {
  test.each([
    ['a step that was not seen', act(), 'conflict'],
    ['another hand-over', transfer({ to: third.key }), 'conflict'],
    ['a correction that was not seen', correct({ 'child.sex': 'nu' }), 'merged'],
    ['a note that was not seen', note({ 'code.official': 'H29-1' }), 'merged'],
  ])('%s', (_, theirs, kind) => {
    expect(verdict(transfer(), { applied: [...before, theirs] }).kind).toBe(kind);
  });
});
