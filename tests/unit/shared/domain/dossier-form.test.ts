/** The declarations as data: what a case is asked, and how much of it an ordinary case fills in. */
import { describe, expect, test } from 'vitest';
import { outsideSystems } from '../../../../shared/catalogue/outside-systems.ts';
import { regimes } from '../../../../shared/catalogue/regimes.ts';
import { requirements } from '../../../../shared/catalogue/requirements.ts';
import { caseFacts } from '../../../../shared/domain/case-facts.ts';
import { factsIn } from '../../../../shared/domain/condition.ts';
import { fieldRule, fieldsFor, forms, wordsOf } from '../../../../shared/domain/dossier-form.ts';
import { readForm } from '../../../../shared/domain/read-form.ts';
import { form } from '../../../support/forms.ts';

const DAY = '2026-11-20';
const chains = ['birth', 'death'] as const;
type Chain = (typeof chains)[number];
const asked = (chain: Chain, values: Record<string, string>) =>
  fieldsFor(chain, caseFacts(chain, values, { receivedOn: DAY, components: [] })).flatMap((s) => s.fields);
const keys = (chain: Chain, values: Record<string, string>) => asked(chain, values).map((f) => f.key);

describe.each(chains)('the %s form', (chain) => {
  const all = forms[chain].flatMap((s) => s.fields);
  test('names each field and each section once, in keys that a dossier can hold', () => {
    const names = all.map((f) => f.key);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(forms[chain].map((s) => s.key)).size).toBe(forms[chain].length);
    for (const name of names) expect(name).toMatch(/^[a-z][\w.]{2,59}$/i);
  });
  test('what is required is asked in every case, and never kept behind a key', () => {
    for (const rule of all.filter((f) => f.required)) expect(rule).toMatchObject({ when: null, rare: false });
  });
  test('conditions look back along the form only', () => {
    const derived = new Set(['twins']);
    const before = new Set<string>();
    for (const section of forms[chain])
      for (const rule of section.fields) {
        for (const fact of [...factsIn(section.when), ...factsIn(rule.when)])
          expect(before.has(fact) || derived.has(fact), `${rule.key} needs ${fact}`).toBe(true);
        before.add(rule.key);
      }
  });
  test('every condition of a choice names choices that exist', () => {
    const walk = (c: unknown): void => {
      if (c === null || typeof c !== 'object') return;
      if ('fact' in c && 'is' in c) {
        const rule = fieldRule(chain, String(c.fact));
        if (rule?.kind === 'choice')
          expect([...(rule.choices ?? []), '']).toEqual(expect.arrayContaining([...(c.is as string[])]));
        return;
      }
      for (const part of Object.values(c)) walk(part);
    };
    for (const section of forms[chain]) {
      walk(section.when);
      for (const rule of section.fields) walk(rule.when);
    }
  });
});

describe('a case is asked only what decides', () => {
  test('an ordinary birth fills at most 60 fields', () => {
    const ordinary = {
      ...form('birth'),
      'request.idCard': '1',
      'idCard.address': 'Số 1 đường Lê Lợi',
      'request.copies': '1',
      'copies.count': '2',
    };
    const reading = readForm('birth', ordinary, DAY);
    const usual = reading.sections.flatMap((s) => s.fields).filter((f) => !f.rare);
    expect(reading.form['parents.married']).toBe('da_ket_hon');
    expect(usual.length).toBeLessThanOrEqual(60);
    expect(usual.length).toBeGreaterThan(45);
  });
  test.each<[string, Record<string, string>, readonly string[], readonly string[]]>([
    ['authorised', { 'requester.relation': 'uy_quyen' }, ['requester.authorisedBy'], []],
    ['the mother herself', { 'requester.relation': 'me' }, [], ['requester.authorisedBy']],
    [
      'born in a facility',
      { 'child.birthPlaceKind': 'co_so_y_te' },
      ['child.certificateNumber', 'child.certificateDate', 'mother.fullName'],
      ['child.birthProof', 'abandoned.recordNumber'],
    ],
    [
      'born elsewhere',
      { 'child.birthPlaceKind': 'ngoai_co_so' },
      ['child.birthProof'],
      ['child.certificateNumber', 'abandoned.recordNumber'],
    ],
    [
      'abandoned',
      { 'child.birthPlaceKind': 'bo_roi' },
      ['abandoned.recordNumber', 'finder.fullName'],
      ['mother.fullName', 'father.fullName', 'parents.married', 'child.surrogacy', 'child.certificateNumber'],
    ],
    ['surrogacy', { 'child.surrogacy': '1' }, ['surrogate.fullName', 'surrogate.proofNumber'], []],
    [
      'no surrogacy',
      {},
      ['child.surrogacy'],
      ['surrogate.fullName', 'child.birthOrder', 'idCard.address', 'copies.count', 'member.2.fullName'],
    ],
    ['twins', { 'child.birthCount': '2' }, ['child.birthOrder'], []],
    ['married', { 'parents.married': 'da_ket_hon' }, ['marriage.number', 'marriage.book'], []],
    ['not married', { 'parents.married': 'chua_ket_hon' }, [], ['marriage.number', 'marriage.place']],
    [
      'with another person',
      { 'residence.livesWith': 'nguoi_khac' },
      ['residence.consentParents', 'residence.headOfHousehold'],
      [],
    ],
    ['a first member', { 'member.1.fullName': 'A' }, ['member.2.fullName'], ['member.3.fullName']],
    ['copies', { 'request.copies': '1' }, ['copies.count'], []],
    ['by post', { 'result.way': 'buu_chinh' }, ['result.address'], []],
  ])('birth, %s', (_, values, there, absent) => {
    const found = keys('birth', values);
    expect(found).toEqual(expect.arrayContaining([...there]));
    for (const key of absent) expect(found).not.toContain(key);
  });
  test.each<[string, Record<string, string>, readonly string[], readonly string[]]>([
    ['nothing asked', {}, ['request.funeral'], ['funeral.group', 'survivor.claimant', 'newHead.fullName']],
    [
      'mai táng in cash',
      { 'request.funeral': '1', 'funeral.payment': 'tien_mat' },
      ['funeral.group', 'funeral.amount', 'funeral.basis', 'funeral.payPlace'],
      ['funeral.bank', 'funeral.account'],
    ],
    [
      'mai táng to an account',
      { 'request.funeral': '1', 'funeral.payment': 'tai_khoan' },
      ['funeral.bank', 'funeral.account'],
      ['funeral.payPlace'],
    ],
    ['tử tuất', { 'request.survivor': '1' }, ['survivor.claimant', 'survivor.dependants'], []],
    ['thay chủ hộ', { 'request.headChange': '1' }, ['newHead.fullName', 'newHead.citizenNumber'], []],
    ['long ago', { 'death.kind': 'lau_nam' }, ['death.evidence'], ['newborn.mother']],
    [
      'a newborn',
      { 'death.kind': 'so_sinh' },
      ['newborn.birthCode', 'newborn.certificateNumber'],
      ['death.evidence'],
    ],
  ])('death, %s', (_, values, there, absent) => {
    const found = keys('death', values);
    expect(found).toEqual(expect.arrayContaining([...there]));
    for (const key of absent) expect(found).not.toContain(key);
  });
  test('căn cước is asked only under rules that have it', () => {
    const rule = (id: string) => regimes.find((r) => r.id === id)?.chains.birth;
    const withIdCard = regimes.find((r) => r.chains.birth.components.some((c) => c.code === 'K4'));
    const without = regimes.find((r) => !r.chains.birth.components.some((c) => c.code === 'K4'));
    const values = form('birth', 1, { 'request.idCard': '1', 'idCard.address': 'Số 1' });
    const read = (id: string | undefined) => readForm('birth', values, DAY, rule(id ?? '')).form;
    expect(read(withIdCard?.id)).toMatchObject({ 'request.idCard': '1', 'idCard.address': 'Số 1' });
    expect(read(without?.id)).not.toHaveProperty('request.idCard');
    expect(read(without?.id)).not.toHaveProperty('idCard.address');
  });
});

test('a date in words is what the clerk wrote, or else its usual words', () => {
  const rule = fieldRule('birth', 'child.birthWords');
  if (!rule) throw new Error('no field');
  expect(wordsOf({ 'child.birth': '2026-03-15' }, rule)).toBe(
    'Ngày mười lăm tháng ba năm hai nghìn hai mươi sáu',
  );
  expect(wordsOf({ 'child.birth': '2026-03-15', 'child.birthWords': 'Rằm' }, rule)).toBe('Rằm');
  expect(wordsOf({}, rule)).toBe('');
});

test('what papers and outside systems read is on the form, or follows from it', () => {
  const derived =
    /^(component\.[KT]\d|foreign|late|(mother|father)\.known|authorised\.certified|twins|child\.idMissing)$/;
  const isKnown = (chain: Chain, key: string) => derived.test(key) || fieldRule(chain, key) !== undefined;
  for (const { chain, code, when } of requirements)
    for (const fact of factsIn(when)) expect(isKnown(chain, fact), `${code}: ${fact}`).toBe(true);
  for (const { chain, code, fields } of outsideSystems)
    for (const key of fields.flatMap((f) => f.from))
      expect(key.startsWith('dossier.') || isKnown(chain, key), `${code}: ${key}`).toBe(true);
});
