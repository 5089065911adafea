/** Words of a step as they are stored: cleaned, blanks left out. */
import { cleanText } from '../../shared/lib/vietnamese-text.ts';

type Said = Readonly<
  Record<string, string | readonly string[] | Readonly<Record<string, string>> | undefined>
>;

export function cleanTexts<T extends Said>(said: T): T {
  const cleaned = Object.entries(said).flatMap(([key, value]) => {
    const clean = cleanValue(value);
    return clean === undefined ? [] : [[key, clean]];
  });
  return Object.fromEntries(cleaned) as T;
}

function cleanValue(value: Said[string]): Said[string] {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return cleanText(value) || undefined;
  if (Array.isArray(value)) return value.map((text) => cleanText(String(text))).filter((text) => text !== '');
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, cleanText(String(text))]));
}
