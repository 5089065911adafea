/** Dates, times and deadlines as the desk says them. All times are Vietnam's. */
import { type Calendar, workingDaysBetween } from '../../shared/domain/working-days.ts';
import { addDays, type LocalDate, localTime, showDate, weekday } from '../../shared/lib/local-date.ts';
import { named, t } from './text.ts';

const VIETNAM_OFFSET_MS = 7 * 3_600_000;

/** `HH:MM:SS` of an instant. */
export function clockTime(iso: string): string {
  return new Date(Date.parse(iso) + VIETNAM_OFFSET_MS).toISOString().slice(11, 19);
}

/** "hôm nay 16:04", "hôm qua 17:04", "19/11 17:04", "19/11/2025 17:04". */
export function moment(iso: string, today: LocalDate): string {
  const { date, time } = localTime(Date.parse(iso));
  if (date === today) return t('when.todayAt', { time });
  if (date === addDays(today, -1)) return t('when.yesterdayAt', { time });
  return `${shortDate(date, today)} ${time}`;
}

export function shortDate(date: LocalDate, today: LocalDate): string {
  return date.slice(0, 4) === today.slice(0, 4) ? showDate(date).slice(0, 5) : showDate(date);
}

/** "T5 26/11" */
export function dayAndDate(date: LocalDate, today: LocalDate): string {
  return `${named('day.short', String(weekday(date)))} ${shortDate(date, today)}`;
}

/** "Thứ Sáu 20/11/2026" */
export function longDay(date: LocalDate): string {
  return `${named('day', String(weekday(date)))} ${showDate(date)}`;
}

export interface DueWords {
  readonly text: string;
  readonly tone: 'bad' | 'warn' | 'plain' | 'dim';
}

/** How far a due day is, in working days: "quá 1 ngày làm việc", "hôm nay", "còn 3 ngày làm việc". */
export function dueWords(due: LocalDate | null, today: LocalDate, calendar: Calendar): DueWords {
  if (due === null) return { text: t('due.none'), tone: 'dim' };
  if (due === today) return { text: t('due.today'), tone: 'warn' };
  const n = workingDaysBetween(today, due, calendar);
  if (due < today) {
    const text = n === 0 ? t('due.over.rest', { date: shortDate(due, today) }) : t('due.over', { n: -n });
    return { text, tone: 'bad' };
  }
  return { text: t('due.left', { n }), tone: n <= 1 ? 'warn' : 'plain' };
}

/** Of a file: whole KB below one MB, then MB with one digit. */
export function fileSize(bytes: number): string {
  const kb = Math.ceil(bytes / 1024);
  return kb < 1024 ? `${kb} KB` : `${(bytes / 1024 ** 2).toFixed(1).replace('.', ',')} MB`;
}

/** Below one GB a day's work is at risk. */
export function isLowDisk(bytes: number): boolean {
  return bytes < 1024 ** 3;
}

/** A backup or a scan may not fit any more. */
export function isFullDisk(bytes: number): boolean {
  return bytes < 100 * 1024 ** 2;
}

export function diskSize(bytes: number): string {
  const gb = bytes / 1024 ** 3;
  return gb >= 10 ? `${Math.floor(gb)} GB` : `${gb.toFixed(1).replace('.', ',')} GB`;
}
