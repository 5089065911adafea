import { expect, test } from 'vitest';
import { laterOnClock, readClock } from '../../../../shared/lib/clock-time.ts';

test.each([
  ['1530', '15:30'],
  ['8h05', '08:05'],
  [' 16:45 ', '16:45'],
  ['7.30', '07:30'],
  ['0000', '00:00'],
  ['2460', null],
  ['24:00', null],
  ['16:60', null],
  ['16', null],
  ['chiều', null],
  ['', null],
])('the hour %j reads %j', (text, hour) => expect(readClock(text)).toBe(hour));

test.each([
  ['16:45', 5, '16:50'],
  ['16:58', 5, '17:03'],
  ['23:57', 5, '00:02'],
])('%s and %d minutes is %s', (time, minutes, later) => expect(laterOnClock(time, minutes)).toBe(later));
