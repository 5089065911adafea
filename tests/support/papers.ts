/** The papers of a case under the law of a day, as the desk works them out. */
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import { type Catalogue, type ChainCode, regimeOn } from '../../shared/catalogue/law.ts';
import { caseFacts } from '../../shared/domain/case-facts.ts';
import { checklist } from '../../shared/domain/checklist.ts';

type Form = Readonly<Record<string, string>>;
/** A Monday under the regime of NĐ 301/2026. */
export const TODAY = '2026-11-23';

export function lines(chain: ChainCode, form: Form, receivedOn = TODAY, law: Catalogue = catalogue) {
  const rule = regimeOn(law, receivedOn)?.chains[chain];
  const components = (rule?.components ?? [])
    .filter((c) => c.onRequest === null || form[c.onRequest] === '1')
    .map((c) => c.code);
  const facts = caseFacts(chain, form, { receivedOn, components });
  return checklist({ catalogue: law, chain, form, facts, receivedOn, components });
}

/** Born in a hospital to married parents who live together: the plainest case. */
export const born: Form = {
  'requester.relation': 'cha',
  'child.birthPlaceKind': 'co_so_y_te',
  'mother.fullName': 'Trần Thị Bé Mười',
  'father.fullName': 'Lê Văn Chín Mươi',
  'parents.married': 'da_ket_hon',
  'residence.livesWith': 'cha_me',
  'residence.headIs': 'cha',
  'residence.dwelling': 'trong_csdl',
};
