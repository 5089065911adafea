/** Dates, hours and blanks as the papers write them. */
import { showDate } from '../lib/local-date.ts';
import type { Field, Part } from './model.ts';
import { words } from './words.ts';

/** Value of a label; '' stays a dotted blank, drawn up to the end of the line. */
export function field(label: string, value: string): Field {
  return { label, parts: value.trim() === '' ? [] : [value.trim()] };
}

/** Text inside a sentence: the value, else a dotted gap. */
export function inline(value: string, blank = 30): Part {
  return value.trim() === '' ? { blank } : { strong: value.trim() };
}

/** "ngày 20 tháng 11 năm 2026"; blanks where the date is not known. Days and months 1 and 2 have two digits (NĐ 30/2020, art. 8 of its annex I). */
export function dayInWords(date: string): readonly Part[] {
  if (date === '')
    return [
      `${words.day}\u00a0`,
      { blank: 4 },
      ` ${words.month}\u00a0`,
      { blank: 4 },
      ` ${words.year}\u00a0`,
      { blank: 5 },
    ];
  const [year, month, day] = date.slice(0, 10).split('-');
  const shown = Number(month) < 3 ? month : String(Number(month));
  return [`${words.day} ${day} ${words.month} ${shown} ${words.year} ${year}`];
}

/** "09 giờ 30 phút, ngày 20 tháng 11 năm 2026"; the hour stays blank where only the day is known. */
export function momentInWords(moment: string): readonly Part[] {
  const [date = '', time = ''] = moment.split('T');
  const [hour, minute] = time.split(':');
  const clock: readonly Part[] = time
    ? [`${hour} ${words.hour} ${minute} ${words.minute}, `]
    : [{ blank: 4 }, `\u00a0${words.hour} `, { blank: 4 }, `\u00a0${words.minute}, `];
  return [...clock, ...dayInWords(date)];
}

/** The parts joined to one text, a gap as dots: for table cells. */
export function flat(parts: readonly Part[]): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('code' in part) return part.code;
      return 'strong' in part ? part.strong : '.'.repeat(Math.max(3, part.blank));
    })
    .join('');
}

/** "20/11/2026 09:30" for the narrow columns of tables. */
export function shortMoment(moment: string): string {
  const [date = '', time = ''] = moment.split('T');
  return [time, date && showDate(date)].filter(Boolean).join(' ');
}

export function placeAndDay(place: string, date: string): readonly Part[] {
  return [...(place ? [`${place}, `] : [{ blank: 12 }, ', ']), ...dayInWords(date)];
}
