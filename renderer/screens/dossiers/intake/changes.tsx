/** Beside a correction, live: the fields that differ from what is stored, old and new. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import type { SectionRule } from '../../../../shared/domain/field-rule.ts';
import { choiceLabel, t } from '../../../text/text.ts';
import { fieldsOf, type Values } from './form-values.ts';
import { jumpTo, placeOf } from './jump.ts';

interface Props {
  readonly chain: ChainCode;
  readonly before: Values;
  readonly values: Values;
  /** What this case is asked: a field that it is no longer asked will be cleared. */
  readonly asked: readonly SectionRule[];
}

function shown(chain: ChainCode, key: string, value: string): string {
  if (value.trim() === '') return t('detail.history.blank');
  const kind = fieldRule(chain, key)?.kind;
  return kind === 'choice' || kind === 'flag' ? choiceLabel(value) : value;
}

export function Changes({ chain, before, values, asked }: Props) {
  const counts = new Set(asked.flatMap((s) => s.fields.map((f) => f.key)));
  const changed = fieldsOf(chain)
    .map(({ key }) => ({ key, old: before[key] ?? '', now: counts.has(key) ? (values[key] ?? '') : '' }))
    .filter(({ old, now }) => old.trim() !== now.trim());
  return (
    <section className="card" aria-labelledby="changes-title">
      <h2 id="changes-title">{t('form.changes', { n: changed.length })}</h2>
      {changed.length === 0 && <p className="dim">{t('form.changes.none')}</p>}
      <ul className="jumps">
        {changed.map(({ key, old, now }) => (
          <li key={key}>
            <button type="button" className="rowlink" onClick={() => jumpTo(key)}>
              {placeOf(chain, key)}
              <span className="block strong">{shown(chain, key, now)}</span>
              <span className="block dim small">
                {t('form.changes.from', { before: shown(chain, key, old) })}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
