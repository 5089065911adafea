/** What a clerk typed becomes a clean form, and every problem is named by its field. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Condition } from '../../../../shared/domain/condition.ts';
import { forms } from '../../../../shared/domain/dossier-form.ts';
import type { FieldRule } from '../../../../shared/domain/field-rule.ts';
import { readForm, stops } from '../../../../shared/domain/read-form.ts';
import type { ProblemCode } from '../../../../shared/problem.ts';
import { form } from '../../../support/forms.ts';

const DAY = '2026-11-20';
const chains = ['birth', 'death'] as const;
type Chain = (typeof chains)[number];
const fields = (chain: Chain) => forms[chain].flatMap((s) => s.fields);
const read = (chain: Chain, more: Record<string, string>) => readForm(chain, form(chain, 1, more), DAY);
const problems = (chain: Chain, more: Record<string, string>) =>
  read(chain, more).problems.filter((p) => p.field in more || p.field === 'death.date');
const value = (chain: Chain, key: string, typed: string) => read(chain, { [key]: typed }).form[key];

/** A case in which this field is asked, with what is typed into it. */
function asked(chain: Chain, rule: FieldRule, typed: string): Record<string, string> {
  const section = forms[chain].find((s) => s.fields.includes(rule));
  return { ...reasonsFor(section?.when ?? null), ...reasonsFor(rule.when), [rule.key]: typed };
}

/** Values that make a condition true; derived facts through the field that they come from. */
function reasonsFor(condition: Condition | null): Record<string, string> {
  if (condition === null) return {};
  if ('all' in condition) return Object.assign({}, ...condition.all.map(reasonsFor));
  if ('any' in condition) return reasonsFor(condition.any[0] ?? null);
  if ('not' in condition) {
    const name = 'fact' in condition.not ? condition.not.fact : '';
    // "Not blank" of a member's name: the rows before it are there too.
    const before = Number(name.split('.')[1] ?? 0);
    return name.startsWith('member.')
      ? Object.fromEntries([1, 2, 3].slice(0, before).map((n) => [`member.${n}.fullName`, 'Nguyễn Thị Mẫu']))
      : {};
  }
  if (condition.fact === 'twins') return { 'child.birthCount': '2' };
  return { [condition.fact]: condition.is[0] ?? '' };
}
const readAsked = (chain: Chain, rule: FieldRule, typed: string) => {
  const reading = read(chain, asked(chain, rule, typed));
  return {
    value: reading.form[rule.key],
    problems: reading.problems.filter((p) => p.field === rule.key),
  };
};

describe.each(chains)('a %s declaration', (chain) => {
  test('of an invented person can be received, and says nothing that was not asked', () => {
    for (let i = 0; i < 300; i++) {
      const values = form(chain, i);
      const reading = readForm(chain, values, DAY);
      expect(stops(reading), String(i)).toEqual([]);
      expect(reading.form, String(i)).toEqual(values);
    }
  });
  test.each(
    fields(chain)
      .filter((f) => f.required)
      .map((f) => f.key),
  )('cannot be received without %s', (key) => {
    for (const blank of ['', '   ', '\u00a0', '\u200b'])
      expect(stops(readForm(chain, form(chain, 1, { [key]: blank }), DAY))).toEqual([
        { field: key, code: 'FIELD_REQUIRED', weight: 'stop' },
      ]);
  });
  test('with only its required fields can be received, and blanks are absent keys', () => {
    const whole = form(chain);
    const least = Object.fromEntries(
      fields(chain).map((f) => [f.key, f.required ? (whole[f.key] ?? '') : ' ']),
    );
    const reading = readForm(chain, least, DAY);
    expect(reading.problems).toEqual(
      chain === 'birth' ? [{ field: 'mother.fullName', code: 'PARENTS_BLANK', weight: 'warn' }] : [],
    );
    expect(Object.keys(reading.form).sort()).toEqual(
      fields(chain)
        .filter((f) => f.required)
        .map((f) => f.key)
        .sort(),
    );
  });
  const ofKind = (...kinds: readonly FieldRule['kind'][]) =>
    fields(chain)
      .filter((f) => kinds.includes(f.kind))
      .map((f) => [f.key, f] as const);
  test.each(ofKind('choice', 'flag'))('%s takes only its choices', (key, rule) => {
    for (const wrong of ['khac_nua', '0', 'true', 'NAM', '__proto__'])
      expect(readAsked(chain, rule, wrong), wrong).toEqual({
        problems: [{ field: key, code: 'CHOICE_UNKNOWN', weight: 'stop' }],
      });
    for (const right of rule.choices ?? ['1'])
      expect(readAsked(chain, rule, right), right).toMatchObject({ value: right, problems: [] });
  });
  test.each(ofKind('name', 'text', 'long_text'))(
    '%s keeps its spelling, is cleaned, capped and looked at for damage',
    (key, rule) => {
      expect(readAsked(chain, rule, '  H’Hen\u00a0 Niê ').value).toBe("H'Hen Niê");
      expect(readAsked(chain, rule, 'x'.repeat(300)).value).toHaveLength(300);
      expect(readAsked(chain, rule, 'x'.repeat(301)).problems).toEqual([
        { field: key, code: 'FIELD_TOO_LONG', weight: 'stop' },
      ]);
      expect(readAsked(chain, rule, 'N\uFFFDm').problems).toEqual([
        { field: key, code: 'TEXT_DAMAGED', weight: 'stop' },
      ]);
      expect(readAsked(chain, rule, 'Hồ\u200bVăn').problems).toContainEqual({
        field: key,
        code: 'TEXT_DAMAGED',
        weight: 'warn',
      });
    },
  );
  test.each(ofKind('number', 'money'))('%s takes whole numbers and keeps their digits', (key, rule) => {
    const code = rule.kind === 'money' ? 'AMOUNT_UNREADABLE' : 'NUMBER_UNREADABLE';
    for (const [typed, digits] of [
      ['2', '2'],
      [' 10 ', '10'],
      ['25.300.000', '25300000'],
      ['25 300 000', '25300000'],
      ['25300000', '25300000'],
    ] as const)
      expect(readAsked(chain, rule, typed).value, typed).toBe(digits);
    for (const wrong of ['hai', '-2', '1,5', '2.5', '25,3 triệu', '=1+1', '²', '999999999'])
      expect(readAsked(chain, rule, wrong), wrong).toEqual({
        problems: [{ field: key, code, weight: 'stop' }],
      });
  });
  const past = fields(chain).filter((f) => f.past);
  test.each(past)('$key is read in every notation and refused when it cannot be', (rule) => {
    for (const typed of ['01092026', '1/9/2026', '1.9.2026', '2026-09-01'])
      expect(readAsked(chain, rule, typed).value, typed).toBe('2026-09-01');
    const bad: [string, ProblemCode][] = [
      ['mai', 'DATE_UNREADABLE'],
      ['31/02/2026', 'DATE_NOT_IN_CALENDAR'],
      ['29022026', 'DATE_NOT_IN_CALENDAR'],
      ['21/11/2026', 'DATE_IN_FUTURE'],
      ['01/01/2027', 'DATE_IN_FUTURE'],
      ...(rule.kind === 'date'
        ? ([['1950', 'DATE_YEAR_ONLY']] as [string, ProblemCode][])
        : ([['2027', 'DATE_IN_FUTURE']] as [string, ProblemCode][])),
    ];
    for (const [typed, code] of bad)
      expect(
        readAsked(chain, rule, typed).problems.filter((p) => p.weight === 'stop'),
        typed,
      ).toEqual([{ field: rule.key, code, weight: 'stop' }]);
  });
  test.each(past)(
    '$key may be the day itself; before 1900 it is refused for the living, a warning for the dead',
    (rule) => {
      const codes = (typed: string) => readAsked(chain, rule, typed).problems;
      const weight = rule.ancient === 'warn' ? 'warn' : 'stop';
      expect(codes('20/11/2026').filter((p) => p.code === 'DATE_IN_FUTURE')).toEqual([]);
      expect(codes('31/12/1899').find((p) => p.code === 'DATE_BEFORE_1900')?.weight).toBe(weight);
      expect(codes('01/01/1900').filter((p) => p.code === 'DATE_BEFORE_1900')).toEqual([]);
    },
  );
});

test('a field of the other chain, an invented one and a name of Object are unknown', () => {
  for (const key of ['deceased.fullName', 'child.weight', 'constructor', 'toString', ''])
    expect(problems('birth', { [key]: 'x' }), key).toEqual([
      { field: key, code: 'FIELD_UNKNOWN', weight: 'stop' },
    ]);
});

describe('what law lets stand blank or rough', () => {
  test.each([
    ['birth', 'father.fullName', ''],
    ['birth', 'father.birth', ''],
    ['birth', 'mother.birth', '1999'],
    ['birth', 'requester.birth', '1960'],
    ['death', 'deceased.birth', ''],
    ['death', 'deceased.birth', '1930'],
    ['death', 'death.time', ''],
    ['death', 'death.cause', ''],
    ['death', 'death.noticeNumber', ''],
    ['birth', 'child.sex', 'khong_xac_dinh'],
    ['birth', 'requester.phone', ''],
    ['birth', 'requester.citizenNumber', ''],
  ] as const)('%s: %s = %j', (chain, key, typed) => {
    expect(stops(readForm(chain, form(chain, 1, { [key]: typed }), DAY))).toEqual([]);
  });
  test('a child may be registered long after the 60 days', () => {
    expect(stops(readForm('birth', form('birth', 1, { 'child.birth': '01/01/2010' }), DAY))).toEqual([]);
  });
});

describe('hours', () => {
  test.each([
    ['0815', '08:15'],
    ['815', '08:15'],
    ['8:15', '08:15'],
    ['8h15', '08:15'],
    ['08.15', '08:15'],
    ['23 59', '23:59'],
    ['00:00', '00:00'],
  ])('%j is %s', (typed, time) => {
    expect(value('death', 'death.time', typed)).toBe(time);
  });
  test.each(['24:00', '12:60', '8h', '8', '8:5', '081500', 'sáng', '-1:00', '٠٨١٥'])(
    '%j is no hour',
    (typed) => {
      expect(problems('death', { 'death.time': typed })).toEqual([
        { field: 'death.time', code: 'TIME_UNREADABLE', weight: 'stop' },
      ]);
    },
  );
});

describe('phone and citizen numbers only warn', () => {
  test.each([
    ['0901 234 567', '0901234567'],
    ['090.123.4567', '0901234567'],
    ['+84 901 234 567', '0901234567'],
  ])('%j is %s', (typed, number) => {
    expect(problems('birth', { 'requester.phone': typed })).toEqual([]);
    expect(value('birth', 'requester.phone', typed)).toBe(number);
  });
  test.each(['028 3829 1234', '0199123456', '090123456', 'không có'])(
    '%j is kept with a warning',
    (typed) => {
      expect(problems('birth', { 'requester.phone': typed })).toEqual([
        { field: 'requester.phone', code: 'PHONE_FORM', weight: 'warn' },
      ]);
    },
  );
  test('a phone of nothing but dashes is no number and leaves no empty field', () => {
    expect(problems('birth', { 'requester.phone': '- . -' })).toEqual([
      { field: 'requester.phone', code: 'PHONE_FORM', weight: 'warn' },
    ]);
    expect(value('birth', 'requester.phone', '- . -')).toBeUndefined();
  });
  test('a number that does not fit the person is kept with a warning', () => {
    const more = {
      'deceased.citizenNumber': '079 190 000 001',
      'deceased.sex': 'nam',
      'deceased.birth': '1990',
    };
    expect(problems('death', more)).toEqual([
      { field: 'deceased.citizenNumber', code: 'ID_SEX_MISMATCH', weight: 'warn' },
    ]);
    expect(value('death', 'deceased.citizenNumber', '079 190 000 001')).toBe('079190000001');
    expect(value('death', 'deceased.citizenNumber', 'b1234567')).toBe('B1234567');
  });
  test('no typed number grows beyond what a dossier holds', () => {
    for (const long of ['ß'.repeat(300), 'ŉ'.repeat(300)])
      expect((value('death', 'deceased.citizenNumber', long) ?? '').length).toBeLessThanOrEqual(300);
  });
});

test.each([
  ['1950-05-05', '2026-11-01', false],
  ['2026-11-02', '2026-11-01', true],
  ['2026', '2026-11-01', false],
  ['2026-11-01', '2026-11-01', false],
  ['31/12/2025', '30/12/2025', true],
])('born %s, died %s: refused %s', (birth, death, refused) => {
  const found = problems('death', { 'deceased.birth': birth, 'death.date': death });
  expect(found.filter((p) => p.weight === 'stop')).toEqual(
    refused ? [{ field: 'death.date', code: 'DATE_DEATH_BEFORE_BIRTH', weight: 'stop' }] : [],
  );
});

test('whatever is typed, nothing throws, clean values are capped and asked for, and reading the clean form again changes nothing', () => {
  const typed = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.constantFrom(
      '1',
      '1',
      '2',
      'nam',
      '01012020',
      '1999',
      '0815',
      '-.-',
      'H’Hen',
      '\uFFFD',
      'x'.repeat(301),
    ),
  );
  for (const chain of chains) {
    // Half of the choices and flags are real ones, so that what is asked changes from run to run.
    const typing = (rule: FieldRule) =>
      rule.choices ? fc.oneof(typed, fc.constantFrom(...rule.choices)) : typed;
    const raw = fc.record(Object.fromEntries(fields(chain).map((f) => [f.key, typing(f)])), {
      requiredKeys: [],
    });
    fc.assert(
      fc.property(raw, (given) => {
        const defined = Object.fromEntries(Object.entries(given).map(([k, v]) => [k, v ?? '']));
        const once = readForm(chain, defined, DAY);
        for (const [key, text] of Object.entries(once.form))
          expect(text.length > 0 && text.length <= 300, key).toBe(true);
        const asked = new Set(once.sections.flatMap((section) => section.fields.map((f) => f.key)));
        expect(Object.keys(once.form).filter((key) => !asked.has(key))).toEqual([]);
        expect(once.problems.filter((p) => !asked.has(p.field))).toEqual([]);
        const again = readForm(chain, once.form, DAY);
        expect(again.form).toEqual(once.form);
        expect(again.sections).toEqual(once.sections);
      }),
      { numRuns: 300 },
    );
  }
});

describe('what a case is not asked', () => {
  const typed = { 'requester.relation': 'me', 'requester.authorisedBy': 'nguoi_khac' };
  test('is not read, may be wrong, and comes back as soon as it is asked', () => {
    expect(read('birth', typed).form).not.toHaveProperty('requester.authorisedBy');
    expect(problems('birth', { 'copies.count': 'hai' })).toEqual([]);
    expect(read('birth', { ...typed, 'requester.relation': 'uy_quyen' }).form).toMatchObject({
      'requester.authorisedBy': 'nguoi_khac',
    });
  });
  test('hides what depends on it in turn', () => {
    const row = (n: number, name: string) => ({
      [`member.${n}.fullName`]: name,
      [`member.${n}.relation`]: 'Con',
    });
    const members = { ...row(1, 'A'), ...row(2, ''), ...row(3, 'C'), ...row(4, 'D') };
    const held = Object.keys(read('birth', members).form).filter((key) => key.startsWith('member.'));
    expect(held).toEqual(['member.1.fullName', 'member.1.relation', 'member.2.relation']);
  });
});
