import { expect, it } from 'vitest';
import { foundMoment } from '../../../renderer/screens/settings/found-moment.ts';

const NOW = Date.parse('2026-11-20T02:30:00Z');

it.each([
  ['20/11/2026', '08:30', '2026-11-20T01:30:00.000Z'],
  ['20112026', '0830', '2026-11-20T01:30:00.000Z'],
  ['20/11/2026', '9h30', '2026-11-20T02:30:00.000Z'],
  ['19/11/2026', '23:59', '2026-11-19T16:59:00.000Z'],
  ['20/11/2026', '09:31', null],
  ['21/11/2026', '00:00', null],
  ['2026', '08:30', null],
  ['31/02/2026', '08:30', null],
  ['', '', null],
  ['hôm qua', '8 giờ', null],
])('found on %j at %j is %s', (date, time, at) => {
  expect(foundMoment(date, time, NOW)).toBe(at);
});
