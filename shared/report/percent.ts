/**
 * Percentages as the reports print them: half-up, one decimal; more decimals where the figure would read 100,0 or 0,0 and is
 * not (158.035/158.038 = 99,998 %). Exact: whole numbers only, no floating point. Above 100 % is shown as it is.
 */

/** `percent` of part/of in units of 10^-decimals, rounded half-up (away from zero) or cut off. `of` must not be 0. */
export function percentUnits(
  part: bigint,
  of: bigint,
  { decimals, cut = false }: { readonly decimals: number; readonly cut?: boolean },
): bigint {
  const negative = part < 0n !== of < 0n;
  const top = abs(part) * 100n * 10n ** BigInt(decimals);
  const bottom = abs(of);
  const units = cut ? top / bottom : (2n * top + bottom) / (2n * bottom);
  return negative ? -units : units;
}

/** '77,1%'; null where there is nothing to divide or nothing to divide by. */
export function percentText(part: number | null, of: number | null): string | null {
  if (part === null || of === null || of === 0) return null;
  return `${percentOf(BigInt(part), BigInt(of))}%`;
}

/** The digits of `percentText`: '77,1'. `of` must not be 0. */
export function percentOf(part: bigint, of: bigint): string {
  let decimals = 1;
  while (readsFalsely(part, of, decimals)) decimals++;
  return showDecimal(percentUnits(part, of, { decimals }), decimals);
}

/** Whether so many decimals would print 100,0 or 0,0 for something that is not. */
export function readsFalsely(part: bigint, of: bigint, decimals: number): boolean {
  const units = abs(percentUnits(part, of, { decimals }));
  const whole = 100n * 10n ** BigInt(decimals);
  return (units === whole && abs(part) !== abs(of)) || (units === 0n && part !== 0n);
}

/** 10374 with 2 decimals is '103,74'; thousands are grouped by dots. */
export function showDecimal(units: bigint, decimals: number): string {
  const digits = abs(units)
    .toString()
    .padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, '.');
  const rest = digits.slice(digits.length - decimals);
  return `${units < 0n ? '-' : ''}${whole}${decimals > 0 ? `,${rest}` : ''}`;
}

function abs(n: bigint): bigint {
  return n < 0n ? -n : n;
}
