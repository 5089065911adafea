/** Code 128 (ISO/IEC 15417), sets B and C: the bars that the counter's hand scanners read. */
import { assert } from '../lib/must.ts';

// Widths of bar, space, bar, … in modules, for the values 0 to 105; then the stop sign.
const PATTERNS = (
  '212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 ' +
  '113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 ' +
  '212123 212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 ' +
  '113123 113321 133121 313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 ' +
  '314111 221411 431111 111224 111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 ' +
  '241211 221114 413111 241112 134111 111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 ' +
  '214121 412121 111143 111341 131141 114113 114311 411113 411311 113141 114131 311141 411131 211412 211214 ' +
  '211232'
).split(' ');
const STOP = '2331112';
/** The signs that change the set, and those that begin with it. */
const SETS = { B: { start: 104, change: 100 }, C: { start: 105, change: 99 } } as const;

/** Set C (two digits a sign) pays for itself from six digits on; the odd first digit of a run stays in set B. */
function runs(text: string): readonly { readonly set: 'B' | 'C'; readonly text: string }[] {
  return text
    .split(/((?:\d\d){3,}(?!\d))/)
    .filter(Boolean)
    .map((run) => ({ set: /^(\d\d){3,}$/.test(run) ? 'C' : 'B', text: run }));
}

function signs(text: string): readonly number[] {
  return runs(text).flatMap(({ set, text: run }, i) => [
    i === 0 ? SETS[set].start : SETS[set].change,
    ...(set === 'C' ? (run.match(/../g) ?? []).map(Number) : [...run].map((c) => c.charCodeAt(0) - 32)),
  ]);
}

/** Whether the text has only characters that set B knows (printable ASCII). */
export const isCode128 = (text: string): boolean => /^[ -~]+$/.test(text);

/** Widths in modules, beginning with a bar, bars and spaces by turns; the quiet zones are the caller's. */
export function code128(text: string): readonly number[] {
  assert(isCode128(text), 'text that Code 128 can hold');
  const all = signs(text);
  const check = all.reduce((sum, sign, i) => sum + sign * Math.max(i, 1), 0) % 103;
  const patterns = [...all, check].map((sign) => PATTERNS[sign] ?? '');
  return [...[...patterns, STOP].join('')].map(Number);
}
