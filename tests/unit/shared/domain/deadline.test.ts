/** Due days as printed on the slip: one clock per component and one for the chain. */
import { describe, expect, test } from 'vitest';
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import { type ChainRule, regimeOn } from '../../../../shared/catalogue/regimes.ts';
import { type DueDates, dueDates } from '../../../../shared/domain/deadline.ts';

function due(chain: 'birth' | 'death', wanted: readonly string[], date: string, time = '09:00'): DueDates {
  const rule = regimeOn(date)?.chains[chain];
  if (!rule) throw new Error(`no regime on ${date}`);
  return dueDates(rule, new Set(wanted), { date, time }, specialDays);
}
const birth = ['K1', 'K2', 'K3'];

describe('the same day until 15:00', () => {
  test.each([
    ['2026-11-20', '07:30', '2026-11-20'],
    ['2026-11-20', '15:00', '2026-11-20'],
    ['2026-11-20', '15:01', '2026-11-23'],
    ['2026-11-23', '15:01', '2026-11-25'],
    ['2026-11-21', '08:00', '2026-11-23'],
    ['2026-11-22', '08:00', '2026-11-23'],
    ['2026-11-24', '08:00', '2026-11-25'],
    ['2026-01-10', '08:00', '2026-01-10'],
    ['2026-02-13', '16:00', '2026-02-23'],
  ])('received %s %s: the certificate is due %s', (date, time, expected) => {
    expect(due('birth', birth, date, time).components.K1).toBe(expected);
    expect(due('death', ['T1', 'T2'], date, time).components.T1).toBe(expected);
  });
});

test('residence and insurance run side by side after the certificate, not after reception', () => {
  expect(due('birth', birth, '2026-11-20', '09:00')).toEqual({
    components: { K1: '2026-11-20', K2: '2026-11-26', K3: '2026-11-25' },
    chain: '2026-11-26',
  });
  expect(due('birth', birth, '2026-11-20', '16:00').components).toEqual({
    K1: '2026-11-23',
    K2: '2026-11-27',
    K3: '2026-11-26',
  });
});

test.each([
  ['2026-11-16', '2026-11-19'],
  ['2026-11-21', '2026-11-26'],
  ['2026-02-12', '2026-02-24'],
  ['2026-12-30', '2027-01-05'],
  ['2025-04-24', '2025-04-28'],
  ['2025-12-31', '2026-01-07'],
  ['2026-01-09', '2026-01-13'],
  ['2026-08-27', '2026-09-04'],
])('the birth chain received on %s is due %s', (date, chain) => {
  expect(due('birth', birth, date).chain).toBe(chain);
});
test('before the decree the whole birth chain had twenty working days', () => {
  expect(due('birth', birth, '2023-09-19').chain).toBe('2023-10-17');
});

test('an unknown limit promises no date: the card, the survivor benefit, the death chain', () => {
  expect(due('birth', [...birth, 'K4'], '2026-11-20').components.K4).toBeNull();
  const death = due('death', ['T1', 'T2', 'T3', 'T4'], '2026-11-20');
  expect(death).toEqual({
    components: { T1: '2026-11-20', T2: '2026-11-25', T3: '2026-11-26', T4: null },
    chain: null,
  });
});
test('a component that was not asked for has no clock', () => {
  expect(Object.keys(due('death', ['T1', 'T2'], '2026-11-20').components)).toEqual(['T1', 'T2']);
  expect(Object.keys(due('birth', birth, '2026-11-20').components)).toEqual(birth);
});
test('a component that waits for one outside the dossier, or for one without a date, has no date', () => {
  const rule: ChainRule = {
    name: 'thử',
    procedureCode: null,
    chainLimit: { kind: 'unknown', verified: false, source: 'thử' },
    components: ['A', 'B'].map((code, i) => ({
      ...{ code, name: code, short: code, agency: 'x', onRequest: null },
      limit:
        i === 0
          ? { kind: 'unknown', verified: false, source: 'x' }
          : { kind: 'working_days', days: 2, after: 'A', verified: true, source: 'x' },
    })),
  };
  const at = { date: '2026-11-20', time: '09:00' };
  expect(dueDates(rule, new Set(['A', 'B']), at, specialDays).components).toEqual({ A: null, B: null });
  expect(dueDates(rule, new Set(['B']), at, specialDays).components).toEqual({ B: null });
});
