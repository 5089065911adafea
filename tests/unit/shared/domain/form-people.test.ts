import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { dataKindOf, dataKinds } from '../../../../shared/catalogue/personal-data.ts';
import { forms } from '../../../../shared/domain/dossier-form.ts';
import {
  filledFields,
  formPeople,
  isFieldOf,
  peopleOf,
  personKey,
} from '../../../../shared/domain/form-people.ts';

const chains: readonly ChainCode[] = ['birth', 'death'];
const keysOf = (chain: ChainCode) => forms[chain].flatMap((s) => s.fields.map((f) => f.key));
const personal =
  /fullName|husband|headOfHousehold$|guardian|receiver$|claimant$|newborn\.mother|citizenNumber|headCitizenNumber|receiverNumber|claimantNumber/i;

describe.each(chains)('the %s declaration', (chain) => {
  it.each(keysOf(chain))('%s is a field of somebody', (key) => {
    expect(formPeople[chain].filter((place) => isFieldOf(place, key))).not.toEqual([]);
  });
  it.each(keysOf(chain).filter((key) => personal.test(key)))('%s is a field of one person alone', (key) => {
    expect(formPeople[chain].filter((place) => isFieldOf(place, key)).map((p) => p.role)).toHaveLength(1);
  });
  test('has every person under a name of its own, and every named field on the form', () => {
    const keys = new Set(keysOf(chain));
    const roles = formPeople[chain].map((p) => p.role);
    expect(new Set(roles).size).toBe(roles.length);
    for (const { name, number, birth } of formPeople[chain])
      for (const key of [name, number, birth]) expect(key === null || keys.has(key)).toBe(true);
  });
  test('has every name and number of a person in reach', () => {
    const named = formPeople[chain].flatMap(({ name, number }) => [name, number]);
    const kinds = forms[chain]
      .flatMap((s) => s.fields)
      .filter((f) => f.kind === 'name' || f.kind === 'citizen_number');
    expect(kinds.map((f) => f.key).filter((key) => !named.includes(key))).toEqual([]);
  });
});

test.each([
  ['funeral.account', 'bank'],
  ['funeral.bank', 'bank'],
  ['death.cause', 'health'],
  ['child.surrogacy', 'health'],
  ['child.ethnicity', 'ethnicity'],
  ['deceased.ethnicity', 'ethnicity'],
  ['child.fullName', 'child'],
  ['mother.citizenNumber', 'number'],
  ['requester.phone', 'contact'],
  ['mother.residence', 'address'],
  ['death.date', 'death'],
  ['marriage.number', 'family'],
])('%s is data of the kind %s', (key, kind) => {
  expect(dataKindOf(key).code).toBe(kind);
});
test('the last kind takes whatever no other takes', () => {
  expect(dataKinds.at(-1)?.keys.test('request.copies')).toBe(true);
});

describe('people of a form', () => {
  test('are those who are named, with their numbers without blanks', () => {
    const form = {
      'requester.fullName': 'Trần Thị Ái',
      'requester.citizenNumber': '079 196 004 217',
      'child.fullName': 'Trần Văn Út',
      'child.birth': '2026-11-10',
      'father.citizenNumber': '079085001234',
    };
    expect(
      peopleOf('birth', form).map(({ place, name, number, birth }) => [place.role, name, number, birth]),
    ).toEqual([
      ['requester', 'Trần Thị Ái', '079196004217', ''],
      ['child', 'Trần Văn Út', '', '2026-11-10'],
      ['father', '', '079085001234', ''],
    ]);
    expect(filledFields('birth', { ...form, 'code.official': 'H29-1' })).toEqual(Object.keys(form));
  });
  test('with one number are one; without one, name and birth tell; without these, the dossier', () => {
    const key = (form: Record<string, string>, dossier: string) =>
      peopleOf('death', form).map((p) => personKey(p, dossier))[0];
    const number = { 'deceased.fullName': 'Lê Văn Tám', 'deceased.citizenNumber': '079030001111' };
    expect(key(number, 'a')).toBe(key({ ...number, 'deceased.fullName': 'Lê Văn  Tám' }, 'b'));
    const born = { 'deceased.fullName': 'Lê Văn Tám', 'deceased.birth': '1930' };
    expect(key(born, 'a')).toBe(key(born, 'b'));
    const bare = { 'deceased.fullName': 'Lê Văn Tám' };
    expect(key(bare, 'a')).not.toBe(key(bare, 'b'));
  });
  test('never more keys than people named, never none for somebody named', () => {
    const text = fc.constantFrom('', 'Lê Thị Một', 'Trần Văn Hai', '079030001111');
    const keys = keysOf('birth');
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...keys), text), (form) => {
        const people = peopleOf('birth', form);
        const found = new Set(people.map((p) => personKey(p, 'a')));
        expect(found.size).toBeLessThanOrEqual(people.length);
        expect(found.size > 0).toBe(people.length > 0);
      }),
    );
  });
});
