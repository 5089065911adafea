/** The papers of a stored dossier: the live checklist of its case, and what a request for supplement would name. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { caseFacts } from '../../../../shared/domain/case-facts.ts';
import { type ChecklistLine, checklist, missingPapers } from '../../../../shared/domain/checklist.ts';
import { componentOutcome } from '../../../../shared/domain/dossier.ts';
import type { MissingPaper } from './act-model.ts';

type Case = Pick<DossierDetail, 'chain' | 'form' | 'receivedOn' | 'components'>;

/** Papers that the law asks for in this case, by component; those of the law of the reception date. */
export function papersOf(catalogue: Catalogue, detail: Case): readonly ChecklistLine[] {
  const { chain, form, receivedOn } = detail;
  const components = detail.components.map((c) => c.code);
  const facts = caseFacts(chain, form, { receivedOn, components });
  return checklist({ catalogue, chain, form, facts, receivedOn, components }).filter((line) => line.needed);
}

/** A component that has ended returns no dossier any more: its missing papers are only told as not handed in. */
export function byEnd(
  missing: readonly ChecklistLine[],
  components: DossierDetail['components'],
): { readonly predicted: readonly ChecklistLine[]; readonly late: readonly ChecklistLine[] } {
  const ended = new Set(
    components.filter((c) => componentOutcome(c.state) !== 'under_way').map((c) => c.code),
  );
  return {
    predicted: missing.filter((line) => !ended.has(line.component)),
    late: missing.filter((line) => ended.has(line.component)),
  };
}

export function missingOf(lines: readonly ChecklistLine[]): readonly MissingPaper[] {
  return missingPapers(lines).map(({ code, component, todo }) => ({ code, component, todo }));
}
