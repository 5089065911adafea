/** Notes of the desk beside the declaration (papers, codes of other systems, marks, links): which keys and values they take. */
import type { ChainCode } from '../catalogue/law.ts';
import { readCount } from '../lib/whole-number.ts';
import type { ProblemCode } from '../problem.ts';
import { isAnnotation } from './dossier.ts';
import { fieldRule } from './dossier-form.ts';

/** What is wrong with one note, its text cleaned; '' clears it and is never wrong. Null = nothing. */
export function annotationProblem(chain: ChainCode, key: string, value: string): ProblemCode | null {
  const rule = isAnnotation(key) ? fieldRule(chain, key) : undefined;
  if (!rule) return 'FIELD_UNKNOWN';
  if (value === '') return null;
  if (rule.kind === 'choice') return rule.choices?.includes(value) ? null : 'CHOICE_UNKNOWN';
  if (rule.kind === 'flag') return value === '1' ? null : 'CHOICE_UNKNOWN';
  if (rule.kind === 'number') return readCount(value).ok ? null : 'NUMBER_UNREADABLE';
  return null;
}
