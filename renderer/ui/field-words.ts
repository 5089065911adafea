/** Fields and their values in the words of the desk, wherever an event or a verdict names them. */
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { findCategory } from '../../shared/catalogue/categories.ts';
import { type Catalogue, paperStates } from '../../shared/catalogue/law.ts';
import { componentStates } from '../../shared/domain/action-rules.ts';
import { fieldRule, forms } from '../../shared/domain/dossier-form.ts';
import { OUTSIDE } from '../../shared/domain/versions.ts';
import { showDate } from '../../shared/lib/local-date.ts';
import { showCount } from '../../shared/lib/whole-number.ts';
import { choiceLabel, fieldLabel, named, t } from '../text/text.ts';

/** `mother.birth`, `component/K2`, `paper.ks_giay_chung_sinh`, `hoi_nong_dan/tong` as a clerk calls them. */
export function fieldWords(field: string): string {
  const [group = '', code = ''] = field.split(/[./](.*)/);
  switch (group) {
    case 'component':
    case 'due':
      return code === '' ? t('conflict.due') : componentWords(code);
    case 'paper':
      return catalogue.requirements.find((r) => r.code === code)?.name ?? code;
    case 'code':
      return t('change.code', { name: code === 'official' ? t('change.official') : componentWords(code) });
    case 'holder':
      return t('change.holder');
    case 'status':
      return t('conflict.status');
    default:
      return cellWords(group, code) ?? placeWords(field);
  }
}

/** A step is about a component: its short name, the same in every regime that has it. */
function componentWords(code: string): string {
  const all = catalogue.regimes.flatMap((r) => Object.values(r.chains).flatMap((chain) => chain.components));
  return all.find((c) => c.code === code)?.short ?? code;
}

/** The total goes without saying. */
function cellWords(category: string, measure: string): string | null {
  const found = findCategory(category);
  if (!found) return null;
  const part = found.measures.slice(1).find((m) => m.code === measure);
  return part ? `${found.name}: ${part.name}` : found.name;
}

/** "Mẹ: Ngày sinh": the section tells whose field it is. */
function placeWords(field: string): string {
  const section = [...forms.birth, ...forms.death].find((s) => s.fields.some((f) => f.key === field));
  return section
    ? t('form.jump', { section: named('section', section.key), field: fieldLabel(field) })
    : fieldLabel(field);
}

/** A value as the version that holds it would show it; blank and not reported are words of their own. */
export function valueWords(law: Catalogue, field: string, value: string): string {
  const isCell = findCategory(field.split('/')[0] ?? '') !== undefined;
  if (isCell) return cellValue(value);
  if (value === '') return t('conflict.blank');
  if (field.startsWith('component/') && componentStates.some((s) => s === value))
    return named('state', value);
  if (field.startsWith('paper.') && paperStates.some((s) => s === value)) return named('paper', value);
  if (field === 'status') return named('counts.status', value);
  if (field === 'due' || field.startsWith('due/')) return showDate(value);
  return formValue(law, field, value);
}

function cellValue(value: string): string {
  if (value === '') return t('conflict.notReported');
  return value === OUTSIDE ? t('conflict.outside') : showCount(Number(value));
}

function formValue(law: Catalogue, field: string, value: string): string {
  const rule = fieldRule('birth', field) ?? fieldRule('death', field);
  const group = field === 'funeral.group' && law.funeralGroups.findLast((g) => g.code === value);
  if (group) return group.name;
  if (rule?.kind === 'choice' || rule?.kind === 'flag') return choiceLabel(value);
  return rule?.kind === 'date' || rule?.kind === 'partial_date' ? showDate(value) : value;
}
