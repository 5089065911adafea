/** Due days of sheets ("trước ngày 15 hàng tháng") and whether a unit kept them. */
import { isValidOn } from '../catalogue/law.ts';
import { addDays, type LocalDate, weekday } from '../lib/local-date.ts';
import type { DueRule } from './definition.ts';
import type { SheetFigure } from './figures.ts';

export type SheetStanding = 'on_time' | 'late' | 'missing' | 'not_due';

/** The last day for the figures of an as-of date: the first one on or after it that the rule names. null: no rule that day. */
export function dueDay(rules: readonly DueRule[], asOf: LocalDate): LocalDate | null {
  const rule = rules.find((r) => isValidOn(r, asOf));
  if (!rule) return null;
  let day = asOf;
  while (!isNamed(rule, day)) day = addDays(day, 1);
  return day;
}

function isNamed({ every, day }: DueRule, date: LocalDate): boolean {
  return every === 'month' ? Number(date.slice(8)) === day : weekday(date) === day % 7;
}

export function sheetStanding(
  sheet: Pick<SheetFigure, 'sentOn'> | undefined,
  due: LocalDate | null,
  today: LocalDate,
): SheetStanding {
  const sent = sheet?.sentOn ?? null;
  if (sent !== null) return due === null || sent <= due ? 'on_time' : 'late';
  return due !== null && today <= due ? 'not_due' : 'missing';
}
