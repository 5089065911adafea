/** Why the city sent something back, in the clerk's words. */
import type { Delivery } from '../../shared/contract/ipc/common.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { codeSentence, named, t } from '../text/text.ts';
import { fieldWords } from './field-words.ts';

/** The fields that a verdict names: `mother.birth`, or `category/measure` of a sheet. */
export function fieldsNamed(delivery: Delivery): readonly string[] {
  return (delivery.field ?? '').split(', ').filter(Boolean);
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
