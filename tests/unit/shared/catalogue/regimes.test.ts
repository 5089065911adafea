/** The legal regimes as data: every day has exactly one, and a new one is a new row. */
import { describe, expect, test } from 'vitest';
import { type Limit, type Regime, regimeOn, regimes } from '../../../../shared/catalogue/regimes.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { addDays } from '../../../../shared/lib/local-date.ts';

const chains = ['birth', 'death'] as const;
const codes = (date: string, chain: 'birth' | 'death') =>
  regimeOn(date)?.chains[chain].components.map((c) => c.code);

test('every day from 10/07/2023 to the end of 2028 has exactly one regime, and no day before has any', () => {
  for (let day = '2023-07-10'; day <= '2028-12-31'; day = addDays(day, 1))
    expect(
      regimes.filter((r) => r.from <= day && (r.to === null || day <= r.to)).map((r) => r.id),
      day,
    ).toEqual([regimeOn(day)?.id]);
  for (let day = '2023-01-01'; day < '2023-07-10'; day = addDays(day, 1))
    expect(regimeOn(day), day).toBeUndefined();
});

test.each([
  ['2023-07-10', 'trien-khai-2023'],
  ['2024-06-30', 'trien-khai-2023'],
  ['2024-07-01', 'nd63-2024'],
  ['2025-06-30', 'nd63-2024'],
  ['2025-07-01', 'nd63-2024-hai-cap'],
  ['2026-08-31', 'nd63-2024-hai-cap'],
  ['2026-09-01', 'nd301-2026'],
  ['2027-02-28', 'nd301-2026'],
  ['2027-03-01', 'luat-ho-tich-2026'],
  ['2099-12-31', 'luat-ho-tich-2026'],
])('a dossier received on %s falls under %s', (date, id) => {
  expect(regimeOn(date)?.id).toBe(id);
});

test('a birth has three components until 31/08/2026 and four, the last on request, from 01/09/2026', () => {
  for (const date of ['2023-07-10', '2024-07-01', '2025-07-01', '2026-08-31'])
    expect(codes(date, 'birth'), date).toEqual(['K1', 'K2', 'K3']);
  for (const date of ['2026-09-01', '2027-03-01']) {
    expect(codes(date, 'birth'), date).toEqual(['K1', 'K2', 'K3', 'K4']);
    expect(regimeOn(date)?.chains.birth.components.at(-1)?.onRequest).toBe('request.idCard');
  }
});

test('a death has two fixed components and two that the requester asks for, under every regime', () => {
  for (const regime of regimes)
    expect(regime.chains.death.components.map((c) => [c.code, c.onRequest])).toEqual([
      ['T1', null],
      ['T2', null],
      ['T3', 'request.funeral'],
      ['T4', 'request.survivor'],
    ]);
});

test.each([
  ['2024-07-01', '2.002621', '2.002622'],
  ['2026-08-31', '2.002621', '2.002622'],
  ['2026-09-01', '3.000722', '2.002913'],
])('the procedure codes of %s are %s and %s', (date, birth, death) => {
  expect(chains.map((c) => regimeOn(date)?.chains[c].procedureCode)).toEqual([birth, death]);
});

describe.each(
  regimes.flatMap((regime) => chains.map((chain) => ({ id: regime.id, chain, rule: regime.chains[chain] }))),
)('$id, $chain', ({ chain, rule }) => {
  test('names its components once, asks by flags of its form, and waits only for earlier components', () => {
    const seen: string[] = [];
    for (const component of rule.components) {
      expect(seen).not.toContain(component.code);
      if (component.onRequest) expect(fieldRule(chain, component.onRequest)?.kind).toBe('flag');
      if (component.limit.kind === 'working_days' && component.limit.after)
        expect(seen).toContain(component.limit.after);
      seen.push(component.code);
    }
  });
  test('promises no unknown limit as verified and gives every limit a source', () => {
    const limits: readonly Limit[] = [rule.chainLimit, ...rule.components.map((c) => c.limit)];
    for (const limit of limits) {
      expect(limit.source).not.toBe('');
      expect(limit.kind === 'unknown' && limit.verified).toBe(false);
    }
  });
});

test('a regime that is not law yet works through the same list', () => {
  const [first, last] = [regimes[0], regimes.at(-1)];
  if (!first || !last) throw new Error('no regimes');
  const fictitious: Regime = { ...last, id: 'gia-dinh-2030', from: '2030-01-01', to: null };
  const list = [...regimes.slice(0, -1), { ...last, to: '2029-12-31' }, fictitious];
  expect(regimeOn('2030-01-01', list)?.id).toBe('gia-dinh-2030');
  expect(regimeOn('2029-12-31', list)?.id).toBe(last.id);
  expect(regimeOn('2023-07-10', list)?.id).toBe(first.id);
  expect(regimeOn('2030-01-01')?.id).toBe(last.id);
});
