/** The most frequent causes of returns and supplements at this office, each with how to avoid it. */
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

export function avoidWords({ kind, key }: Cause): string {
  if (kind !== 'code') return t(`causes.${kind}.avoid`);
  const own = named('causes.avoid', key);
  return own === key ? t('causes.avoid') : own;
}

interface Props {
  readonly causes: readonly Cause[];
  /** Beside a form: how to avoid it is told on the row that is pointed at, so that five rows stay five lines. */
  readonly short?: boolean;
}

export function Causes({ causes, short = false }: Props) {
  return (
    <ol className={short ? 'causes short' : 'causes'}>
      {causes.map((cause) => (
        <li key={`${cause.kind} ${cause.key} ${cause.field}`} title={short ? avoidWords(cause) : undefined}>
          <span className={short ? '' : 'strong'}>{causeWords(cause)}</span>
          <span className="dim"> · {t('causes.times', { n: cause.n })}</span>
          {short ? <span className="sr">{avoidWords(cause)}</span> : <div>{avoidWords(cause)}</div>}
        </li>
      ))}
    </ol>
  );
}
