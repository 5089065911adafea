/**
 * Dates and money in words, as civil-status papers and receipts carry them ("ghi bằng chữ"). A proposal that a clerk may edit.
 *
 * Wording chosen where usage differs: nghìn (not ngàn), linh (not lẻ), mùng for days 1-10, tháng một, tháng tư;
 * mốt, tư, lăm after mươi; bốn after linh and mười. Years 2010-2099 leave out "không trăm" ("hai nghìn hai mươi sáu",
 * the example of the birth form of TT 04/2024/TT-BTP); 2001-2009 keep it ("hai nghìn không trăm linh năm").
 */
import { isLocalDate, type PartialDate } from './local-date.ts';
import { assert } from './must.ts';

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const;
const GROUPS = ['', ' nghìn', ' triệu', ' tỷ'] as const;
const MAX_NUMBER = 999_999_999_999;

/** "Ngày … tháng … năm …"; "Tháng … năm …" for `YYYY-MM`; "Năm …" for `YYYY`; '' for what is no date (a half-typed draft). */
export function dateInWords(date: PartialDate): string {
  const match = /^([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  if (!match || !isLocalDate(`${match[1]}-${match[2] ?? '01'}-${match[3] ?? '01'}`)) return '';
  const [, year, month, day] = match;
  const words = [
    ...(day ? [`ngày ${dayInWords(Number(day))}`] : []),
    ...(month ? [`tháng ${month === '04' ? 'tư' : below100(Number(month))}`] : []),
    `năm ${yearInWords(Number(year))}`,
  ];
  return capitalised(words.join(' '));
}

/** A whole number from 0 to 999 tỷ, lower case: "hai mươi lăm triệu ba trăm nghìn". Anything else is a bug and throws. */
export function numberInWords(n: number): string {
  assert(Number.isInteger(n) && n >= 0 && n <= MAX_NUMBER, 'a whole number from 0 to 999 tỷ');
  if (n === 0) return DIGITS[0];
  const words: string[] = [];
  for (const [index, name] of [...GROUPS.entries()].reverse()) {
    const group = Math.floor(n / 1000 ** index) % 1000;
    if (group > 0) words.push(below1000(group, words.length > 0) + name);
  }
  return words.join(' ');
}

/** "Hai mươi lăm triệu ba trăm nghìn đồng". */
export function amountInWords(dong: number): string {
  return `${capitalised(numberInWords(dong))} đồng`;
}

function dayInWords(day: number): string {
  return day <= 10 ? `mùng ${below100(day)}` : below100(day);
}

function yearInWords(year: number): string {
  return year > 2009 && year < 2100 ? `hai nghìn ${below100(year - 2000)}` : numberInWords(year);
}

/** 1-999; behind a higher group the hundreds are always said ("không trăm"). */
function below1000(n: number, behindHigher: boolean): string {
  const [hundreds, rest] = [Math.floor(n / 100), n % 100];
  if (hundreds === 0 && !behindHigher) return below100(rest);
  const head = `${digit(hundreds)} trăm`;
  if (rest === 0) return head;
  return rest < 10 ? `${head} linh ${digit(rest)}` : `${head} ${below100(rest)}`;
}

/** 1-99. */
function below100(n: number): string {
  const [tens, unit] = [Math.floor(n / 10), n % 10];
  if (tens === 0) return digit(unit);
  const head = tens === 1 ? 'mười' : `${digit(tens)} mươi`;
  return unit === 0 ? head : `${head} ${unitBehindTens(tens, unit)}`;
}

function unitBehindTens(tens: number, unit: number): string {
  if (unit === 5) return 'lăm';
  if (tens > 1 && unit === 1) return 'mốt';
  return tens > 1 && unit === 4 ? 'tư' : digit(unit);
}

function digit(n: number): string {
  return DIGITS[n] ?? '';
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
