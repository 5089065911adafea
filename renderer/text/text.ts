/** Looks up visible text by key and fills its `{blanks}`. */
import { isProblemCode, type ProblemDetails, problemSentence } from '../../shared/problem.ts';
import { type TextKey, vi } from './vi.ts';

export function t(key: TextKey, blanks: Readonly<Record<string, string | number>> = {}): string {
  return vi[key].replace(/\{(\w+)\}/g, (_, name: string) => String(blanks[name] ?? ''));
}

function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(vi, key);
}

/** Text of a key that is made at run time (a field, a choice, a verb); the bare name where nobody wrote one. */
export function named(group: string, name: string): string {
  const key = `${group}.${name}`;
  return isTextKey(key) ? vi[key] : name;
}

/** The words of a field of the form, or of a component that an event names. */
export const fieldLabel = (key: string): string => named('field', key);
export const choiceLabel = (value: string) => named('choice', value);

/** The sentence of a problem code that came as plain text (from the city, from a verdict). */
export function codeSentence(code: string, details: ProblemDetails = {}): string {
  return isProblemCode(code) ? problemSentence(code, details) : t('problem.unknown', { code });
}
