/** The agency of a component as the papers and the screen name it on a day. */
import { agencyOn, type Catalogue } from '../catalogue/law.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { caseFacts } from './case-facts.ts';
import type { Dossier } from './dossier.ts';

type Case = Pick<Dossier, 'regime' | 'chain' | 'receivedOn' | 'form'> & {
  readonly components: readonly { readonly code: string }[];
};

/** Today's name where the agency lives on (a district office of 2024 is asked no more), else that of the reception day; '' unknown. */
export function agencyName(
  law: Catalogue,
  dossier: Case,
  { code, on }: { readonly code: string; readonly on: LocalDate },
): string {
  const { regime, chain, receivedOn, form } = dossier;
  const rule = law.regimes
    .find((r) => r.id === regime)
    ?.chains[chain].components.find((c) => c.code === code);
  if (!rule) return '';
  const facts = caseFacts(chain, form, { receivedOn, components: dossier.components.map((c) => c.code) });
  return (
    (agencyOn(law, rule.agency, facts, on) ?? agencyOn(law, rule.agency, facts, receivedOn))?.value ?? ''
  );
}
