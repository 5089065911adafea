/** The most frequent causes of returns and supplements at this office, each with how to avoid it. */
import './causes.css';
import type { Cause } from '../../shared/contract/ipc/attention.ts';
import { isProblemCode, problemSentence } from '../../shared/problem.ts';
import { named, t } from '../text/text.ts';
import { fieldWords } from './field-words.ts';

/** A short name of a code; of one that nobody named, the first sentence that everybody knows it by. */
export function whyWords(code: string): string {
  const words = named('why', code);
  if (words !== code) return words;
  if (!isProblemCode(code)) return t('problem.unknown', { code });
  const [first = ''] = problemSentence(code).split(/(?<=[.;])\s/);
  return first
    .replaceAll(/[\s"(]*\?["%)]*/g, '')
    .replace(/\s+/g, ' ')
    .replace(/[.;:]$/, '')
    .trim();
}

export function causeWords({ kind, key, field }: Cause): string {
  if (kind === 'paper') return t('causes.paper', { paper: fieldWords(`paper.${key}`) });
  if (kind === 'item') return t('causes.item', { text: key });
  const why = whyWords(key);
  return field === '' ? why : t('causes.code.field', { why, field: fieldWords(field) });
}

export function avoidWords({ kind, key, field }: Cause): string {
  if (kind !== 'code') return t(`causes.avoid.${kind}`);
  const own = named('causes.avoid', key);
  if (own !== key) return own;
  return t(field === '' ? 'causes.avoid.noField' : 'causes.avoid');
}

export function Causes({ causes }: { readonly causes: readonly Cause[] }) {
  return (
    <ol className="causes">
      {causes.map((cause) => (
        <li key={`${cause.kind} ${cause.key} ${cause.field}`}>
          <span className="strong">{causeWords(cause)}</span>
          <span className="dim"> · {t('causes.times', { n: cause.n })}</span>
          <div>{avoidWords(cause)}</div>
        </li>
      ))}
    </ol>
  );
}
