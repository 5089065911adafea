/** "Ghi bằng chữ" follows its date until a clerk writes something else. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import type { FieldRule } from '../../../../shared/domain/field-rule.ts';
import { dateInWords } from '../../../../shared/lib/date-words.ts';
import { readDate } from '../../../../shared/lib/local-date.ts';
import { fieldsOf, type Values } from './form-values.ts';

function wordsField(chain: ChainCode, date: string): FieldRule | undefined {
  return fieldsOf(chain).find((f) => f.words === date);
}

function usualWords(typed: string): string {
  const reading = readDate(typed, false);
  return reading.ok ? dateInWords(reading.value) : '';
}

/** While the date is typed anew, words that only repeated it are taken away. */
export function dateWordsTyped(chain: ChainCode, key: string, before: Values): Values {
  const field = wordsField(chain, key);
  const usual = usualWords(before[key] ?? '');
  return field && usual !== '' && before[field.key] === usual ? { [field.key]: '' } : {};
}

/** When the date is left, blank words are written. */
export function dateWordsLeft(chain: ChainCode, key: string, values: Values): Values {
  const field = wordsField(chain, key);
  const usual = usualWords(values[key] ?? '');
  return field && usual !== '' && !values[field.key]?.trim() ? { [field.key]: usual } : {};
}
