/** Public holidays, days off in lieu and worked Saturdays, as data; a year without a decision carries `verified: false` rows. */
import type { LocalDate } from '../lib/local-date.ts';
import rows from './data/holidays.json' with { type: 'json' };

export type DayKind = 'holiday' | 'compensatory_off' | 'swapped_workday';
export interface SpecialDay {
  readonly date: LocalDate;
  readonly name: string;
  readonly kind: DayKind;
  readonly source: string;
  readonly verified: boolean;
}

type Row = [date: string, name: string, kind: DayKind, source: string, verified: string];

export const specialDays: ReadonlyMap<LocalDate, SpecialDay> = new Map(
  (rows as Row[]).map(([date, name, kind, source, verified]) => [
    date,
    { date, name, kind, source, verified: verified === 'yes' },
  ]),
);
/** Raised whenever a row of the catalogue changes; shown in Cài đặt and told to the city. */
export const CATALOGUE_VERSION = '2026-11-22.2';
