/** A fictitious fifth regime as nothing but rows of the catalogue runs the whole path: components, papers, dues, steps, outcome. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import {
  type Catalogue,
  type ComponentRule,
  type Fact,
  type Regime,
  type Requirement,
  regimeOn,
} from '../../../../shared/catalogue/law.ts';
import { caseFacts } from '../../../../shared/domain/case-facts.ts';
import { checklist, missingPapers } from '../../../../shared/domain/checklist.ts';
import { corrected } from '../../../../shared/domain/corrected.ts';
import { limitVerified } from '../../../../shared/domain/deadline.ts';
import { chainOutcome, chainState } from '../../../../shared/domain/dossier.ts';
import { chainTimeClass, timeClass } from '../../../../shared/domain/time-class.ts';
import { must } from '../../../../shared/lib/must.ts';
import { opened, part, rulesOn, type Said, stepped } from '../../../support/steps.ts';

const FROM = '2027-07-01';
const sourced = { from: FROM, to: null, source: 'Luật thử', verified: false };
const component = (code: string, after: string | null, more: Partial<ComponentRule> = {}): ComponentRule => ({
  ...{
    code,
    name: `Việc ${code}`,
    short: code,
    agency: 'agency.moon',
    onRequest: null,
    result: `Giấy ${code}`,
  },
  limit: after === null ? { kind: 'same_day' } : { kind: 'working_days', days: `limit.${code}`, after },
  ...more,
});
const fact = (key: string, value: string): Fact => ({
  ...sourced,
  ...{ key, value, group: 'limit', name: key, unit: 'working_days' },
});
const chain = {
  name: 'Khai sinh mới',
  procedure: 'procedure.birth',
  chainLimit: { kind: 'working_days', days: 'limit.chain.moon', after: null },
  components: [
    component('N1', null),
    component('N2', 'N1'),
    // A step behind a step that waits: no law has it today.
    component('N3', 'N2'),
    component('N4', 'N1', { onRequest: 'request.copies' }),
  ],
} as const;
const paper: Requirement = {
  ...sourced,
  ...{
    code: 'giay-moi',
    chain: 'birth',
    component: 'N3',
    name: 'Giấy mới',
    because: 'luật mới',
    todo: 'Nộp giấy mới',
  },
  ...{ when: { fact: 'component.N4', is: ['1'] }, weight: 'required', initial: 'missing' },
};
const last = must(catalogue.regimes.at(-1), 'regime');
const regime: Regime = {
  ...last,
  ...sourced,
  id: 'thu-nghiem',
  name: 'Chế độ thử',
  chains: { ...last.chains, birth: chain },
};
const law: Catalogue = {
  ...catalogue,
  regimes: [...catalogue.regimes.slice(0, -1), { ...last, to: '2027-06-30' }, regime],
  facts: [
    ...catalogue.facts,
    fact('limit.N2', '2'),
    fact('limit.N3', '4'),
    fact('limit.N4', '1'),
    fact('limit.chain.moon', '8'),
  ],
  requirements: [...catalogue.requirements, paper],
};
const at = (date: string, form = {}) => opened({ date, law, form });
const step = (action: Said['action'], on: string, ...components: string[]): Said => ({
  action,
  on,
  components,
  law,
});

test('the day decides: the day before keeps its own law', () => {
  expect(regimeOn(law, '2027-06-30')?.id).toBe('luat-ho-tich-2026');
  expect(regimeOn(law, FROM)?.id).toBe('thu-nghiem');
  expect(at('2027-06-30').components.map((c) => c.code)).toEqual(['K1', 'K2', 'K3']);
  expect(at(FROM).components.map((c) => c.code)).toEqual(['N1', 'N2', 'N3']);
  expect(at(FROM, { 'request.copies': '1' }).components.map((c) => c.code)).toEqual(['N1', 'N2', 'N3', 'N4']);
});

test('its clocks follow each other, and the chain has its own', () => {
  const { components, due } = at(FROM, { 'request.copies': '1' });
  expect(components.map((c) => [c.code, c.due, c.waitsFor])).toEqual([
    ['N1', '2027-07-01', null],
    ['N2', '2027-07-05', 'N1'],
    ['N3', '2027-07-09', 'N2'],
    ['N4', '2027-07-02', 'N1'],
  ]);
  expect(due).toBe('2027-07-13');
  const rule = must(chain.components[1], 'N2');
  expect(limitVerified(rule.limit, law, FROM)).toBe(false);
  const sure = corrected(law, [{ key: 'limit.N2', from: FROM, value: '3', source: 'công văn' }]);
  expect(limitVerified(rule.limit, sure, FROM)).toBe(true);
  expect(part(opened({ date: FROM, law: sure }), 'N3').due).toBe('2027-07-12');
});

describe('its life', () => {
  test('from reception to the last result, each clock from the true end of the one before', () => {
    const begun = stepped(at(FROM), step('result_received', '2027-07-02', 'N1'));
    expect(begun.components.map((c) => [c.state, c.due])).toEqual([
      ['done', '2027-07-01'],
      ['processing', '2027-07-06'],
      ['waiting', '2027-07-12'],
    ]);
    const whole = stepped(
      begun,
      step('ask_supplement', '2027-07-05', 'N2'),
      step('supplement_arrived', '2027-07-07', 'N2'),
      step('result_received', '2027-07-08', 'N2'),
      step('forward', '2027-07-09', 'N3'),
      step('result_received', '2027-07-14', 'N3'),
      step('give_result', '2027-07-15', 'N1', 'N2', 'N3'),
    );
    expect(whole.components.map((c) => [c.state, timeClass(c, '2027-08-01')])).toEqual([
      ['given', 'late'],
      ['given', 'on'],
      ['given', 'on'],
    ]);
    expect([whole.due, chainTimeClass(whole, '2027-08-01')]).toEqual(['2027-07-15', 'before']);
    expect([chainOutcome(whole.components), chainState(whole.components)]).toEqual(['whole', 'given']);
  });
  test('its first component refused takes along all that wait, at any depth', () => {
    const refused = stepped(at(FROM), step('refuse', '2027-07-01', 'N1'));
    expect(refused.components.map((c) => c.state)).toEqual(['refused', 'refused', 'refused']);
    expect(chainOutcome(refused.components)).toBe('none');
  });
});

test('its papers are asked under its own conditions, and only of its own dossiers', () => {
  const lines = (form: Record<string, string>, receivedOn: string) => {
    const components = at(receivedOn, form).components.map((c) => c.code);
    const facts = caseFacts('birth', form, { receivedOn, components });
    return missingPapers(
      checklist({ catalogue: law, chain: 'birth', form, facts, receivedOn, components }),
    ).map((l) => l.code);
  };
  expect(lines({ 'request.copies': '1' }, FROM)).toEqual(['giay-moi']);
  expect(lines({ 'request.copies': '1', 'paper.giay-moi': 'copy' }, FROM)).toEqual([]);
  expect(lines({}, FROM)).toEqual([]);
  expect(lines({ 'request.copies': '1' }, '2027-06-30')).not.toContain('giay-moi');
  expect(rulesOn({ date: FROM, law }).chain.name).toBe('Khai sinh mới');
});
