/** Beside the form: what this office is most often returned, or has to ask for later. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { useCauses } from '../../../data/attention.ts';
import { t } from '../../../text/text.ts';
import { Causes } from '../../../ui/causes.tsx';

/** Nothing is shown where nothing ever came back: the place belongs to the papers. */
export function Coach({ chain }: { readonly chain: ChainCode }) {
  const causes = useCauses(chain).data?.causes ?? [];
  if (causes.length === 0) return null;
  return (
    <section className="card coach" aria-labelledby="coach-title">
      <h2 id="coach-title">{t('causes.title')}</h2>
      <Causes causes={causes} short />
    </section>
  );
}
