/** When two sets of parts are one machine, another one, or cannot be told apart. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  adapterOf,
  type HardwareParts,
  type HardwareVerdict,
  judgeHardware,
  partOf,
} from '../../../../shared/domain/hardware.ts';

const of = (board: string, disk: string): HardwareParts => ({
  board: board.split(' ').filter(Boolean),
  disk: disk.split(' ').filter(Boolean),
});

test.each<[string, HardwareParts, HardwareParts, HardwareVerdict]>([
  ['nothing changed', of('uuid', 'disk'), of('uuid', 'disk'), 'same'],
  ['the disk was replaced', of('uuid', 'disk'), of('uuid', 'disk2'), 'same'],
  ['the board was replaced', of('uuid', 'disk'), of('uuid2', 'disk'), 'same'],
  ['a second disk came', of('uuid', 'disk'), of('uuid', 'disk disk2'), 'same'],
  ['the first of two disks went', of('uuid', 'disk disk2'), of('uuid2', 'disk2'), 'same'],
  ['an adapter went, the number of the board stayed', of('uuid mac', 'disk'), of('uuid', 'disk2'), 'same'],
  ['an image on another PC', of('uuid', 'disk'), of('uuid2', 'disk2'), 'another'],
  ['an image, adapters alone can be read', of('mac', 'disk'), of('mac2', 'disk2'), 'another'],
  ['nothing can be read today', of('uuid', 'disk'), of('', ''), 'unknown'],
  ['nothing could be read then', of('', ''), of('uuid', 'disk'), 'unknown'],
  ['another board, the disk says nothing', of('uuid', 'disk'), of('uuid2', ''), 'unknown'],
  ['another disk, the board says nothing', of('uuid', 'disk'), of('', 'disk2'), 'unknown'],
  ['another board, the disk never said anything', of('uuid', ''), of('uuid2', 'disk'), 'unknown'],
])('%s', (_, before, now, verdict) => {
  expect(judgeHardware(before, now)).toBe(verdict);
});

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 4 });
const parts: fc.Arbitrary<HardwareParts> = fc.record({ board: names, disk: names });

describe('always', () => {
  test('a machine that says anything is itself', () => {
    fc.assert(
      fc.property(parts, (one) => {
        const silent = one.board.length + one.disk.length === 0;
        expect(judgeHardware(one, one)).toBe(silent ? 'unknown' : 'same');
      }),
    );
  });
  test('it does not matter which of the two was first, nor in which order parts are named', () => {
    fc.assert(
      fc.property(parts, parts, (one, two) => {
        expect(judgeHardware(one, two)).toBe(judgeHardware(two, one));
        const turned = { board: [...two.board].reverse(), disk: [...two.disk].reverse() };
        expect(judgeHardware(one, turned)).toBe(judgeHardware(one, two));
      }),
    );
  });
  test('one kind replaced whole, however, is a repair', () => {
    fc.assert(
      fc.property(parts, names, (one, other) => {
        fc.pre(one.disk.length > 0 && one.board.length > 0);
        expect(judgeHardware(one, { ...one, board: other })).toBe('same');
        expect(judgeHardware(one, { ...one, disk: other })).toBe('same');
      }),
    );
  });
  test('another machine is said only where both kinds were read on both sides, and share nothing', () => {
    fc.assert(
      fc.property(parts, parts, (one, two) => {
        fc.pre(judgeHardware(one, two) === 'another');
        for (const kind of ['board', 'disk'] as const) {
          expect(Math.min(one[kind].length, two[kind].length)).toBeGreaterThan(0);
          expect(one[kind].filter((part) => two[kind].includes(part))).toEqual([]);
        }
      }),
    );
  });
  test('more that can be read never turns the same machine into another', () => {
    fc.assert(
      fc.property(parts, parts, names, (one, two, more) => {
        fc.pre(judgeHardware(one, two) === 'same');
        expect(judgeHardware(one, { board: [...two.board, ...more], disk: [...two.disk, ...more] })).toBe(
          'same',
        );
      }),
    );
  });
});

test.each([
  ['4C4C4544-0046-5A10-8054-B7C04F4E3532', '4C4C454400465A108054B7C04F4E3532'],
  [' s5y1nj0r123456x ', 'S5Y1NJ0R123456X'],
  ['', null],
  ['    ', null],
  ['N/A', null],
  ['0', null],
  ['00000000-0000-0000-0000-000000000000', null],
  ['FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', null],
  ['03000200-0400-0500-0006-000700080009', null],
  ['To Be Filled By O.E.M.', null],
  ['Default string', null],
  ['System Serial Number', null],
  ['.......', null],
  ['123456789', null],
  ['xxxxxxxx', null],
])('the number "%s" is taken as %s', (text, part) => {
  expect(partOf(text)).toBe(part);
});

test.each([
  ['d8:5e:d3:01:02:0a', 'MACD85ED301020A'],
  ['D8-5E-D3-01-02-0A', 'MACD85ED301020A'],
  ['da:5e:d3:01:02:0a', null],
  ['02:42:ac:11:00:02', null],
  ['00:00:00:00:00:00', null],
  ['ff:ff:ff:ff:ff:ff', null],
  ['', null],
  ['nothing', null],
])('the adapter "%s" is taken as %s', (address, part) => {
  expect(adapterOf(address)).toBe(part);
});
