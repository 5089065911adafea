/** What an admin types into a correction, as the catalogue holds it. */
import type { Fact } from '../../../shared/catalogue/law.ts';
import { addDays, type LocalDate, readDate } from '../../../shared/lib/local-date.ts';
import { searchKey } from '../../../shared/lib/vietnamese-text.ts';
import type { ProblemCode } from '../../../shared/problem.ts';

const CLOCK = /^(\d{1,2})\s*[:hg.]?\s*([0-5]\d)$/i;

/** A sum loses its dots and its "đồng", an hour gets its colon; what cannot be read stays for the rule to refuse. */
export function plainValue(unit: Fact['unit'], typed: string): string {
  const text = typed.trim();
  if (unit === 'dong') return withoutCurrency(text).replace(/(?<=\d)[.\s](?=\d{3})/g, '');
  if (unit !== 'hours') return text;
  const [, hour, minute] = CLOCK.exec(text) ?? [];
  return hour && minute ? `${hour.padStart(2, '0')}:${minute}` : text;
}

function withoutCurrency(text: string): string {
  const [end = '', word = ''] = /\s*(\p{L}+)\.?$/u.exec(text) ?? [];
  return ['d', 'dong', 'vnd'].includes(searchKey(word)) ? text.slice(0, -end.length) : text;
}

const MAX_SPAN = 31;

export type SpanReading =
  | { readonly ok: true; readonly days: readonly LocalDate[] }
  | { readonly ok: false; readonly code: ProblemCode; readonly field: 'first' | 'last' };

/** The days from `first` to `last`, both typed as a clerk types dates; a blank `last` is one day. */
export function readSpan(first: string, last: string): SpanReading {
  const from = readDate(first, false);
  if (!from.ok) return { ok: false, code: from.code, field: 'first' };
  const to = last.trim() === '' ? from : readDate(last, false);
  if (!to.ok) return { ok: false, code: to.code, field: 'last' };
  if (to.value < from.value || to.value > addDays(from.value, MAX_SPAN - 1))
    return { ok: false, code: 'FACT_DAY_SPAN', field: 'last' };
  const days = Array.from({ length: MAX_SPAN }, (_, n) => addDays(from.value, n));
  return { ok: true, days: days.filter((day) => day <= to.value) };
}
