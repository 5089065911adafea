/** Whom a dossier is about, as duplicates are looked for. */
import type { ChainCode } from '../catalogue/law.ts';
import { subjectBirth, subjectName } from './dossier-form.ts';
import type { Person } from './duplicate.ts';

/** The mother of the child, or who reports the death; the requester where the mother is not named. */
const relatives: Readonly<Record<ChainCode, readonly string[]>> = {
  birth: ['mother.fullName', 'requester.fullName'],
  death: ['requester.fullName'],
};

export function duplicatePerson(chain: ChainCode, form: Readonly<Record<string, string>>): Person {
  const relative = relatives[chain].map((key) => form[key]).find((name) => name) ?? '';
  return { chain, name: form[subjectName[chain]] ?? '', date: form[subjectBirth[chain]] ?? '', relative };
}
