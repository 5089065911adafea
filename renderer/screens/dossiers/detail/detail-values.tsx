/** Tờ khai: what was declared, section by section, without the blanks. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { forms, wordsOf } from '../../../../shared/domain/dossier-form.ts';
import type { FieldRule } from '../../../../shared/domain/field-rule.ts';
import { showDate } from '../../../../shared/lib/local-date.ts';
import { choiceLabel, fieldLabel, named } from '../../../text/text.ts';
import { choiceWords } from './copy-model.ts';

/** A value longer than this takes two columns. */
const LONG = 26;

function shown(catalogue: Catalogue, form: DossierDetail['form'], rule: FieldRule): string {
  if (rule.words) return wordsOf(form, rule);
  const value = form[rule.key] ?? '';
  if (value === '') return '';
  if (rule.kind === 'choice') return choiceWords(catalogue, rule.key, value);
  if (rule.kind === 'flag') return choiceLabel(value);
  if (rule.kind === 'money') return Number(value).toLocaleString('vi-VN');
  return rule.kind === 'date' || rule.kind === 'partial_date' ? showDate(value) : value;
}

export function Values({
  detail,
  catalogue,
}: {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
}) {
  return forms[detail.chain].map((section) => {
    const filled = section.fields
      .map((rule) => ({ key: rule.key, text: shown(catalogue, detail.form, rule) }))
      .filter(({ text }) => text !== '');
    if (filled.length === 0) return null;
    return (
      <div key={section.key}>
        <h3 className="dim small">{named('section', section.key)}</h3>
        <dl className="values">
          {filled.map(({ key, text }) => (
            <div key={key} className={text.length > LONG ? 'long' : ''}>
              <dt>{fieldLabel(key)}</dt>
              <dd>{text}</dd>
            </div>
          ))}
        </dl>
      </div>
    );
  });
}
