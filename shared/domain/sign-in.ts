/**
 * Passwords, PINs and waiting: the rules of signing in, for the window and for the process that holds the key.
 * OWASP ASVS 5.0 6.2: long rather than complicated, nothing that everybody tries first, no forced change.
 */
import { cleanText, searchKey } from '../lib/vietnamese-text.ts';

export const PASSWORD_MIN = 12;
export const PASSWORD_MAX = 200;
export const PIN_DIGITS = 6;
/** Wrong PINs until the password is asked again. */
export const PIN_TRIES = 5;
/** Wrong passwords until the account opens only by the recovery code or by the head. */
export const PASSWORD_TRIES = 20;
/** Signs in to the demonstration desk, whose people are all invented: shown on the screen and in the README. */
export const DEMO_PASSWORD = 'hoa phượng đỏ sân trường';

export const passwordFaults = ['short', 'few', 'common', 'name'] as const;
export type PasswordFault = (typeof passwordFaults)[number];

/**
 * One password, one spelling: the same Vietnamese letters typed composed (NFC) or in parts (NFD) are the same
 * password, and a space that slipped in before or after it is none of it.
 */
export function passwordText(typed: string): string {
  return typed.normalize('NFC').trim();
}

/** Of twelve and more letters, those that are tried first. Compared without accents, spaces and case. */
const common = [
  '123456789012',
  '0123456789',
  'abcdefghijkl',
  'qwertyuiop',
  'asdfghjkl',
  'matkhau',
  'password',
  'motcua',
  'somotcua',
  'phuongxa',
  'vietnam',
  'hochiminh',
  'saigon',
];
const COMMON_REST = 6;
const FEWEST_LETTERS = 5;

/** Why a new password will not do; null = it does. `names`: of the person and the office. */
export function passwordFault(typed: string, names: readonly string[]): PasswordFault | null {
  const text = passwordText(typed);
  if ([...text].length < PASSWORD_MIN) return 'short';
  if (new Set(text.toLowerCase()).size < FEWEST_LETTERS) return 'few';
  const bare = plain(text);
  if (names.some((name) => takesUp(bare, plain(name)))) return 'name';
  return common.some((word) => takesUp(bare, word)) ? 'common' : null;
}

const plain = (text: string) => searchKey(cleanText(text)).replace(/[^\p{L}\p{N}]/gu, '');

/** The word is in it, and what stands beside it is too little to count. */
function takesUp(text: string, word: string): boolean {
  return word.length > 3 && text.includes(word) && text.replaceAll(word, '').length < COMMON_REST;
}

export function isPin(text: string): boolean {
  return new RegExp(`^\\d{${PIN_DIGITS}}$`).test(text);
}

/** 111111, 123456, 654321 and a year written twice are the first that a colleague tries. */
export function isWeakPin(pin: string): boolean {
  const digits = [...pin].map(Number);
  const steps = new Set(digits.slice(1).map((digit, i) => digit - (digits[i] ?? 0)));
  return (steps.size === 1 && Math.abs([...steps][0] ?? 0) <= 1) || pin.slice(0, 3) === pin.slice(3);
}

const LONGEST_WAIT_S = 300;
/** Seconds to wait after so many wrong passwords in a row: 0, 0, 1, 2, 4 ... 300. */
export function waitAfter(failures: number): number {
  return failures < 3 ? 0 : Math.min(2 ** (failures - 3), LONGEST_WAIT_S);
}

/**
 * What the keyboard did to a password that was wrong, by the look of what was typed alone: keys of Telex or VNI that were not put
 * together (the typing program is off), or letters with accents (it is on). A hint for the eye; it changes nothing about the password.
 */
export function typingSlip(typed: string): 'telex' | 'vni' | 'composed' | null {
  const text = passwordText(typed);
  if (/[^\p{ASCII}]/u.test(text)) return 'composed';
  const syllables = text.toLowerCase().split(/[^a-z0-9]+/);
  if (syllables.some((one) => /[aeiouyd][1-9]/.test(one))) return 'vni';
  const shaped = /(aa|ee|oo|dd|[aou]w)/;
  return syllables.some((one) => shaped.test(one) && /^[a-z]*[aeiouyw][a-z]*[sfrxj]?$/.test(one))
    ? 'telex'
    : null;
}
