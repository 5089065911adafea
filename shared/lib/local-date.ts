/**
 * Dates as a ward writes them. A `LocalDate` is text, `YYYY-MM-DD`, in Vietnam's time (UTC+7, no summer time),
 * so that no machine's time zone can move a deadline by a day.
 */

export type LocalDate = string;
/** `YYYY-MM-DD`, or `YYYY` where the law allows a year only (old people). */
export type PartialDate = string;
export interface LocalTime {
  readonly date: LocalDate;
  /** `HH:MM` */
  readonly time: string;
}

const VIETNAM_OFFSET_MS = 7 * 3_600_000;
const DAY_MS = 86_400_000;

export function localTime(epochMs: number): LocalTime {
  const text = new Date(epochMs + VIETNAM_OFFSET_MS).toISOString();
  return { date: text.slice(0, 10), time: text.slice(11, 16) };
}

function epochDay(date: LocalDate): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}

export function isLocalDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === text;
}

export function isPartialDate(text: string): boolean {
  return /^[12]\d{3}$/.test(text) || isLocalDate(text);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date((epochDay(date) + days) * DAY_MS).toISOString().slice(0, 10);
}

export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDay(to) - epochDay(from);
}

/** 0 = Sunday … 6 = Saturday. */
export function weekday(date: LocalDate): number {
  return (((epochDay(date) + 4) % 7) + 7) % 7;
}

export type DateReading =
  | { readonly ok: true; readonly value: PartialDate }
  | { readonly ok: false; readonly code: 'DATE_UNREADABLE' | 'DATE_NOT_IN_CALENDAR' | 'DATE_YEAR_ONLY' };

/** Reads what a clerk types: ddmmyyyy, d/m/yyyy (also . - or blanks), ISO, or a bare year where `yearAllowed`. */
export function readDate(typed: string, yearAllowed: boolean): DateReading {
  const text = typed.trim();
  if (/^[12]\d{3}$/.test(text))
    return yearAllowed ? { ok: true, value: text } : { ok: false, code: 'DATE_YEAR_ONLY' };
  const compact = /^(\d{2})(\d{2})(\d{4})$/.exec(text);
  const spaced = /^(\d{1,2})[/.\-\s]+(\d{1,2})[/.\-\s]+(\d{4})$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const parts = compact ?? spaced;
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : [parts?.[3], parts?.[2], parts?.[1]];
  if (!year || !month || !day) return { ok: false, code: 'DATE_UNREADABLE' };
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isLocalDate(value) ? { ok: true, value } : { ok: false, code: 'DATE_NOT_IN_CALENDAR' };
}

/** dd/mm/yyyy, or the year alone; any other text comes back as it is (a half-typed draft). */
export function showDate(value: PartialDate): string {
  if (!isLocalDate(value)) return value;
  return `${value.slice(8)}/${value.slice(5, 7)}/${value.slice(0, 4)}`;
}

/** Whether a date, perhaps only a year, certainly lies after another. */
export function isAfter(a: PartialDate, b: PartialDate): boolean {
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) > b.slice(0, length);
}
