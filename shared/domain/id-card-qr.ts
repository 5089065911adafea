/**
 * The QR code of a CCCD or căn cước card, as a keyboard-type scanner types it:
 * `number|old CMND|full name|ddmmyyyy|Nam or Nữ|residence|ddmmyyyy`. The old CMND may be blank or left out; the card of
 * 2024 (căn cước) appends more fields (parents' names), kept aside. The layout is not published by law: it is what cards carry.
 */
import { type LocalDate, type PartialDate, readDate } from '../lib/local-date.ts';
import { cleanText, searchKey, textDamage } from '../lib/vietnamese-text.ts';
import type { ProblemCode } from '../problem.ts';
import { citizenNumberWarning } from './citizen-number.ts';

export interface IdCardQr {
  /** 12 digits. */
  readonly number: string;
  /** The CMND number that the card replaced, or ''. */
  readonly oldNumber: string;
  readonly fullName: string;
  /** Perhaps a year only; '' when the card leaves it blank. */
  readonly birth: PartialDate;
  readonly sex: 'nam' | 'nu' | '';
  readonly residence: string;
  readonly issuedOn: LocalDate;
  /** Fields after the issue date, as they are. */
  readonly extra: readonly string[];
}
type QrProblem = Extract<ProblemCode, `QR_${string}`>;
export type IdCardQrReading =
  | { readonly ok: true; readonly value: IdCardQr; readonly warning: ProblemCode | null }
  | { readonly ok: false; readonly code: QrProblem };

/** Fields from the full name to the issue date. */
const PERSON_FIELDS = 5;
/** Symbology identifier (AIM) that some scanners put in front, e.g. `]Q1`. */
const SCANNER_PREFIX = /^\][A-Za-z]\d/;
const STARTS_LIKE_A_CARD = /^\d[\d ]{7,14}\|/;
/** The bar typed on a foreign keyboard: one other symbol, the same all along. */
const OTHER_BAR = /^\d{12} ?([^\p{L}\p{M}\d\s,./|-])(?:[^|]*?\1){4}/u;
/**
 * The digit row on a wrong layout: Windows' Vietnamese keyboard (1 ă 2 â 3 ê 4 ô 5-9 tone marks 0 đ, here decomposed),
 * French AZERTY, US with shift held.
 */
const OTHER_DIGITS = [
  /^(?:[ae][\u0302\u0306]|o\u0302|đ|[\u0300\u0301\u0303\u0309\u0323]){8}/i,
  /^[&é"'(\-è_çà]{12}/,
  /^[!@#$%^&*()]{12}/,
];
/** UTF-8 read as Windows-1252 ("Nguyá»…n", "Æ°"), or letters that the scanner could not type. No card holds these. */
const MANGLED = /[ÃÂÄÅÆ][\u0080-\u009F\u00A1-\u00BF\u0152-\u0192\u2018-\u2122]|á[º»]|\?/u;
const NAME = /^[\p{L}' .-]*$/u;

/** Whether a paste or a fast burst of keys is meant as an ID card code, even a damaged one. A lone number is not. */
export function looksLikeIdCardQr(text: string): boolean {
  const line = readLine(text);
  return STARTS_LIKE_A_CARD.test(line) || hasSexField(line) || isTypedWrong(line);
}

/** Reads one scan. Nothing is guessed or repaired: a damaged scan is refused whole, with the reason. */
export function parseIdCardQr(text: string): IdCardQrReading {
  if (!looksLikeIdCardQr(text)) return refused('QR_NOT_ID_CARD');
  const line = readLine(text);
  if (isTypedWrong(line) || MANGLED.test(text) || textDamage(text)) return refused('QR_KEYBOARD');

  const [first = '', ...rest] = line.split('|').map(cleanText);
  const number = first.replace(/ /g, '');
  if (!/^\d{12}$/.test(number)) return refused('QR_NUMBER');
  const hasOldNumber = /^[\d ]*$/.test(rest[0] ?? '');
  const oldNumber = hasOldNumber ? (rest[0] ?? '').replace(/ /g, '') : '';
  return readPerson(number, oldNumber, hasOldNumber ? rest.slice(1) : rest);
}

function readPerson(number: string, oldNumber: string, fields: readonly string[]): IdCardQrReading {
  const [fullName = '', birthText = '', sexText = '', residence = '', issuedText = '', ...extra] = fields;
  if (!NAME.test(fullName)) return refused('QR_KEYBOARD');
  if (fields.length < PERSON_FIELDS || fullName === '') return refused('QR_CUT_OFF');
  // Blank is allowed, half a date is not: it is the mark of a scan that stopped.
  if (extra.length === 0 && /^\d{1,7}$/.test(issuedText)) return refused('QR_CUT_OFF');

  const sex = readSex(sexText);
  if (sex === null) return refused('QR_KEYBOARD');
  const birth = readCardDate(birthText);
  if (birth === null) return refused('QR_BIRTH_DATE');
  const issuedOn = readCardDate(issuedText);
  if (issuedOn === null || issuedOn.length === 4) return refused('QR_ISSUE_DATE');
  const value = { number, oldNumber, fullName, birth, sex, residence, issuedOn, extra };
  return { ok: true, value, warning: citizenNumberWarning(number, sex, birth) };
}

/** ddmmyyyy, yyyy, or a year behind zeros (`00001950`); '' for a blank; null for anything else. */
function readCardDate(text: string): PartialDate | null {
  if (text === '') return '';
  const reading = readDate(text.replace(/^0000(?=\d{4}$)/, ''), true);
  return reading.ok && reading.value >= '1800' ? reading.value : null;
}

function readSex(text: string): IdCardQr['sex'] | null {
  const key = searchKey(text);
  if (key === 'nam' || key === 'nu') return key;
  return text === '' ? '' : null;
}

function readLine(text: string): string {
  return cleanText(text).replace(SCANNER_PREFIX, '').trim();
}

/** The start of the scan may be lost; a sex between bars, with a field on each side, still tells what it was. */
function hasSexField(line: string): boolean {
  const fields = line.split('|');
  return fields.length >= PERSON_FIELDS && fields.slice(1, -1).some((f) => /^(nam|nu)$/.test(searchKey(f)));
}

function isTypedWrong(line: string): boolean {
  if (OTHER_BAR.test(line)) return true;
  const decomposed = line.normalize('NFD');
  return OTHER_DIGITS.some((digits) => digits.test(line) || digits.test(decomposed));
}

function refused(code: QrProblem): IdCardQrReading {
  return { ok: false, code };
}
