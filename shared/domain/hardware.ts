/**
 * Whether a store still lies on the machine that it was written on. Two strong kinds of parts: what sits on the board (SMBIOS UUID, serial
 * number of the board, built-in network adapters) and the built-in disks. One of the two replaced alone is a repair; both at once is
 * another machine; where that cannot be told, it is not.
 */
import { z } from 'zod';

export const hardwareParts = z.strictObject({
  board: z.array(z.string()).readonly(),
  disk: z.array(z.string()).readonly(),
});
export type HardwareParts = z.infer<typeof hardwareParts>;

/** `unknown` never locks anything. */
export type HardwareVerdict = 'same' | 'another' | 'unknown';

/** What makers leave in the place of a number, without spaces and signs; equal on thousands of machines. */
const junk = [
  ...['NONE', 'NA', 'NULL', 'UNKNOWN', 'DEFAULT', 'DEFAULTSTRING', 'TOBEFILLEDBYOEM', 'NOTSPECIFIED'],
  ...[
    'NOTAPPLICABLE',
    'NOTAVAILABLE',
    'INVALID',
    'OEM',
    'EMPTY',
    'SYSTEMSERIALNUMBER',
    'BASEBOARDSERIALNUMBER',
  ],
  ...['SERIALNUMBER', 'CHASSISSERIALNUMBER', 'MBSERIALNUMBER', 'NOASSETINFORMATION', 'VMWAREVIRTUALDISK'],
  // Boards that were sold without a number of their own.
  ...['03000200040005000006000700080009', '123456789', '0123456789', '1234567890'],
];
const SHORTEST = 5;

/** A number as it is compared: null where it tells nothing of this machine alone. */
export function partOf(text: string): string | null {
  const plain = text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
  const oneSign = new Set(plain).size < 2;
  return plain.length < SHORTEST || oneSign || junk.includes(plain) ? null : plain;
}

/** An adapter whose address was made up (privacy, virtual machines) or that is no address: null. */
export function adapterOf(address: string): string | null {
  const plain = address.toUpperCase().replaceAll(/[^0-9A-F]/g, '');
  const madeUp = (Number.parseInt(plain.slice(0, 2), 16) & 0b10) !== 0;
  return plain.length !== 12 || madeUp || partOf(plain) === null ? null : `MAC${plain}`;
}

/** Parts are compared as they are given: both sides hashed with the same salt, or both plain. */
export function judgeHardware(before: HardwareParts, now: HardwareParts): HardwareVerdict {
  const [board, disk] = [alike(before.board, now.board), alike(before.disk, now.disk)];
  if (board === true || disk === true) return 'same';
  return board === false && disk === false ? 'another' : 'unknown';
}

/** One in common is enough: an adapter or a second disk comes and goes. Null where one side says nothing. */
function alike(before: readonly string[], now: readonly string[]): boolean | null {
  if (before.length === 0 || now.length === 0) return null;
  return now.some((part) => before.includes(part));
}
