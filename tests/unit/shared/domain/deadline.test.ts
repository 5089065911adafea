/** Due days as promised at reception: one clock per component and one for the chain (DOMAIN 2.11, section 9 points 1-3). */
import { describe, expect, test } from 'vitest';
import { catalogue } from '../../../../shared/catalogue/catalogue.ts';
import { specialDays } from '../../../../shared/catalogue/holidays.ts';
import { type ChainRule, regimeOn } from '../../../../shared/catalogue/law.ts';
import { corrected } from '../../../../shared/domain/corrected.ts';
import {
  type DueDates,
  dueAfterPause,
  dueDates,
  limitVerified,
  pausedDays,
  supplementUntil,
} from '../../../../shared/domain/deadline.ts';
import {
  endOfCalendarLimit,
  isWorkingDay,
  workingDaysBetween,
} from '../../../../shared/domain/working-days.ts';
import { addDays, weekday } from '../../../../shared/lib/local-date.ts';
import { must } from '../../../../shared/lib/must.ts';
import { rulesOn } from '../../../support/steps.ts';

const birth = ['K1', 'K2', 'K3'];
const death = ['T1', 'T2', 'T3'];
function due(chain: 'birth' | 'death', wanted: readonly string[], date: string, time = '09:00'): DueDates {
  return dueDates(rulesOn({ chain, date }), new Set(wanted), { date, time });
}

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
  test('the hour is a fact of the catalogue, not a constant', () => {
    const rules = rulesOn({ date: '2026-11-20' });
    const row = must(
      catalogue.facts.find((f) => f.key === 'reception.sameDayUntil'),
      'hour',
    );
    const law = corrected(catalogue, [{ key: row.key, from: row.from, value: '16:30', source: 'thử' }]);
    const at = { date: '2026-11-20', time: '16:30' };
    expect(dueDates({ ...rules, catalogue: law }, new Set(birth), at).components.K1).toBe('2026-11-20');
    expect(dueDates(rules, new Set(birth), at).components.K1).toBe('2026-11-23');
  });
});

test('residence and insurance run side by side after the certificate, not after reception', () => {
  expect(due('birth', birth, '2026-11-20', '09:00')).toEqual({
    components: { K1: '2026-11-20', K2: '2026-11-26', K3: '2026-11-25' },
    chain: '2026-11-26',
  });
  expect(due('birth', birth, '2026-11-20', '16:00')).toEqual({
    components: { K1: '2026-11-23', K2: '2026-11-27', K3: '2026-11-26' },
    chain: '2026-11-26',
  });
});

describe('the vectors of 3 working days', () => {
  test.each([
    ['2026-11-16', '2026-11-19', 'plain'],
    ['2026-11-20', '2026-11-26', 'Tuesday 24/11 is a holiday'],
    ['2026-11-21', '2026-11-26', 'Saturday desk'],
    ['2026-02-12', '2026-02-24', 'Tết 14-22/02'],
    ['2026-12-30', '2027-01-05', 'New Year on a Friday'],
    ['2025-04-24', '2025-04-28', 'Saturday 26/04 worked'],
    ['2025-12-31', '2026-01-07', '02/01 swapped off'],
    ['2026-01-09', '2026-01-13', 'Saturday 10/01 worked'],
    ['2026-08-27', '2026-09-04', '31/08 off by the catalogue'],
  ])('the birth chain received on %s is due %s (%s)', (date, chain) => {
    expect(due('birth', birth, date).chain).toBe(chain);
  });
  test('a supplement asked for on Friday 13/11/2026 may come until Wednesday 25/11/2026', () => {
    expect(supplementUntil('2026-11-13', rulesOn({ date: '2026-11-13' }))).toBe('2026-11-25');
  });
  test('sixty calendar days after 25/09/2026 end on the holiday of 24/11 and so on 25/11/2026', () => {
    expect(endOfCalendarLimit('2026-09-25', 60, specialDays)).toBe('2026-11-25');
  });
  test('before the decree the whole birth chain had twenty working days', () => {
    expect(due('birth', birth, '2023-09-19').chain).toBe('2023-10-17');
  });
});

test('an unknown limit promises no date: the card, the survivor benefit, the head of household, the death chain', () => {
  expect(due('birth', [...birth, 'K4'], '2026-11-20').components.K4).toBeNull();
  expect(due('death', [...death, 'T4', 'T5'], '2026-11-20')).toEqual({
    components: { T1: '2026-11-20', T2: '2026-11-25', T3: '2026-11-26', T4: null, T5: null },
    chain: null,
  });
});
test('a component that was not asked for has no clock', () => {
  expect(Object.keys(due('death', ['T1', 'T2'], '2026-11-20').components)).toEqual(['T1', 'T2']);
  expect(Object.keys(due('birth', birth, '2026-11-20').components)).toEqual(birth);
});
test('a component that waits for one outside the dossier, or for one without a date, has no date', () => {
  const chain: ChainRule = {
    ...{ name: 'thử', procedure: 'procedure.birth' },
    chainLimit: { kind: 'working_days', days: 'limit.chain.death', after: null },
    components: ['A', 'B'].map((code, i) => ({
      ...{ code, name: code, short: code, agency: 'x', onRequest: null, result: 'x' },
      limit: { kind: 'working_days', days: i === 0 ? 'limit.T5' : 'limit.K2', after: i === 0 ? null : 'A' },
    })),
  };
  const rules = { ...rulesOn({ date: '2026-11-20' }), chain };
  const at = { date: '2026-11-20', time: '09:00' };
  expect(dueDates(rules, new Set(['A', 'B']), at)).toEqual({ components: { A: null, B: null }, chain: null });
  expect(dueDates(rules, new Set(['B']), at).components).toEqual({ B: null });
});
test('what a limit rests on is verified or not, by date', () => {
  const limit = (code: string) =>
    must(
      rulesOn({ date: '2026-11-20' }).chain.components.find((c) => c.code === code),
      code,
    ).limit;
  expect(limitVerified(limit('K1'), catalogue, '2026-11-20')).toBe(true);
  expect(limitVerified(limit('K2'), catalogue, '2026-11-20')).toBe(false);
  const chain = { kind: 'working_days', days: 'limit.chain.birth', after: null } as const;
  expect(['2024-06-30', '2024-07-01', '2026-09-01'].map((d) => limitVerified(chain, catalogue, d))).toEqual([
    false,
    true,
    false,
  ]);
  expect(limitVerified({ ...chain, days: 'limit.none' }, catalogue, '2026-11-20')).toBe(false);
});

const HOURS = ['00:00', '07:30', '15:00', '15:01', '23:59'] as const;
/** Every day from the first regime to the end of the calendar. */
const days: string[] = [];
for (let day = '2023-07-10'; day <= '2027-11-30'; day = addDays(day, 1)) days.push(day);

describe('every day from the roll-out to the end of 2027, at every hour that matters', () => {
  test('due days are working days, none before the reception, none before the component that it waits for', () => {
    const wrong: string[] = [];
    for (const date of days)
      for (const time of HOURS)
        for (const [chain, wanted] of [
          ['birth', birth],
          ['death', death],
        ] as const) {
          const { components, chain: whole } = due(chain, wanted, date, time);
          const [first = '', ...rest] = wanted.map((code) => components[code] ?? '');
          const all = [first, ...rest, ...(whole === null ? [] : [whole])];
          if (all.some((d) => d < date || !isWorkingDay(d, specialDays)) || rest.some((d) => d <= first))
            wrong.push(`${chain} ${date} ${time}`);
        }
    expect(wrong).toEqual([]);
  });
  test('who comes later is never due earlier, within one regime', () => {
    const wrong: string[] = [];
    let before: { regime: string; dues: string[] } = { regime: '', dues: [] };
    for (const date of days)
      for (const time of HOURS) {
        const { components, chain } = due('birth', birth, date, time);
        const dues = [...birth.map((code) => components[code] ?? ''), chain ?? ''];
        const regime = regimeOn(catalogue, date)?.id ?? '';
        if (regime === before.regime && dues.some((d, i) => d < (before.dues[i] ?? '')))
          wrong.push(`${date} ${time}`);
        before = { regime, dues };
      }
    expect(wrong).toEqual([]);
  });
  test('the certificate is due the same day exactly on a working day until 15:00, else on the next working day', () => {
    const wrong = days.flatMap((date) =>
      HOURS.filter((time) => {
        const k1 = due('birth', ['K1'], date, time).components.K1 ?? '';
        const same = isWorkingDay(date, specialDays) && time <= '15:00';
        return same ? k1 !== date : workingDaysBetween(date, k1, specialDays) !== 1;
      }).map((time) => `${date} ${time}`),
    );
    expect(wrong).toEqual([]);
  });
  test('two calendars: the Saturday desk takes dossiers in, and Saturday counts as no day of the limit', () => {
    const saturdays = days.filter((d) => weekday(d) === 6 && !isWorkingDay(d, specialDays));
    expect(saturdays.length).toBeGreaterThan(200);
    for (const date of saturdays) {
      const monday = due('birth', birth, date, '08:00');
      expect(workingDaysBetween(date, monday.components.K1 ?? '', specialDays), date).toBe(1);
      // Day 0 is the Saturday: the chain counts from the next working day on, as it does from the Friday before.
      const friday = addDays(date, -1);
      const sameRegime = regimeOn(catalogue, friday)?.id === regimeOn(catalogue, date)?.id;
      if (sameRegime && friday >= '2023-07-10')
        expect(monday.chain, date).toBe(due('birth', birth, friday, '08:00').chain);
    }
  });
});

describe('a pause for the citizen', () => {
  test.each<[string, string, string, string, string]>([
    ['2026-11-20', '2026-11-20', '2026-11-20', '2026-11-20', 'back the same day'],
    ['2026-11-26', '2026-11-20', '2026-11-26', '2026-12-01', 'three working days, 24/11 off'],
    ['2026-11-20', '2026-11-20', '2026-11-28', '2026-11-30', 'asked on the due day, back on a Saturday'],
    ['2026-11-20', '2026-11-23', '2026-11-25', '2026-11-23', 'asked too late: moved, still behind'],
    ['2026-11-20', '2026-11-21', '2026-11-23', '2026-11-20', 'asked too late by a Saturday'],
  ])('due %s, asked %s, back %s: due %s (%s)', (was, asked, arrived, expected) => {
    expect(dueAfterPause(was, [{ asked, arrived }], specialDays)).toBe(expected);
  });
  test('every day, every length: moved by the working days of the pause; punctual stays possible, late stays late', () => {
    const wrong: string[] = [];
    for (const asked of days.filter((d) => d <= '2027-10-31'))
      for (const length of [0, 1, 2, 3, 5, 8])
        for (const ahead of [-1, 0, 2]) {
          let was = addDays(asked, ahead);
          while (!isWorkingDay(was, specialDays)) was = addDays(was, ahead < 0 ? -1 : 1);
          const arrived = addDays(asked, length);
          const now = dueAfterPause(was, [{ asked, arrived }], specialDays);
          const late = was < asked;
          const exact = isWorkingDay(asked, specialDays) && isWorkingDay(arrived, specialDays);
          const shift = workingDaysBetween(was, now, specialDays);
          const paused = workingDaysBetween(asked, arrived, specialDays);
          const fair = late ? now < arrived || arrived === asked : now >= arrived;
          if (!fair || !isWorkingDay(now, specialDays) || (exact && shift !== paused) || shift > paused + 1)
            wrong.push(`due ${was} asked ${asked} back ${arrived} -> ${now}`);
        }
    expect(wrong).toEqual([]);
  });
  test('requests that overlap are taken off once', () => {
    const one = { asked: '2026-11-16', arrived: '2026-11-20' };
    const two = { asked: '2026-11-18', arrived: '2026-11-25' };
    expect(pausedDays([one, two], specialDays)).toBe(6);
    expect(pausedDays([two, one, one], specialDays)).toBe(6);
    expect(dueAfterPause('2026-11-26', [two], specialDays, [one])).toBe('2026-11-30');
    expect(dueAfterPause('2026-11-26', [one], specialDays, [two])).toBe('2026-11-30');
  });
});
