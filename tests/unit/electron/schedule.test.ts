/** When the machine tries again: regular, at the day's end, after failures, and never before the city asked for. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { waitUntilNext } from '../../../electron/sync/schedule.ts';

const MINUTE = 60_000;
/** 14:00 in Vietnam. */
const AFTERNOON = Date.parse('2026-11-20T07:00:00Z');
const calm = { now: AFTERNOON, failures: 0, retryAfter: null, dayEnd: '16:45', random: 0.5 };

test('every quarter of an hour, give or take a quarter of it', () => {
  const waits = [0, 0.5, 0.999].map((random) => waitUntilNext({ ...calm, random }) / MINUTE);
  expect(waits.map(Math.round)).toEqual([11, 15, 19]);
});

test('after failures from one second up to a quarter of an hour, with jitter', () => {
  const waits = [1, 2, 3, 5, 8, 11, 40].map(
    (failures) => waitUntilNext({ ...calm, failures, random: 0.999 }) / 1000,
  );
  expect(waits.map(Math.round)).toEqual([1, 2, 4, 16, 128, 900, 900]);
  expect(waitUntilNext({ ...calm, failures: 40, random: 0 })).toBe(7.5 * MINUTE);
});

describe('the day’s end', () => {
  test.each([
    ['2026-11-20T09:40:00Z', '16:45', 5],
    ['2026-11-20T09:44:30Z', '16:45', 0.5],
    ['2026-11-20T09:45:00Z', '16:45', 15],
    ['2026-11-20T10:20:00Z', '17:30', 10],
    ['2026-11-20T16:59:00Z', '00:05', 6],
  ])('at %s with %s comes in %s minutes', (now, dayEnd, minutes) => {
    expect(waitUntilNext({ ...calm, now: Date.parse(now), dayEnd, random: 0 })).toBeLessThanOrEqual(
      minutes * MINUTE,
    );
    const exact = waitUntilNext({ ...calm, now: Date.parse(now), dayEnd, random: 0 }) / MINUTE;
    expect(exact).toBe(Math.min(minutes, 11.25));
  });
  test('spreads the offices over two minutes', () => {
    const now = Date.parse('2026-11-20T09:44:00Z');
    expect(waitUntilNext({ ...calm, now, random: 0.5 })).toBe(2 * MINUTE);
  });
});

test('what the city asked for is kept, also at the day’s end', () => {
  const now = Date.parse('2026-11-20T09:44:00Z');
  expect(waitUntilNext({ ...calm, now, failures: 1, retryAfter: 300, random: 0 })).toBe(5 * MINUTE);
});

test('whatever happens, it is at least a part of a second and at most a day', () => {
  const minute = fc.integer({ min: 0, max: 59 }).map((n) => String(n).padStart(2, '0'));
  const hour = fc.integer({ min: 0, max: 23 }).map((n) => String(n).padStart(2, '0'));
  fc.assert(
    fc.property(
      fc.record({
        now: fc.integer({ min: 0, max: 4e12 }),
        failures: fc.nat(1000),
        retryAfter: fc.option(fc.integer({ min: 1, max: 3600 })),
        dayEnd: fc.tuple(hour, minute).map(([h, m]) => `${h}:${m}`),
        random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
      }),
      (occasion) => {
        const wait = waitUntilNext(occasion);
        expect(wait).toBeGreaterThan(0);
        expect(wait).toBeLessThanOrEqual(Math.max(19 * MINUTE, (occasion.retryAfter ?? 0) * 1250));
      },
    ),
  );
});
