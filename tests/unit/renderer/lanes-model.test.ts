import { describe, expect, it } from 'vitest';
import {
  daysOf,
  nthDay,
  place,
  stretches,
  strip,
} from '../../../renderer/screens/dossiers/detail/lanes-model.ts';
import type { ActRequest } from '../../../shared/domain/plan-act.ts';
import { must } from '../../../shared/lib/must.ts';
import { makeDetail } from '../../support/make-detail.ts';

const TODAY = '2026-11-20';
const at = (date: string) => ({ date, time: '10:00' });

function lane(code: string, steps: readonly ActRequest[], today = TODAY) {
  const detail = makeDetail({ steps });
  const component = must(
    detail.components.find((c) => c.code === code),
    code,
  );
  const all = stretches(component, detail, today);
  // The last stretch is the state that the rules themselves worked out.
  expect(all.at(-1)).toMatchObject({ state: component.state, from: component.since });
  return all.map(({ state, from, to }) => `${state} ${from.slice(8)}-${to.slice(8)}`);
}

const k1: ActRequest = { action: 'result_received', components: ['K1'], at: at('2026-11-17') };

describe('the stretches of a component', () => {
  it.each<[string, string, readonly ActRequest[], readonly string[]]>([
    ['nothing happened', 'K1', [], ['processing 16-20']],
    ['waits for K1', 'K2', [], ['waiting 16-20']],
    ['begins when K1 ends', 'K2', [k1], ['waiting 16-17', 'processing 17-20']],
    ['has a result to give', 'K1', [k1], ['processing 16-17', 'done 17-20']],
    [
      'was given',
      'K1',
      [k1, { action: 'give_result', components: ['K1'], at: at('2026-11-18') }],
      ['processing 16-17', 'done 17-18', 'given 18-18'],
    ],
    [
      'was taken back after it was given',
      'K1',
      [
        k1,
        { action: 'give_result', components: ['K1'], at: at('2026-11-18') },
        { action: 'take_back', components: ['K1'], at: at('2026-11-19'), reason: 'nhầm' },
      ],
      ['processing 16-17', 'done 17-18', 'given 18-19', 'done 19-20'],
    ],
    [
      'stood still for papers',
      'K1',
      [
        { action: 'ask_supplement', components: ['K1'], at: at('2026-11-17'), items: ['x'] },
        { action: 'supplement_arrived', components: ['K1'], at: at('2026-11-19') },
      ],
      ['processing 16-17', 'supplement 17-19', 'processing 19-20'],
    ],
    [
      'was asked for papers before it began',
      'K2',
      [
        { action: 'ask_supplement', components: ['K2'], at: at('2026-11-16'), items: ['x'] },
        k1,
        { action: 'supplement_arrived', components: ['K2'], at: at('2026-11-18') },
      ],
      ['waiting 16-16', 'supplement 16-18', 'processing 18-20'],
    ],
    [
      'was refused with what waited for it',
      'K3',
      [{ action: 'refuse', components: ['K1'], at: at('2026-11-18'), reason: 'x' }],
      ['waiting 16-18', 'refused 18-18'],
    ],
  ])('that %s', (_, code, steps, expected) => {
    expect(lane(code, steps)).toEqual(expected);
  });
});

it('draws from the reception to a day after the last of due day, step and today', () => {
  const detail = makeDetail({ steps: [] });
  const on = strip(detail, TODAY);
  expect(on).toEqual({ from: '2026-11-16', days: 7, every: 1 });
  expect(daysOf(on).at(-1)).toBe('2026-11-22');
  expect(place(on, '2026-11-16')).toBe(0);
  expect(place(on, '2026-11-22', 1)).toBe(100);
});

it('writes fewer days on a longer strip, and never runs out of it', () => {
  const on = strip(makeDetail({}), '2027-11-20');
  expect(on.every).toBeGreaterThan(7);
  expect(on.days / on.every).toBeLessThanOrEqual(12);
  expect(place(on, '2020-01-01')).toBe(0);
  expect(place(on, '2030-01-01')).toBe(100);
});

it('counts the first day as day 1', () => {
  expect([nthDay('2026-11-20', TODAY), nthDay('2026-11-17', TODAY)]).toEqual([1, 4]);
});
