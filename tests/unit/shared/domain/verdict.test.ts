/** The city's verdict: every kind of it, and every reason to return an event. */
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { type EventVerb, eventVerbs, mayDo, type Role, roles } from '../../../../shared/domain/verbs.ts';
import { isApplied, judge, verdictKinds, verdictSchema } from '../../../../shared/domain/verdict.ts';
import { counted, EMPTY_FORM_RECEIVE, event, received } from '../../../support/events.ts';
import {
  added,
  body,
  type Circumstances,
  cases,
  correct,
  form,
  OTHER_STREAM,
  verdict,
} from '../../../support/judged.ts';

describe.each(eventVerbs)('%s', (verb) => {
  const [e, applied, role] = cases[verb];
  const { office } = e;
  test('on its newest base is accepted', () => {
    expect(verdict(e, { applied, role, office })).toEqual({ kind: 'accepted', revision: applied.length + 1 });
  });
  test('by a role that may not is returned, whatever the event claims', () => {
    for (const other of roles.filter((r) => !mayDo(r, verb)))
      expect(
        verdict({ ...e, actor: { ...e.actor, role } }, { applied, role: other, office }),
        other,
      ).toMatchObject({
        kind: 'rejected',
        code: 'FORBIDDEN',
      });
  });
  test('in the name of another office than the machine is returned', () => {
    const v = verdict(e, { applied, role, office: '26740' });
    expect(v).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE', field: 'office' });
  });
  test.each([
    ['nothing', {}],
    ['a list', { changes: [], components: [], cells: {}, corrections: {} }],
    ['null everywhere', { changes: null, components: null, action: null, cells: null, corrections: null }],
    ['numbers', { changes: { 'child.sex': 1 }, action: 7, cells: [1], corrections: [1], code: 1 }],
    ['blank words', { changes: { '': '' }, reason: '', action: '', code: '', cells: [], corrections: [] }],
  ])('with a body of %s is returned and stops nobody', (_, bad) => {
    const v = verdict({ ...e, body: bad as Event['body'] }, { applied, role });
    expect(v).toMatchObject({ kind: 'rejected', code: 'EVENT_BODY_INVALID', revision: applied.length });
    expect(verdictSchema.safeParse(v).success).toBe(true);
  });
  test.each(['dossier', 'sheet', 'setting'] as const)(
    'on a subject of the kind %s: only its own kind',
    (kind) => {
      const v = verdict({ ...e, subject: { kind, id: e.subject.id } }, { applied, role });
      expect(v.kind === 'accepted').toBe(kind === e.subject.kind);
      if (kind !== e.subject.kind)
        expect(v).toMatchObject({ kind: 'rejected', code: 'EVENT_BODY_INVALID', field: 'subject' });
    },
  );
});

describe('one machine before it has read what others sent', () => {
  const [others, own] = [
    counted({ nguoi_co_cong: 1 }, { stream: OTHER_STREAM }),
    counted({ hoi_nong_dan: 5 }),
  ];
  const judged = (e: Event, applied: readonly Event[]) =>
    judge({ event: e, sender: { role: 'clerk', office: '26743' }, current: fold(applied), applied });
  test('corrects its own figure: it knows its own stream', () => {
    expect(judged(counted({ hoi_nong_dan: 6 }), [own])).toEqual({ kind: 'accepted', revision: 2 });
    expect(judged(counted({ hoi_nong_dan: 6 }), [others, own])).toEqual({ kind: 'merged', revision: 3 });
  });
  test('does not write over a figure that it cannot have seen', () => {
    expect(judged(counted({ nguoi_co_cong: 9 }), [others, own])).toMatchObject({
      kind: 'conflict',
      field: 'nguoi_co_cong/tong',
    });
    expect(judged(counted({ nguoi_co_cong: 9 }, { base: 1 }), [others, own]).kind).toBe('accepted');
  });
  test('may not receive a dossier again that it received', () => {
    expect(judged(received(), [received()])).toMatchObject({ kind: 'conflict', field: '*' });
  });
});

describe('two machines at once', () => {
  const applied = [received(), correct({ 'child.fullName': 'Trần Thị B' })];
  test('other fields: both stand', () => {
    expect(verdict(correct({ 'child.sex': 'nu' }), { applied })).toEqual({ kind: 'merged', revision: 3 });
  });
  test('the same field: the later one is asked, and the fields are named', () => {
    expect(verdict(correct({ 'child.fullName': 'C', 'child.sex': 'nu' }), { applied })).toEqual({
      kind: 'conflict',
      code: 'EVENT_FIELDS_CONFLICT',
      field: 'child.fullName',
      revision: 2,
    });
  });
  test('the same figure of a sheet is a conflict, another one is merged', () => {
    const sheets = [counted({ hoi_nong_dan: 5 })];
    expect(verdict(counted({ hoi_nong_dan: 6 }), { applied: sheets }).kind).toBe('conflict');
    expect(verdict(counted({ nguoi_co_cong: 6 }), { applied: sheets })).toEqual({
      kind: 'merged',
      revision: 2,
    });
  });
  test('a reception of a dossier that stands already is a conflict', () => {
    expect(verdict(received(), { applied: [received()] }).kind).toBe('conflict');
  });
  test('many fields in conflict are cut to what a verdict carries', () => {
    const cells = Object.fromEntries(
      Array.from({ length: 8 }, (_, i) => [
        [
          'hoi_cuu_chien_binh',
          'hoi_nong_dan',
          'hoi_nguoi_cao_tuoi',
          'hoi_chu_thap_do',
          'nguoi_lao_dong',
          'ho_tro_tien_thue_nha',
          'nguoi_co_cong',
          'an_sinh_xa_hoi',
        ][i] ?? '',
        1,
      ]),
    );
    const v = verdict(counted(cells), { applied: [counted(cells)] });
    expect(verdictSchema.safeParse(v).success && v.field?.includes('hoi_cuu_chien_binh/tong')).toBe(true);
  });
});

describe('held for a newer city', () => {
  test.each<[string, Partial<Event>]>([
    ['a newer schema', { schema: 2 }],
    ['an unknown verb', { verb: 'dossier.bless' }],
    ['a verb that is a name of Object', { verb: 'constructor' }],
  ])('%s', (_, more) => {
    expect(verdict(event(more), { role: 'auditor' })).toEqual({
      kind: 'held',
      code: 'EVENT_SCHEMA_NEWER',
      revision: 0,
    });
  });
});

test.each<[string, Event, Circumstances, string]>([
  ['a stranger', received(), { role: 'auditor' }, 'FORBIDDEN'],
  [
    'a role that the event claims but the city does not know',
    received(undefined, { actor: { id: 'a', name: 'b', role: 'head' } }),
    { role: 'technician' },
    'FORBIDDEN',
  ],
  ['another office than the machine', received(), { office: '26740' }, 'EVENT_WRONG_OFFICE'],
  [
    'a sheet as the subject of a dossier',
    received(undefined, { subject: { kind: 'sheet', id: 'x' } }),
    {},
    'EVENT_BODY_INVALID',
  ],
  [
    'a dossier as the subject of a count',
    counted({ hoi_nong_dan: 1 }, { subject: { kind: 'dossier', id: 'x' } }),
    {},
    'EVENT_BODY_INVALID',
  ],
  [
    'a reception with a base',
    received(undefined, { base: 1 }),
    { applied: [received()] },
    'EVENT_BODY_INVALID',
  ],
  ['an empty body', received({}), {}, 'EVENT_BODY_INVALID'],
  ['an unknown regime', body({ regime: 'x' }), {}, 'NO_REGIME'],
  ['a regime of another day', body({ regime: 'nd63-2024' }), {}, 'NO_REGIME'],
  [
    'a day before all regimes',
    body({ regime: 'trien-khai-2023', receivedOn: '2023-07-09' }),
    {},
    'NO_REGIME',
  ],
  [
    'a component of the other chain',
    body({ components: [{ code: 'T1', due: null, waitsFor: null }] }),
    {},
    'EVENT_BODY_INVALID',
  ],
  [
    'a component that waits for one that is not there',
    body({ components: [{ code: 'K2', due: null, waitsFor: 'K1' }] }),
    {},
    'EVENT_BODY_INVALID',
  ],
  [
    'a component twice',
    body({ components: Array(2).fill({ code: 'K1', due: null, waitsFor: null }) }),
    {},
    'EVENT_BODY_INVALID',
  ],
  ['a note of an unknown paper', body({ form: { ...form, 'paper.none': 'missing' } }), {}, 'FIELD_UNKNOWN'],
  [
    'a correction that notes a paper',
    correct({ 'code.official': '1' }),
    { applied: [received()] },
    'EVENT_BODY_INVALID',
  ],
  [
    'a correction that adds a component of no regime',
    event({ verb: 'dossier.correct', base: 1, body: { ...added('K9') } }),
    { applied: [received()] },
    'COMPONENT_UNKNOWN',
  ],
  [
    'a correction that adds one behind nothing',
    event({ verb: 'dossier.correct', base: 1, body: { ...added('K4', 'K9') } }),
    { applied: [received()] },
    'COMPONENT_UNKNOWN',
  ],
  ['an unknown commune', body({ commune: '99999@2025-07-01' }), {}, 'COMMUNE_UNKNOWN'],
  ['the commune that carried the code before', body({ commune: '26740@2021-01-01' }), {}, 'COMMUNE_UNKNOWN'],
  ['the city as a commune', body({ commune: '79@2021-01-01' }), {}, 'COMMUNE_UNKNOWN'],
  ['a commune of another office', body({ commune: '26740@2025-07-01' }), {}, 'EVENT_WRONG_OFFICE'],
  ['a form without a name', body({ form: { ...form, 'child.fullName': '  ' } }), {}, 'FIELD_REQUIRED'],
  ['a form of the future', body({ form: { ...form, 'child.birth': '2026-12-01' } }), {}, 'DATE_IN_FUTURE'],
  ['a field that does not exist', body({ form: { ...form, 'child.weight': '3' } }), {}, 'FIELD_UNKNOWN'],
  ['a correction of nothing', correct({ 'child.sex': 'nu' }, 0), {}, 'EVENT_BASE_UNKNOWN'],
  [
    'a correction without a reason',
    event({ verb: 'dossier.correct', base: 1, body: { changes: { 'child.sex': 'nu' }, reason: '' } }),
    { applied: [received()] },
    'EVENT_BODY_INVALID',
  ],
  [
    'a correction of an unknown field',
    correct({ 'child.weight': '3' }),
    { applied: [received()] },
    'EVENT_BODY_INVALID',
  ],
  [
    'a correction that clears a required field',
    correct({ 'child.fullName': '' }),
    { applied: [received()] },
    'FIELD_REQUIRED',
  ],
  [
    'a correction to a wrong value',
    correct({ 'child.sex': 'x' }),
    { applied: [received()] },
    'CHOICE_UNKNOWN',
  ],
  [
    'a count of an unknown unit',
    counted({ hoi_nong_dan: 1 }, { unit: '99999@2025-07-01' }),
    {},
    'UNIT_UNKNOWN',
  ],
  [
    'a count of a unit that is gone',
    counted({ hoi_nong_dan: 1 }, { unit: '760@2021-01-01' }),
    { office: '26743' },
    'UNIT_CLOSED',
  ],
  [
    'a count of another unit',
    counted({ hoi_nong_dan: 1 }, { unit: '26740@2025-07-01' }),
    {},
    'UNIT_OUT_OF_SCOPE',
  ],
  [
    'a count under the id of another sheet',
    counted({ hoi_nong_dan: 1 }, { subject: { kind: 'sheet', id: 'x' } }),
    {},
    'EVENT_BODY_INVALID',
  ],
  ['an unknown category', counted({ hoi_ma: 1 }), {}, 'CATEGORY_UNKNOWN'],
  ['a negative count', counted({ hoi_nong_dan: -1 }), {}, 'EVENT_BODY_INVALID'],
])('%s is returned', (_, e, circumstances, code) => {
  const v = verdict(e, circumstances);
  expect(v).toMatchObject({ kind: 'rejected', code, revision: circumstances.applied?.length ?? 0 });
  expect(verdictSchema.safeParse(v).success).toBe(true);
});

test('a correction from elsewhere in the city is returned, from the office that received it or one above it is not', () => {
  const applied = [received()];
  const from = (office: string) =>
    verdict(correct({ 'child.sex': 'nu' }, 1, { office }), { office, applied, role: 'officer' });
  expect(from('26740')).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE' });
  expect(from('26743').kind).toBe('accepted');
  expect(from('79').kind).toBe('accepted');
});

test('a correction may not bring in a new contradiction, whichever of the two fields it changes', () => {
  const death = received({
    ...EMPTY_FORM_RECEIVE,
    chain: 'death',
    components: [{ code: 'T1', due: null, waitsFor: null }],
    form: {
      ...{
        'requester.fullName': 'A',
        'requester.relation': 'con',
        'deceased.fullName': 'B',
        'deceased.sex': 'nam',
      },
      ...{ 'deceased.birth': '1950', 'death.date': '2026-11-01' },
    },
  });
  for (const changes of [{ 'deceased.birth': '2026-11-05' }, { 'death.date': '1949-01-01' }])
    expect(verdict(correct(changes), { applied: [death] })).toMatchObject({
      kind: 'rejected',
      code: 'DATE_DEATH_BEFORE_BIRTH',
    });
  expect(verdict(correct({ 'deceased.birth': '1951' }), { applied: [death] }).kind).toBe('accepted');
});

test('an old fault of the form does not block the correction of another field', () => {
  const old = received({ ...EMPTY_FORM_RECEIVE, form: { ...form, 'child.birthPlace': '' } });
  expect(
    verdict(correct({ 'child.sex': 'nu' }), {
      applied: [{ ...old, body: { ...EMPTY_FORM_RECEIVE, form: { 'child.fullName': 'X' } } }],
    }).kind,
  ).toBe('accepted');
});

test('every verb with every role', () => {
  const others: Partial<Record<EventVerb, readonly Role[]>> = {
    'catalogue.correct': ['head', 'admin'],
    'sheet.approve': ['head', 'officer'],
    'sheet.return': ['head', 'officer'],
    'sheet.unlock': ['head', 'officer'],
    'target.set': ['head', 'admin', 'officer'],
    'cluster.set': ['head', 'admin', 'officer'],
  };
  for (const verb of eventVerbs)
    for (const role of roles) {
      const may: readonly Role[] = others[verb] ?? ['clerk', 'head', 'officer'];
      expect(mayDo(role, verb), `${role} ${verb}`).toBe(may.includes(role));
    }
});
test('only accepted and merged events count', () => {
  expect(verdictKinds.filter((kind) => isApplied({ kind, revision: 1 }))).toEqual(['accepted', 'merged']);
});

test.each([
  ['of nothing', correct({ 'child.sex': 'nu' }), []],
  ['of a revision to come', correct({ 'child.sex': 'nu' }, 5), [received()]],
])('a correction %s waits for what it builds on', (_, e, applied) => {
  expect(verdict(e, { applied })).toEqual({
    kind: 'held',
    code: 'EVENT_BASE_UNKNOWN',
    revision: applied.length,
  });
});

test('what waited never covers what its author wrote after it', () => {
  const waited = correct({ 'child.sex': 'nu' });
  const later = { ...correct({ 'child.sex': 'nam' }), seq: waited.seq + 1 };
  const other = { ...correct({ 'child.birthPlace': 'Trạm y tế' }), seq: waited.seq + 1 };
  expect(verdict(waited, { applied: [received(), later] })).toMatchObject({
    kind: 'conflict',
    field: 'child.sex',
  });
  expect(verdict(waited, { applied: [received(), other] })).toMatchObject({ kind: 'merged' });
});
