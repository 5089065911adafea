/**
 * Arithmetic of printed reports, as exact decimals: parts against totals, rates against their two figures, two statements
 * of one thing. A claim that does not come out gives findings; nothing is mended.
 */
import type { Finding } from './model.ts';
import { percentOf, percentUnits, readsFalsely, showDecimal } from './percent.ts';

/** An exact decimal: units of 10^-decimals. */
export interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

/** Figures as they are printed. */
export type Claim =
  /** The parts add up to the printed total. */
  | { readonly kind: 'sum'; readonly parts: readonly string[]; readonly printed: string }
  /** `part` of `of` is the printed percentage. */
  | { readonly kind: 'rate'; readonly part: string; readonly of: string; readonly printed: string }
  /** One quantity, stated more than once. */
  | { readonly kind: 'same'; readonly what: string; readonly printed: readonly string[] }
  /** A cumulative figure, earlier and later. */
  | { readonly kind: 'not_falling'; readonly what: string; readonly earlier: string; readonly later: string }
  /** "từ 86% trở lên" for several rates. */
  | { readonly kind: 'at_least'; readonly bound: string; readonly printed: readonly string[] }
  /** "hơn 323,5 tỷ": the parts add up to more than that. */
  | { readonly kind: 'more_than'; readonly parts: readonly string[]; readonly bound: string }
  /** What came out cannot exceed what came in. */
  | { readonly kind: 'at_most'; readonly what: string; readonly value: string; readonly limit: string };

export function checkClaims(claims: readonly Claim[]): readonly Finding[] {
  return claims.flatMap(checkClaim);
}

function checkClaim(claim: Claim): readonly Finding[] {
  switch (claim.kind) {
    case 'sum':
      return checkSum(claim.parts.map(amountOf), amountOf(claim.printed));
    case 'rate':
      return checkRate(amountOf(claim.part), amountOf(claim.of), claim.printed);
    case 'same':
      return checkSame(claim.what, claim.printed);
    case 'not_falling':
      return checkNotFalling(claim);
    case 'at_least':
      return checkAtLeast(claim);
    case 'more_than':
      return checkMoreThan(claim);
    case 'at_most':
      return checkAtMost(claim);
  }
}

/** A printed number: dots or blanks group thousands, a comma is the decimal comma, a lone separator before other than three digits a decimal sign. */
export function readAmount(printed: string): Decimal | null {
  const text = printed.trim().replace(/\s*%$/, '');
  const grouped = /^(\d{1,3}(?:[. \u00a0]\d{3})+|\d{1,3}(?:,\d{3})+|\d+)$/.exec(text);
  if (grouped) return { units: BigInt(text.replace(/\D/g, '')), decimals: 0 };
  const decimal = /^(\d{1,3}(?:\.\d{3})+|\d+)[.,](\d+)$/.exec(text);
  if (!decimal) return null;
  const [, whole = '', rest = ''] = decimal;
  return { units: BigInt(whole.replace(/\D/g, '') + rest), decimals: rest.length };
}

/** A printed percentage: '77,1', '95.91 %', '99,998%'. One separator, and it is the decimal one. */
export function readPercent(printed: string): Decimal | null {
  const found = /^(\d+)(?:[.,](\d+))?\s*%?$/.exec(printed.trim());
  if (!found) return null;
  const [, whole = '', rest = ''] = found;
  return { units: BigInt(whole + rest), decimals: rest.length };
}

function amountOf(printed: string): Decimal {
  const amount = readAmount(printed);
  if (!amount) throw new Error(`not a printed number: ${printed}`);
  return amount;
}

export const decimal = (value: number): Decimal => ({ units: BigInt(value), decimals: 0 });
const show = ({ units, decimals }: Decimal) => showDecimal(units, decimals);

function scaled({ units, decimals }: Decimal, to: number): bigint {
  return units * 10n ** BigInt(to - decimals);
}
function plus(parts: readonly Decimal[]): Decimal {
  const decimals = Math.max(0, ...parts.map((p) => p.decimals));
  return { units: parts.reduce((sum, p) => sum + scaled(p, decimals), 0n), decimals };
}
/** a - b */
function less(a: Decimal, b: Decimal): Decimal {
  return plus([a, { units: -b.units, decimals: b.decimals }]);
}
function distance(a: Decimal, b: Decimal): string {
  const gap = less(a, b);
  return show({ ...gap, units: gap.units < 0n ? -gap.units : gap.units });
}

/** Longer sums are told by their number of parts. */
const TOLD_PARTS = 6;

/** "1.320 + 94 = 1.414, báo cáo ghi 1.438: lệch 24" */
export function checkSum(parts: readonly Decimal[], printed: Decimal): readonly Finding[] {
  const sum = plus(parts);
  if (less(sum, printed).units === 0n) return [];
  const said = parts.length > TOLD_PARTS ? `Cộng ${parts.length} số` : parts.map(show).join(' + ');
  const sentence = `${said} = ${show(sum)}, báo cáo ghi ${show(printed)}: lệch ${distance(sum, printed)}`;
  return [{ code: 'SUM_DIFFERS', sentence }];
}

/** A printed percentage against its two figures, at the decimals it was printed with. */
export function checkRate(part: Decimal, of: Decimal, printed: string): readonly Finding[] {
  const read = readPercent(printed);
  const said = `${show(part)}/${show(of)}`;
  if (!read) return [{ code: 'PRINTED_UNREADABLE', sentence: `${said}: không đọc được tỷ lệ "${printed}"` }];
  if (of.units === 0n)
    return read.units === 0n
      ? []
      : [
          {
            code: 'PERCENT_OF_NOTHING',
            sentence: `${said}: không có số để chia, báo cáo ghi ${show(read)}%`,
          },
        ];
  const decimals = Math.max(part.decimals, of.decimals);
  const [top, bottom] = [scaled(part, decimals), scaled(of, decimals)];
  const findings: Finding[] = [];
  const wrong = rateFault(top, bottom, read);
  if (wrong) {
    const right = percentUnits(top, bottom, { decimals: Math.max(1, read.decimals) });
    const exact = readsFalsely(top, bottom, Math.max(1, read.decimals))
      ? percentOf(top, bottom)
      : showDecimal(right, Math.max(1, read.decimals));
    const sentence = `${said} = ${exact}%, báo cáo ghi ${show(read)}%: ${wrong.words}`;
    findings.push({ code: wrong.code, sentence });
  }
  if (top > bottom) findings.push(above100(`${said} = ${percentOf(top, bottom)}%`));
  return findings;
}

const OTHER_COLUMNS = 'tử số và mẫu số lấy từ hai cột khác nhau';

export function above100(said: string, why = OTHER_COLUMNS): Finding {
  return { code: 'RATE_ABOVE_100', sentence: `${said}: trên 100%, ${why}` };
}

function rateFault(
  top: bigint,
  bottom: bigint,
  read: Decimal,
): { readonly code: string; readonly words: string } | null {
  const { units, decimals } = read;
  if (readsFalsely(top, bottom, decimals) && units === percentUnits(top, bottom, { decimals }))
    return { code: 'PERCENT_READS_FALSELY', words: 'đọc nhầm là tròn, cần thêm số lẻ' };
  if (units === percentUnits(top, bottom, { decimals }))
    return decimals === 0 && top * 100n !== units * bottom
      ? { code: 'PERCENT_WHOLE', words: 'bỏ phần lẻ' }
      : null;
  return units === percentUnits(top, bottom, { decimals, cut: true })
    ? { code: 'PERCENT_TRUNCATED', words: 'cắt bỏ số lẻ thay vì làm tròn' }
    : { code: 'PERCENT_WRONG', words: 'sai, hoặc tính từ số khác' };
}

function checkSame(what: string, printed: readonly string[]): readonly Finding[] {
  const [first, ...others] = printed.map((text) => {
    const read = text.trim().endsWith('%') ? readPercent(text) : readAmount(text);
    if (!read) throw new Error(`not a printed number: ${text}`);
    return read;
  });
  if (!first || others.every((o) => less(o, first).units === 0n)) return [];
  return [
    { code: 'SAME_DIFFERS', sentence: `${what}: báo cáo ghi ${printed.join(' và ')}, không khớp nhau` },
  ];
}

function checkNotFalling({
  what,
  earlier,
  later,
}: Extract<Claim, { kind: 'not_falling' }>): readonly Finding[] {
  const [before, after] = [amountOf(earlier), amountOf(later)];
  if (less(after, before).units >= 0n) return [];
  return [
    {
      code: 'FALLS',
      sentence: `${what}: ${show(before)} rồi ${show(after)}, số luỹ kế giảm ${distance(before, after)}`,
    },
  ];
}

function checkAtLeast({ bound, printed }: Extract<Claim, { kind: 'at_least' }>): readonly Finding[] {
  const least = readPercent(bound);
  return printed.flatMap((text) => {
    const read = readPercent(text);
    if (!least || !read) throw new Error(`not a printed percentage: ${bound}, ${text}`);
    return less(read, least).units >= 0n
      ? []
      : [
          {
            code: 'BELOW_BOUND',
            sentence: `Báo cáo ghi từ ${show(least)}% trở lên, bảng ghi ${show(read)}%: thiếu ${distance(least, read)} điểm`,
          },
        ];
  });
}

function checkMoreThan({ parts, bound }: Extract<Claim, { kind: 'more_than' }>): readonly Finding[] {
  const amounts = parts.map(amountOf);
  const [sum, told] = [plus(amounts), amountOf(bound)];
  if (less(sum, told).units > 0n) return [];
  const sentence = `${amounts.map(show).join(' + ')} = ${show(sum)}, báo cáo ghi hơn ${show(told)}: thiếu ${distance(told, sum)}`;
  return [{ code: 'LESS_THAN_TOLD', sentence }];
}

function checkAtMost({ what, value, limit }: Extract<Claim, { kind: 'at_most' }>): readonly Finding[] {
  const [given, most] = [amountOf(value), amountOf(limit)];
  if (less(most, given).units >= 0n) return [];
  return [
    {
      code: 'EXCEEDS',
      sentence: `${what}: ${show(given)} lớn hơn ${show(most)}, lệch ${distance(given, most)}`,
    },
  ];
}

/** At most so many rows are looked for that a printed total left out. */
const LEFT_OUT = 3;
const FEW_ROWS = 40;

/** A printed total of rows; where it is the sum of some of them only, which it leaves out. */
export function checkTotal(
  rows: readonly { readonly name: string; readonly value: number }[],
  printed: Decimal,
): readonly Finding[] {
  const parts = rows.map((r) => decimal(r.value));
  const plain = checkSum(parts, printed);
  const missing = less(plus(parts), printed);
  if (plain.length === 0 || missing.decimals > 0 || missing.units < 0n) return plain;
  const left = leftOut(rows, Number(missing.units));
  if (!left) return plain;
  const names = left.map((r) => r.name).join('; ');
  return plain.map((f) => ({
    code: 'TOTAL_OF_SOME_ROWS',
    sentence: `${f.sentence}, đúng bằng khi bỏ ${left.length} dòng: ${names}`,
  }));
}

/** The only set of the fewest rows that makes up the gap; null where there is none, or several. */
function leftOut<T extends { readonly value: number }>(rows: readonly T[], gap: number): readonly T[] | null {
  const filled = rows.filter((r) => r.value !== 0);
  const most = filled.length > FEW_ROWS ? 1 : LEFT_OUT;
  for (let size = 1; size <= most; size++) {
    const found = subsets(filled, size).filter((set) => set.reduce((sum, r) => sum + r.value, 0) === gap);
    if (found.length > 0) return found.length === 1 ? (found[0] ?? null) : null;
  }
  return null;
}

function subsets<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}
