/** Fields named by their place on the form, and the way to one. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { forms } from '../../../../shared/domain/dossier-form.ts';
import { fieldLabel, named, t } from '../../../text/text.ts';
import { fieldId } from './form-field.tsx';

/** "Mẹ: Ngày sinh": the section tells whose field it is. */
export function placeOf(chain: ChainCode, field: string): string {
  const section = forms[chain].find((s) => s.fields.some((f) => f.key === field));
  return section
    ? t('form.jump', { section: named('section', section.key), field: fieldLabel(field) })
    : fieldLabel(field);
}

export function jumpTo(field: string): void {
  const control = document.getElementById(fieldId(field));
  control?.scrollIntoView({ block: 'center' });
  control?.focus();
}
