/** Whole numbers as Vietnamese offices write them: `1.320`, `1320`, `1 320`; never a string reused as a number. */

export type NumberReading =
  | { readonly ok: true; readonly value: number }
  | {
      readonly ok: false;
      readonly code:
        | 'COUNT_NEGATIVE'
        | 'COUNT_NOT_WHOLE'
        | 'COUNT_NOT_A_NUMBER'
        | 'COUNT_TOO_LARGE'
        | 'COUNT_FORMULA';
    };

export const MAX_COUNT = 99_999_999;

/** Digits of a wide keyboard are digits; superscripts are footnotes and stay unreadable. */
const FULL_WIDTH = /[\uFF10-\uFF19]/g;
const narrow = (digit: string) => String(digit.charCodeAt(0) - 0xff10);

/** "1.320,00" and "1,320.00": a spreadsheet's money format. Two kinds of marks, one or two zeros: there is nothing to guess. */
const MONEY = /^([1-9]\d{0,2}(?:(?:\.\d{3})+(?=,)|(?:,\d{3})+(?=\.)|(?: \d{3})+(?=[.,])))[.,]00?$/;

/** Reads one count. A blank is the caller's business: zero and blank are different things. */
export function readCount(typed: string): NumberReading {
  const text = typed.replace(FULL_WIDTH, narrow).replace(/\s+/g, ' ').trim().replace(MONEY, '$1');
  if (/^[=@]/.test(text)) return { ok: false, code: 'COUNT_FORMULA' };
  if (/^[-−–]\s*\d/.test(text)) return { ok: false, code: 'COUNT_NEGATIVE' };
  // "1.320" and "1 320" are thousands; "1.5", "1,5" and "12.34" are decimals.
  // One kind of separator only and no leading zero: "1.320,500" and "0.320" are not thousands.
  const grouped = /^[1-9]\d{0,2}([., ])\d{3}(?:\1\d{3})*$/.test(text);
  if (!grouped && /^\d+[.,]\d+$/.test(text)) {
    if (/[.,]0+$/.test(text)) return readCount(text.replace(/[.,]0+$/, ''));
    return { ok: false, code: 'COUNT_NOT_WHOLE' };
  }
  if (!grouped && !/^\d+$/.test(text)) return { ok: false, code: 'COUNT_NOT_A_NUMBER' };
  const value = Number(text.replace(/[.,\s]/g, ''));
  return value > MAX_COUNT ? { ok: false, code: 'COUNT_TOO_LARGE' } : { ok: true, value };
}

const format = new Intl.NumberFormat('vi-VN');
export function showCount(value: number): string {
  return format.format(value);
}
