/** The city's verdict: every kind of it, and every reason to return an event. */
import { describe, expect, test } from 'vitest';
import type { Event } from '../../../../shared/domain/event.ts';
import { fold } from '../../../../shared/domain/project.ts';
import { eventVerbs, mayDo, type Role, roles } from '../../../../shared/domain/verbs.ts';
import { isApplied, judge, verdictKinds, verdictSchema } from '../../../../shared/domain/verdict.ts';
import { counted, EMPTY_FORM_RECEIVE, event, received } from '../../../support/events.ts';

interface Setting {
  readonly role?: Role;
  readonly office?: string;
  readonly applied?: readonly Event[];
}
const verdict = (e: Event, { role = 'clerk', office = '26743', applied = [] }: Setting = {}) =>
  judge({ event: e, sender: { role, office }, current: fold(applied), applied: byOthers(applied) });
/** What stands at the city came from another machine. */
const OTHER_STREAM = '00000000-0000-4000-8000-000000000001';
const byOthers = (events: readonly Event[]) => events.map((e) => ({ ...e, stream: OTHER_STREAM }));
const form = received().body.form as Record<string, string>;
const body = (more: object) => received({ ...EMPTY_FORM_RECEIVE, form, ...more });
const correct = (changes: Record<string, string>, base = 1, more: Partial<Event> = {}) =>
  event({ verb: 'dossier.correct', base, body: { changes, reason: 'gõ nhầm' }, ...more });

test.each(['dossier.receive', 'dossier.correct', 'count.record'] as const)(
  '%s on its newest base is accepted',
  (verb) => {
    const cases = {
      'dossier.receive': [received(), []],
      'dossier.correct': [correct({ 'child.fullName': 'Trần Thị B' }), [received()]],
      'count.record': [counted({ hoi_nong_dan: 0 }), []],
    } as const;
    const [e, applied] = cases[verb];
    expect(verdict(e, { applied })).toEqual({ kind: 'accepted', revision: applied.length + 1 });
  },
);

const conclude = (component: string, more: object = {}, event_: Partial<Event> = {}) =>
  event({
    verb: 'dossier.conclude',
    base: 1,
    body: { component, outcome: 'done', on: '2026-11-20', ...more },
    ...event_,
  });

describe('a conclusion', () => {
  const applied = [received()];
  test('of a component of the dossier is accepted, from the day of reception on', () => {
    expect(verdict(conclude('K1'), { applied })).toEqual({ kind: 'accepted', revision: 2 });
  });
  test('of another component, or beside a correction, is merged; of the same one it is a conflict', () => {
    expect(verdict(conclude('K2'), { applied: [...applied, conclude('K1')] })).toEqual({
      kind: 'merged',
      revision: 3,
    });
    expect(verdict(conclude('K2'), { applied: [...applied, correct({ 'child.sex': 'nu' })] }).kind).toBe(
      'merged',
    );
    expect(
      verdict(conclude('K1', { outcome: 'refused' }), { applied: [...applied, conclude('K1')] }),
    ).toMatchObject({
      kind: 'conflict',
      field: 'component/K1',
    });
  });
  test.each<[string, Event, readonly Event[], string]>([
    ['nothing', conclude('K1'), [], 'EVENT_BASE_UNKNOWN'],
    ['a component that was not asked for', conclude('K4'), applied, 'COMPONENT_UNKNOWN'],
    [
      'a day before the reception',
      conclude('K1', { on: '2026-11-19' }),
      applied,
      'CONCLUDED_BEFORE_RECEIVED',
    ],
    ['an unknown outcome', conclude('K1', { outcome: 'lost' }), applied, 'EVENT_BODY_INVALID'],
    ['no day', conclude('K1', { on: 'hôm qua' }), applied, 'EVENT_BODY_INVALID'],
    [
      'a dossier that an office above received for this commune',
      conclude('K1'),
      [received(undefined, { office: '79' })],
      'OK',
    ],
  ])('of %s', (_, e, before, code) => {
    const v = verdict(e, { applied: before });
    expect(v.code ?? 'OK').toBe(code);
  });
  test('from an office beside the one that received it is returned', () => {
    const v = verdict(conclude('K1', {}, { office: '26740' }), { office: '26740', applied });
    expect(v).toMatchObject({ kind: 'rejected', code: 'EVENT_WRONG_OFFICE' });
  });
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

test.each<[string, Event, Setting, string]>([
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
    body({ components: [{ code: 'T1', due: null }] }),
    {},
    'EVENT_BODY_INVALID',
  ],
  ['an unknown commune', body({ commune: '99999@2025-07-01' }), {}, 'COMMUNE_UNKNOWN'],
  ['the commune that carried the code before', body({ commune: '26740@2021-01-01' }), {}, 'COMMUNE_UNKNOWN'],
  ['the city as a commune', body({ commune: '79@2021-01-01' }), {}, 'COMMUNE_UNKNOWN'],
  ['a commune of another office', body({ commune: '26740@2025-07-01' }), {}, 'EVENT_WRONG_OFFICE'],
  ['a form without a name', body({ form: { ...form, 'child.fullName': '  ' } }), {}, 'FIELD_REQUIRED'],
  ['a form of the future', body({ form: { ...form, 'child.birth': '2026-12-01' } }), {}, 'DATE_IN_FUTURE'],
  ['a field that does not exist', body({ form: { ...form, 'child.weight': '3' } }), {}, 'FIELD_UNKNOWN'],
  ['a correction of nothing', correct({ 'child.sex': 'nu' }), {}, 'EVENT_BASE_UNKNOWN'],
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
    'a base that the city does not have',
    correct({ 'child.sex': 'nu' }, 5),
    { applied: [received()] },
    'EVENT_BASE_UNKNOWN',
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
])('%s is returned', (_, e, setting, code) => {
  const v = verdict(e, setting);
  expect(v).toMatchObject({ kind: 'rejected', code, revision: setting.applied?.length ?? 0 });
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
    components: [{ code: 'T1', due: null }],
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

test('every verb with every role: clerk, head and officer write, nobody else', () => {
  for (const verb of eventVerbs)
    for (const role of roles)
      expect(mayDo(role, verb), `${role} ${verb}`).toBe(['clerk', 'head', 'officer'].includes(role));
});
test('only accepted and merged events count', () => {
  expect(verdictKinds.filter((kind) => isApplied({ kind, revision: 1 }))).toEqual(['accepted', 'merged']);
});
