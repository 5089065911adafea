/** Days until a role has to be renewed. */
import { expect, test } from 'vitest';
import { roleDaysLeft } from '../../../../shared/domain/role-paper.ts';

test.each([
  ['2026-11-20T02:30:00.000Z', '2026-11-20', 0],
  // 23:30 and 00:30 in Vietnam.
  ['2026-11-20T16:30:00.000Z', '2026-11-20', 0],
  ['2026-11-20T17:30:00.000Z', '2026-11-20', 1],
  ['2027-02-18T02:30:00.000Z', '2026-11-20', 90],
  ['2026-11-19T02:30:00.000Z', '2026-11-20', 0],
])('until %s, on %s: %d', (until, today, left) => {
  expect(roleDaysLeft(until, today)).toBe(left);
});
