/**
 * Vietnamese text: what is stored, what is searched, how it is sorted.
 * Names keep the case and the spelling typed; only the encoding is repaired.
 */

/** Control characters other than white space, zero-width characters, marks of direction, soft hyphens. */
const INVISIBLE = /[\u200B-\u200F\u2060\uFEFF\u00AD]|(?!\s)\p{Cc}/gu;
const APOSTROPHES = /[\u2018\u2019\u02BB\u02BC`\u00B4\u2032]/g;
const COMBINING = /[\u0300-\u036F]/g;
/** Ð (eth) and Ɖ (African D) look like Đ; at the start of a word they are meant as Đ. */
const LOOKALIKE_D = /[\u00D0\u0189](?<![\p{L}\p{M}].)/gu;

/** Text as it is stored: NFC, no invisible characters, one kind of apostrophe, single spaces, trimmed. */
export function cleanText(raw: string): string {
  return raw
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(APOSTROPHES, "'")
    .replace(LOOKALIKE_D, 'Đ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Search key: lower case, đ to d, no marks, only a-z, 0-9 and single spaces. "Hoà" and "Hòa" give the same key. */
export function searchKey(raw: string): string {
  return cleanText(raw)
    .normalize('NFD')
    .replace(COMBINING, '')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9 ]/g, '')
    .replace(/ +/g, ' ')
    .trim();
}

/** No syllable carries two tones: side by side, the second one was typed or copied by mistake. */
const TWO_TONES =
  /[\u0300\u0301\u0303\u0309\u0323][aeiouy][\u0302\u0306\u031B]?[\u0300\u0301\u0303\u0309\u0323]/i;

/** Signs that a text was damaged on its way in: a clerk should look, nothing is repaired silently. */
export function textDamage(raw: string): 'replacement_character' | 'stray_mark' | 'joined_words' | null {
  if (raw.includes('\uFFFD')) return 'replacement_character';
  if (/\S\u200B\S/.test(raw)) return 'joined_words';
  const clean = cleanText(raw);
  if (/\p{M}/u.test(clean) || TWO_TONES.test(clean.normalize('NFD'))) return 'stray_mark';
  return null;
}

const collator = new Intl.Collator('vi', { numeric: true });
export function compareVietnamese(a: string, b: string): number {
  return collator.compare(a, b);
}

/** Cells beginning like a formula, in letters of any width, are prefixed so that no spreadsheet program runs them (CSV and xlsx export). */
export function neutraliseFormula(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** The text as it was before `neutraliseFormula`. */
export function withoutFormulaGuard(text: string): string {
  const inner = text.slice(1);
  return text !== inner && neutraliseFormula(inner) === text ? inner : text;
}
