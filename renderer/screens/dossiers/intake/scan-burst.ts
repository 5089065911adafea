/** What a keyboard-type scanner typed into whatever had the focus: characters that follow each other faster than a hand. */

/**
 * Milliseconds without a key after which a burst is over. Short while it may be a hand; patient once digits in a row, or the
 * bar that nobody types, tell a scanner that a busy machine keeps waiting.
 */
export function restAfter(text: string): number {
  if (text.includes('|')) return 1000;
  return /^\d{3}/.test(text) ? 800 : 300;
}

interface TextPlace {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

export interface Burst {
  readonly field: string;
  /** Of the keys themselves, where the focus is on no text field. */
  readonly text: string;
  /** The list, box or button that gets the focus back after the scan. */
  readonly home?: HTMLElement;
  /** The text field before the first character; null on a list, a tick box, a button. */
  readonly before: TextPlace | null;
  /** The value to put back. */
  readonly value: string;
  readonly at: number;
}

export function follows(burst: Burst | null, at: number): burst is Burst {
  return burst !== null && at - burst.at <= restAfter(burst.text);
}

/** What stands in the field beyond what stood there before: also right where an input method wrote over its own letters. */
export function typedSince({ value, start, end }: TextPlace, now: string): string {
  const tail = value.slice(end);
  return now.slice(start, now.length - tail.length);
}
