/**
 * Shapes of the numbers on the papers that people bring. Warnings only: old papers, foreign papers and misprints are real.
 * A blank is never warned about: the law lets it be blank, or the form says that it is required.
 */
import { cleanText } from '../lib/vietnamese-text.ts';
import type { ProblemCode } from '../problem.ts';

/** `XXXXX.GCS.ZZZZZ.YY`: yearly counter, facility, year (TT 22/2025/TT-BYT, from 01/10/2025). */
const BIRTH_NOTICE = /^\d{5}\.GCS\.\d{5}\.\d{2}$/i;
/** 10 digits (QĐ 1666/QĐ-BHXH), or group, level 1-5, province and the 10 digits (QĐ 1351/QĐ-BHXH). Ten zeros: has none. */
const INSURANCE = /^(?:[A-Z]{2}[1-5]\d{2})?\d{10}$/i;
const MOBILE = /^(?:0|\+84)[35789]\d{8}$/;
/** Deliberately loose: one @, a dot behind it, plain letters; whether it exists only a message sent can tell. */
const EMAIL = /^[\w.%+-]+@(?:[a-z\d](?:[a-z\d-]*[a-z\d])?\.)+[a-z]{2,}$/i;
/** Ten digits in practice; the text that says so was not seen. */
const HOUSEHOLD = /^\d{10}$/;
/** `số/năm`, counted per office, book and year. */
const CIVIL_STATUS = /^\d{1,5}\/(?:19|20)\d{2}$/;
/** What people write between the digits. */
const BLANKS = / /g;
const SEPARATORS = /[ .-]/g;
const NOTHING = /(?!)/g;

/** Số giấy chứng sinh. */
export function birthNoticeNumberWarning(text: string): ProblemCode | null {
  return warning(text, BIRTH_NOTICE, 'BIRTH_NOTICE_FORM');
}

/** Mã số BHXH or số thẻ BHYT. */
export function insuranceNumberWarning(text: string): ProblemCode | null {
  return warning(text, INSURANCE, 'INSURANCE_FORM', SEPARATORS);
}

/** Mobile phone; +84 and the usual separators are read. */
export function mobilePhoneWarning(text: string): ProblemCode | null {
  return warning(text, MOBILE, 'PHONE_FORM', SEPARATORS);
}

export function emailWarning(text: string): ProblemCode | null {
  return warning(text, EMAIL, 'EMAIL_FORM', NOTHING);
}

/** Mã hộ gia đình of health insurance. */
export function householdNumberWarning(text: string): ProblemCode | null {
  return warning(text, HOUSEHOLD, 'HOUSEHOLD_FORM');
}

/** Number of a birth, marriage or death certificate. */
export function civilStatusNumberWarning(text: string): ProblemCode | null {
  return warning(text, CIVIL_STATUS, 'CIVIL_STATUS_NUMBER_FORM');
}

function warning(raw: string, shape: RegExp, code: ProblemCode, ignored = BLANKS): ProblemCode | null {
  const text = cleanText(raw);
  return text === '' || shape.test(text.replace(ignored, '')) ? null : code;
}
