/** What follows from a form: the facts that papers, fields and clocks are decided by. */
import { describe, expect, test } from 'vitest';
import { caseFacts, isForeign } from '../../../../shared/domain/case-facts.ts';

const facts = (chain: 'birth' | 'death', form: Record<string, string>, receivedOn = '2026-11-20') =>
  caseFacts(chain, form, { receivedOn, components: [] });

test('every value of the form is a fact of its own, and so is every component', () => {
  const found = caseFacts(
    'death',
    { 'death.kind': 'tai_nha' },
    { receivedOn: '2026-11-20', components: new Set(['T1', 'T3']) },
  );
  expect(found).toEqual({ 'death.kind': 'tai_nha', 'component.T1': '1', 'component.T3': '1' });
});

test.each([
  ['Việt Nam', false],
  ['việt nam', false],
  ['VIET NAM', false],
  ['VN', false],
  ['', false],
  ['Hàn Quốc', true],
  ['Không quốc tịch', true],
])('nationality %j is foreign: %s', (nationality, foreign) => {
  expect(isForeign(nationality)).toBe(foreign);
});

test.each([
  ['birth', 'child.nationality'],
  ['birth', 'mother.nationality'],
  ['birth', 'father.nationality'],
  ['death', 'deceased.nationality'],
] as const)('%s: a foreign %s makes the case foreign', (chain, key) => {
  expect(facts(chain, { [key]: 'Lào' })).toMatchObject({ foreign: '1' });
  expect(facts(chain, { [key]: 'Việt Nam' })).not.toHaveProperty('foreign');
});

describe('late registration', () => {
  test.each([
    ['birth', 'child.birth', '2026-09-21', false],
    ['birth', 'child.birth', '2026-09-20', true],
    ['birth', 'child.birth', '1974-02-01', true],
    ['birth', 'child.birth', '', false],
    ['death', 'death.date', '2026-11-05', false],
    ['death', 'death.date', '2026-11-04', true],
  ] as const)('%s on %s %s, received on 20/11/2026: %s', (chain, key, day, late) => {
    expect('late' in facts(chain, { [key]: day })).toBe(late);
  });
});

test.each([
  ['uy_quyen', 'nguoi_khac', true],
  ['uy_quyen', 'than_thich', false],
  ['uy_quyen', '', true],
  ['me', 'nguoi_khac', false],
])('authorisation of relation %j by %j must be certified: %s', (relation, by, certified) => {
  const form = { 'requester.relation': relation, 'requester.authorisedBy': by };
  expect('authorised.certified' in facts('birth', form)).toBe(certified);
});

test('parents are known by their names, twins by the number of children, the number of the newborn may not be there yet', () => {
  expect(facts('birth', {})).toEqual({ 'child.idMissing': '1' });
  const form = { 'mother.fullName': 'Nguyễn Thị Mẫu', 'child.birthCount': '3', 'child.citizenNumber': '0' };
  expect(facts('birth', form)).toEqual({ ...form, 'mother.known': '1', twins: '1' });
  expect(facts('birth', { 'father.fullName': 'Lê Văn Mẫu', 'child.birthCount': '1' })).toMatchObject({
    'father.known': '1',
  });
  expect(facts('birth', { 'child.birthCount': '1' })).not.toHaveProperty('twins');
});
