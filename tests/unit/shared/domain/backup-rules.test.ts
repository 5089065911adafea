/** Names, rotation 7/4/12 and the moment of a backup. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backupFileName,
  backupIsDue,
  backupReasons,
  keptBackups,
  readBackupName,
} from '../../../../shared/domain/backup-rules.ts';

const at = (text: string) => Date.parse(`${text}+07:00`);
const DAY = 86_400_000;

test('a name tells when, of which store and why, and nothing else is a name', () => {
  const name = fc.record({
    at: fc.integer({ min: 0, max: 4e12 }),
    reason: fc.constantFrom(...backupReasons),
    store: fc.option(fc.stringMatching(/^[0-9a-f]{8}$/)),
  });
  fc.assert(
    fc.property(name, (told) => {
      expect(readBackupName(backupFileName(told))).toEqual(told);
    }),
  );
  for (const name of [
    '',
    'desk.db',
    'so-mot-cua-2026-11-22T094500123Z-night.db.new',
    'so-mot-cua-x-night.db',
    'so-mot-cua-2026-11-22T094500123Z-12345-night.db',
  ])
    expect(readBackupName(name)).toBeNull();
});

test('of a backup a day over two years stay 7 days, 4 weeks and 12 months', () => {
  const days = Array.from({ length: 730 }, (_, i) => at('2026-11-22T17:00:00') - i * DAY);
  const kept = [...keptBackups(days)].map((time) =>
    new Date(time + 7 * 3_600_000).toISOString().slice(0, 10),
  );
  expect(kept).toEqual([
    ...['2026-11-22', '2026-11-21', '2026-11-20', '2026-11-19', '2026-11-18', '2026-11-17', '2026-11-16'],
    ...['2026-11-15', '2026-11-08', '2026-11-01'],
    ...['2026-10-31', '2026-09-30', '2026-08-31', '2026-07-31', '2026-06-30', '2026-05-31', '2026-04-30'],
    ...['2026-03-31', '2026-02-28', '2026-01-31', '2025-12-31'],
  ]);
});

test('the newest one always stays, never more than 23, and sweeping again takes nothing more', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1.7e12, max: 1.9e12 }), { minLength: 1, maxLength: 80 }),
      (times) => {
        const kept = keptBackups(times);
        expect(kept.has(Math.max(...times))).toBe(true);
        expect(kept.size).toBeLessThanOrEqual(23);
        expect(keptBackups([...kept])).toEqual(kept);
      },
    ),
  );
});

describe('one is due', () => {
  const moment = { dayEnd: '16:45', last: at('2026-11-19T16:50:00'), idle: 5 * 60_000, hole: false };
  test.each<[string, Partial<Parameters<typeof backupIsDue>[0]> & { now: number }, boolean]>([
    ['not before the end of the day', { now: at('2026-11-20T16:44:00') }, false],
    ['after it, when nobody types', { now: at('2026-11-20T16:46:00') }, true],
    ['not while somebody types', { now: at('2026-11-20T16:46:00'), idle: 1000 }, false],
    ['an hour later even so', { now: at('2026-11-20T17:46:00'), idle: 1000 }, true],
    [
      'in the morning, where the machine was off',
      { now: at('2026-11-21T08:00:00'), last: at('2026-11-20T10:00:00') },
      true,
    ],
    ['once a day', { now: at('2026-11-20T23:00:00'), last: at('2026-11-20T16:46:00') }, false],
    ['at once where there is none', { now: at('2026-11-20T09:00:00'), last: null }, true],
    ['at once where the journal has a hole', { now: at('2026-11-20T09:00:00'), hole: true }, true],
    ['but not in the middle of a word', { now: at('2026-11-20T09:00:00'), hole: true, idle: 0 }, false],
  ])('%s', (_, more, due) => {
    expect(backupIsDue({ ...moment, ...more })).toBe(due);
  });
});
