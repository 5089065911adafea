/** Beside the form: what this office is most often returned, or has to ask for later. One line; the other four unfold. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { useCauses } from '../../../data/attention.ts';
import { t } from '../../../text/text.ts';
import { Causes, causeWords } from '../../../ui/causes.tsx';

/** Nothing is shown where nothing ever came back: the place belongs to the papers. */
export function Coach({ chain }: { readonly chain: ChainCode }) {
  const causes = useCauses(chain).data?.causes ?? [];
  const [first] = causes;
  if (!first) return null;
  return (
    <details className="card coach">
      <summary>
        <b>{t('causes.often')}</b> {causeWords(first)} ({t('causes.times', { n: first.n })})
      </summary>
      <Causes causes={causes} />
    </details>
  );
}
