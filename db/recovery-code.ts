/**
 * The printed recovery code: 128 random bits as eight groups of six digits, each divisible by 11, as Windows prints its
 * BitLocker keys. Digits, because words that are typed with Telex on come out as others; a slip is found in its group.
 */
import { randomBytes } from 'node:crypto';

const GROUPS = 8;
const GROUP_DIGITS = 6;
const CHECK = 11;

export function makeRecoveryCode(): string {
  const bytes = randomBytes(GROUPS * 2);
  return Array.from({ length: GROUPS }, (_, i) =>
    String(bytes.readUInt16BE(i * 2) * CHECK).padStart(GROUP_DIGITS, '0'),
  ).join('-');
}

/** The code as it was made, from whatever stands between the digits; or the number of the first group with a slip. */
export function readRecoveryCode(typed: string): { readonly code: string } | { readonly wrongGroup: number } {
  const digits = typed.normalize('NFKC').replace(/\D/g, '');
  const groups = Array.from({ length: Math.max(GROUPS, Math.ceil(digits.length / GROUP_DIGITS)) }, (_, i) =>
    digits.slice(i * GROUP_DIGITS, (i + 1) * GROUP_DIGITS),
  );
  const wrong = groups.findIndex((group, i) => i >= GROUPS || !isGroup(group));
  return wrong === -1 ? { code: groups.join('-') } : { wrongGroup: wrong + 1 };
}

function isGroup(group: string): boolean {
  const value = Number(group);
  return group.length === GROUP_DIGITS && value % CHECK === 0 && value / CHECK < 65_536;
}
