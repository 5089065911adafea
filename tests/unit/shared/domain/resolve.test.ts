/** Conflicts closed by a person: what the city takes, and that machines end with the same dossier whatever came first. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold, touchedFields } from '../../../../shared/domain/project.ts';
import { isTyping, keptOf } from '../../../../shared/domain/resolve.ts';
import { eventVerbs } from '../../../../shared/domain/verbs.ts';
import { isApplied, judge } from '../../../../shared/domain/verdict.ts';
import { counted, received } from '../../../support/events.ts';
import { act, added, correct, resolve, resolveSheet, sheetStep, verdict } from '../../../support/judged.ts';

const applied = [received(), correct({ 'child.fullName': 'Trần Thị B' })];
const formOf = (events: readonly Event[]) => {
  const subject = fold(events);
  return subject?.kind === 'dossier' ? subject.state.form : {};
};

describe('what is kept', () => {
  test('of this machine is set on the city state, the rest stays', () => {
    const mine = resolve({}, { base: 2 });
    expect(verdict(mine, { applied })).toEqual({ kind: 'accepted', revision: 3 });
    expect(formOf([...applied, mine])).toEqual({ ...formOf(applied), 'child.fullName': 'Trần Thị C' });
  });
  test('of the city changes nothing and never clashes', () => {
    const city = resolve({ kept: 'city', fields: { 'child.fullName': 'city' }, changes: {} });
    expect(touchedFields(city)).toEqual([]);
    expect(verdict(city, { applied }).kind).toBe('merged');
    expect(formOf([...applied, city])).toEqual(formOf(applied));
  });
  test('of both: field by field, corrections and notes alike', () => {
    const fields = { 'child.fullName': 'city', 'child.sex': 'mine', 'code.official': 'mine' };
    const both = resolve(
      { kept: 'mixed', fields, changes: { 'child.sex': 'nu', 'code.official': 'H29-1' } },
      { base: 2 },
    );
    expect(verdict(both, { applied }).kind).toBe('accepted');
    expect(formOf([...applied, both])).toMatchObject({
      'child.fullName': 'Trần Thị B',
      'child.sex': 'nu',
      'code.official': 'H29-1',
    });
  });
  test('may ask for a component, as a correction does', () => {
    const asked = resolve({ ...added('K4'), fields: { 'request.idCard': 'mine' } }, { base: 2 });
    expect(verdict(asked, { applied }).kind).toBe('accepted');
    const subject = fold([...applied, asked]);
    expect(subject?.kind === 'dossier' && subject.state.components.map((c) => c.code)).toContain('K4');
  });
  test('is a conflict again where a third machine was faster', () => {
    const late = resolve({}, { base: 1 });
    expect(verdict(late, { applied })).toMatchObject({ kind: 'conflict', field: 'child.fullName' });
  });
});

describe('a choice that is none', () => {
  test.each([
    ['the word does not fit the fields', { kept: 'mixed' }, 'EVENT_BODY_INVALID', 'kept'],
    [
      'the city is kept, and yet a value is set',
      { kept: 'city', fields: { 'child.fullName': 'city' } },
      'EVENT_BODY_INVALID',
      'child.fullName',
    ],
    [
      'a step of this machine is put over the city',
      { fields: { 'component/K1': 'mine' } },
      'RESOLVE_CITY_ONLY',
      'component/K1',
    ],
    ['a reception is', { fields: { '*': 'mine' } }, 'RESOLVE_CITY_ONLY', '*'],
    ['a hand-over is', { fields: { holder: 'mine' } }, 'RESOLVE_CITY_ONLY', 'holder'],
    ['a promised day is', { fields: { 'due/K1': 'mine' } }, 'RESOLVE_CITY_ONLY', 'due/K1'],
    ['a field that nobody knows', { changes: { 'child.weight': '3' } }, 'EVENT_BODY_INVALID', 'child.weight'],
    [
      'a value that stops a dossier',
      { changes: { 'child.fullName': '' } },
      'FIELD_REQUIRED',
      'child.fullName',
    ],
    [
      'a paper that nobody knows',
      { changes: { 'paper.none': 'missing' } },
      'EVENT_BODY_INVALID',
      'paper.none',
    ],
    ['a component that nobody knows', added('T9'), 'COMPONENT_UNKNOWN', 'T9'],
    ['no reason', { reason: '' }, 'EVENT_BODY_INVALID', 'reason'],
    ['no event', { event: 'x' }, 'EVENT_BODY_INVALID', 'event'],
  ])('%s', (_, body, code, field) => {
    expect(verdict(resolve(body, { base: 2 }), { applied })).toMatchObject({ kind: 'rejected', code, field });
  });
  test.each([
    [{}, 'city'],
    [{ a: 'city' }, 'city'],
    [{ a: 'mine' }, 'mine'],
    [{ a: 'mine', b: 'city' }, 'mixed'],
  ] as const)('fields %j are kept as %s', (fields, kept) => {
    expect(keptOf(fields)).toBe(kept);
  });
  test('decisions are never typing', () => {
    expect(eventVerbs.filter((verb) => verb.startsWith('dossier') && !isTyping(verb))).toEqual([
      'dossier.receive',
      'dossier.act',
      'dossier.transfer',
      'dossier.attach',
      'dossier.detach',
    ]);
  });
});

describe('on a sheet', () => {
  const sheet = [counted({ hoi_nong_dan: 5, nguoi_co_cong: 1 })];
  const cellsOf = (events: readonly Event[]) => {
    const subject = fold(events);
    return subject?.kind === 'sheet' ? subject.state.cells : {};
  };
  test('figures of this machine take the place of the city ones; none, and nothing changes', () => {
    expect(cellsOf([...sheet, resolveSheet()])).toEqual({ 'hoi_nong_dan/tong': 7, 'nguoi_co_cong/tong': 1 });
    const city = resolveSheet({ kept: 'city', cells: [] }, { base: 0 });
    expect(verdict(city, { applied: sheet }).kind).toBe('merged');
    expect(cellsOf([...sheet, city])).toEqual(cellsOf(sheet));
  });
  test.each([
    ['figures although the city is kept', { kept: 'city' }, 'EVENT_BODY_INVALID'],
    ['no figures although this machine is', { cells: [] }, 'EVENT_BODY_INVALID'],
    ['a figure that no form has', { cells: [{ category: 'x', measure: 'y', value: 1 }] }, 'CATEGORY_UNKNOWN'],
    ['a sheet of another unit', { unit: '26740@2025-07-01' }, 'UNIT_OUT_OF_SCOPE'],
  ])('is refused: %s', (_, body, code) => {
    expect(verdict(resolveSheet(body), { applied: sheet })).toMatchObject({ kind: 'rejected', code });
  });
  test('that is locked keeps its figures; closing for the city goes on', () => {
    const locked = [...sheet, sheetStep('sheet.lock', 1)];
    expect(verdict(resolveSheet({}, { base: 2 }), { applied: locked }).code).toBe('SHEET_LOCKED');
    expect(verdict(resolveSheet({ kept: 'city', cells: [] }, { base: 2 }), { applied: locked }).kind).toBe(
      'accepted',
    );
  });
});

/** One city over which two machines send what they wrote on the same base; each conflict is decided by the same rule. */
function meeting(sent: readonly Event[]) {
  const log: Event[] = [received()];
  const send = (event: Event) => {
    const subject = fold(log);
    const verdict = judge({
      event,
      sender: { role: 'clerk', office: event.office },
      current: subject,
      applied: log,
    });
    if (isApplied(verdict)) log.push(event);
    return verdict;
  };
  for (const event of sent) {
    const said = send(event);
    if (said.kind !== 'conflict') continue;
    const [now, wanted] = [formOf(log), event.body['changes'] as Record<string, string>];
    const better = (name: string) => (wanted[name] ?? '') > (now[name] ?? '') || !disputed.has(name);
    const disputed = new Set((said.field ?? '').split(', '));
    const fields = Object.fromEntries(
      Object.keys(wanted).map((name) => [name, better(name) ? ('mine' as const) : ('city' as const)]),
    );
    const changes = Object.fromEntries(Object.entries(wanted).filter(([name]) => fields[name] === 'mine'));
    const answer = resolve(
      { event: event.id, kept: keptOf(fields), fields, changes },
      { base: log.length, stream: event.stream },
    );
    expect(send(answer)).toMatchObject({ kind: 'accepted' });
  }
  return log;
}

const names = ['father.fullName', 'mother.fullName', 'child.hometown', 'requester.residence'];
const changes = fc
  .dictionary(fc.constantFrom(...names), fc.constantFrom('An', 'Bình', 'Chi', 'Dũng'), { minKeys: 1 })
  .map((set) => ({ ...set }));
const streamOf = (i: number) => `00000000-0000-4000-8000-00000000001${i}`;

test('whichever of two machines sends first, both end with the same dossier, and nothing is dropped unsaid', () => {
  fc.assert(
    fc.property(changes, changes, (a, b) => {
      const [one, two] = [a, b].map((set, i) => correct(set, 1, { stream: streamOf(i) })) as [Event, Event];
      const [first, second] = [meeting([one, two]), meeting([two, one])];
      expect(formOf(first)).toEqual(formOf(second));
      for (const [name, value] of Object.entries({ ...b, ...a }))
        expect(formOf(first)[name]).toBe([a[name], b[name]].filter(Boolean).sort().at(-1) ?? value);
    }),
    { numRuns: 300 },
  );
});

test('steps and hand-overs in conflict are closed for the city and can be done again', () => {
  const late = act({ action: 'refuse', reason: 'thiếu' });
  const log = [received(), act()];
  expect(verdict(late, { applied: log }).kind).toBe('conflict');
  const closed = resolve({ kept: 'city', fields: { 'component/K1': 'city' }, changes: {} }, { base: 2 });
  expect(verdict(closed, { applied: log }).kind).toBe('accepted');
  const again = act({ action: 'take_back', reason: 'nhầm' }, { base: 3 });
  expect(verdict(again, { applied: [...log, closed] }).kind).toBe('accepted');
});
