/** The legal regimes as data: every day has exactly one, and a new one is a new row. */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { type ChainCode, isValidOn, regimeOn } from '../../../../shared/catalogue/law.ts';
import { regimes } from '../../../../shared/catalogue/regimes.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';

const chains: readonly ChainCode[] = ['birth', 'death'];
const on = (date: string, chain: ChainCode) => regimeOn(catalogue, date)?.chains[chain];
const codes = (date: string, chain: ChainCode) => on(date, chain)?.components.map((c) => c.code);

test('every day from 10/07/2023 to the end of 2028 has exactly one regime, and no day before has any', () => {
  for (let day = '2023-07-10'; day <= '2028-12-31'; day = addDays(day, 1))
    expect(regimes.filter((r) => isValidOn(r, day)).length, day).toBe(1);
  for (let day = '2023-01-01'; day < '2023-07-10'; day = addDays(day, 1))
    expect(regimeOn(catalogue, day), day).toBeUndefined();
});

test.each([
  ['2023-07-10', 'trien-khai-2023'],
  ['2024-06-30', 'trien-khai-2023'],
  ['2024-07-01', 'nd63-2024'],
  ['2025-07-01', 'nd63-2024'],
  ['2026-08-31', 'nd63-2024'],
  ['2026-09-01', 'nd301-2026'],
  ['2027-02-28', 'nd301-2026'],
  ['2027-03-01', 'luat-ho-tich-2026'],
  ['2099-12-31', 'luat-ho-tich-2026'],
])('a dossier received on %s falls under %s', (date, id) => {
  expect(regimeOn(catalogue, date)?.id).toBe(id);
});

test('a birth has three components until 31/08/2026 and four, the last on request, from 01/09/2026', () => {
  for (const date of ['2023-07-10', '2024-07-01', '2025-07-01', '2026-08-31'])
    expect(codes(date, 'birth'), date).toEqual(['K1', 'K2', 'K3']);
  for (const date of ['2026-09-01', '2027-03-01']) {
    expect(codes(date, 'birth'), date).toEqual(['K1', 'K2', 'K3', 'K4']);
    expect(on(date, 'birth')?.components.at(-1)?.onRequest).toBe('request.idCard');
  }
});

test('a death has two fixed components and three that the requester asks for, under every regime', () => {
  for (const regime of regimes)
    expect(regime.chains.death.components.map((c) => [c.code, c.onRequest])).toEqual([
      ['T1', null],
      ['T2', null],
      ['T3', 'request.funeral'],
      ['T4', 'request.survivor'],
      ['T5', 'request.headChange'],
    ]);
});

test('K1 and T1 are done the same day; K2 and K3 run side by side after K1; the chain has a clock of its own', () => {
  for (const { chains: of } of regimes) {
    const limits = Object.fromEntries(
      [...of.birth.components, ...of.death.components].map((c) => [c.code, c.limit]),
    );
    expect(limits).toMatchObject({
      K1: { kind: 'same_day' },
      T1: { kind: 'same_day' },
      K2: { after: 'K1' },
      K3: { after: 'K1' },
      T2: { after: 'T1' },
      T3: { after: 'T1' },
    });
    expect(of.birth.chainLimit).toEqual({ kind: 'working_days', days: 'limit.chain.birth', after: null });
    expect(of.death.chainLimit).toEqual({ kind: 'working_days', days: 'limit.chain.death', after: null });
  }
});

test.each([
  ['2023-07-10', 'Trích lục khai tử'],
  ['2027-02-28', 'Trích lục khai tử'],
  ['2027-03-01', 'Giấy chứng tử'],
])('a death received on %s ends with %s', (date, paper) => {
  expect(on(date, 'death')?.components[0]?.result).toBe(paper);
});

test('what was read in part only is marked: the regimes of 2026 and 2027', () => {
  expect(regimes.map((r) => [r.id, r.verified])).toEqual([
    ['trien-khai-2023', true],
    ['nd63-2024', true],
    ['nd301-2026', false],
    ['luat-ho-tich-2026', false],
  ]);
});

describe.each(
  regimes.flatMap((regime) => chains.map((chain) => ({ id: regime.id, chain, rule: regime.chains[chain] }))),
)('$id, $chain', ({ chain, rule }) => {
  test('names its components once, asks by flags of its form, and waits only for earlier components', () => {
    const seen: string[] = [];
    for (const component of rule.components) {
      expect(seen).not.toContain(component.code);
      expect(component.result).not.toBe('');
      if (component.onRequest) expect(fieldRule(chain, component.onRequest)?.kind).toBe('flag');
      if (component.limit.kind === 'working_days' && component.limit.after)
        expect(seen).toContain(component.limit.after);
      seen.push(component.code);
    }
  });
});
