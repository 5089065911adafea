/** Why the city sent something back, in the clerk's words. */
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { findCategory } from '../../shared/catalogue/categories.ts';
import type { Delivery } from '../../shared/contract/ipc/common.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { codeSentence, fieldLabel, named, t } from '../text/text.ts';

/** The fields that a verdict names: `mother.birth`, or `category/measure` of a sheet. */
export function fieldsNamed(delivery: Delivery): readonly string[] {
  return (delivery.field ?? '').split(', ').filter(Boolean);
}

function fieldWords(field: string): string {
  const [group = '', code = ''] = field.split(/[./](.*)/);
  if (group === 'component' || group === 'due') return componentWords(code);
  if (field === 'holder') return t('change.holder');
  if (group === 'paper') return catalogue.requirements.find((r) => r.code === code)?.name ?? code;
  return findCategory(group)?.name ?? fieldLabel(field);
}

/** A step is about a component: its short name, the same in every regime that has it. */
function componentWords(code: string): string {
  const all = catalogue.regimes.flatMap((r) => Object.values(r.chains).flatMap((chain) => chain.components));
  return all.find((c) => c.code === code)?.short ?? code;
}

interface Returned {
  readonly verb: string;
  readonly delivery: Delivery;
  /** Whose right was missing where the city says FORBIDDEN. */
  readonly role: Role | undefined;
  /** What the data process already said of it. */
  readonly sentence?: string | null;
}

export function whyReturned({ verb, delivery, role, sentence }: Returned): string {
  const { code, state } = delivery;
  const words = fieldsNamed(delivery).map(fieldWords).join(', ');
  if (state === 'conflict') return t('returned.conflict', { fields: words });
  if (code === 'FORBIDDEN')
    return codeSentence(code, { role: role ? named('role', role) : '', verb: named('verb', verb) });
  if (code && words)
    return codeSentence(code, {
      ...{ field: words, fields: words, code: '', date: '' },
      unit: t('delivery.otherPlace'),
    });
  return sentence ?? (code ? codeSentence(code) : '');
}

/** What helps with a plain return; of two versions one is chosen on the page of the dossier. */
export function whatToDo({ code }: Delivery): string {
  return t(code === 'FORBIDDEN' ? 'returned.todo.forbidden' : 'returned.todo');
}
