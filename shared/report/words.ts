/** Numbers, dates and changes as the monthly reports word them. */
import { communesOn, isCommune, peoplesCommittee, type Unit } from '../catalogue/units.ts';
import { daysBetween, type LocalDate, showDate } from '../lib/local-date.ts';
import { showCount } from '../lib/whole-number.ts';
import type { Window } from './figures.ts';
import type { Cell } from './model.ts';
import { percentText } from './percent.ts';

/** '11/8/2023', '01/02/2024': a day below 10 and the months 1 and 2 get a zero (NĐ 30/2020/NĐ-CP, Phụ lục I). */
export function dateInText(date: LocalDate): string {
  const month = Number(date.slice(5, 7));
  return `${date.slice(8)}/${month > 2 ? month : date.slice(5, 7)}/${date.slice(0, 4)}`;
}

/** 'Từ ngày 11/8/2023 đến ngày 10/9/2023', 'Tính đến ngày 19/9/2023'. */
export function windowInText({ from, to }: Window): string {
  return from === null
    ? `Tính đến ngày ${dateInText(to)}`
    : `Từ ngày ${dateInText(from)} đến ngày ${dateInText(to)}`;
}

/** A figure in running text: '1.320', '03'. */
export function countInText(value: number): string {
  return value > 0 && value < 10 ? `0${value}` : showCount(value);
}

/** The figure of a cell in running text; null where there is none. */
export function cellInText(cell: Cell): string | null {
  switch (cell.kind) {
    case 'count':
      return cell.value === null ? null : countInText(cell.value);
    case 'percent':
      return percentText(cell.part, cell.of);
    case 'date':
      return cell.date === null ? null : showDate(cell.date);
    case 'outside':
      return null;
    case 'text':
      return cell.text;
  }
}

/** 'tăng hơn gấp đôi', 'tăng gấp 3 lần', 'tăng 454 hồ sơ', 'giảm 12 hồ sơ', 'không thay đổi'. */
export function changeInText(now: number, before: number): string {
  if (now === before) return 'không thay đổi';
  if (now < before) return `giảm ${countInText(before - now)} hồ sơ`;
  const times = before > 0 ? Math.floor(now / before) : 0;
  if (times < 2) return `tăng ${countInText(now - before)} hồ sơ`;
  const more = now % before === 0 ? '' : 'hơn ';
  return `tăng ${more}gấp ${times === 2 ? 'đôi' : `${countInText(times).replace(/^0/, '')} lần`}`;
}

/** Days of the shortest and the longest month. */
const MONTH = { least: 28, most: 31 };
/** 'so với tháng 8' where both windows are a month long and end in different months, else 'so với kỳ trước'. */
export function sinceInText(now: Window, before: Window): string {
  const isMonth = ({ from, to }: Window) => {
    const length = from === null ? 0 : daysBetween(from, to) + 1;
    return length >= MONTH.least && length <= MONTH.most;
  };
  return isMonth(now) && isMonth(before) && now.to.slice(0, 7) !== before.to.slice(0, 7)
    ? `so với tháng ${Number(before.to.slice(5, 7))}`
    : 'so với kỳ trước';
}

const KINDS = [
  ['phuong', 'phường'],
  ['xa', 'xã'],
  ['thi_tran', 'thị trấn'],
  ['dac_khu', 'đặc khu'],
] as const;
/** Who received the dossiers: 'Ủy ban nhân dân phường, xã, thị trấn', or the commune itself. */
export function communesInText(office: Unit, on: LocalDate): string {
  if (isCommune(office)) return peoplesCommittee(office);
  const kinds = new Set(communesOn(office.code, on).map((u) => u.kind));
  const words = KINDS.filter(([kind]) => kinds.has(kind)).map(([, word]) => word);
  return `Ủy ban nhân dân ${words.join(', ')}`;
}
