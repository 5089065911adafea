/** The two doors to a new dossier, the same wherever one may begin; N and M press them. */
import type { ChainCode } from '../../shared/catalogue/law.ts';
import { t } from '../text/text.ts';
import { Button } from './button.tsx';

export function NewDossierButtons({ onNew }: { readonly onNew: (chain: ChainCode) => void }) {
  return (
    <div className="end">
      <Button keys="N" onClick={() => onNew('birth')}>
        {t('action.newBirth')}
      </Button>
      <Button keys="M" onClick={() => onNew('death')}>
        {t('action.newDeath')}
      </Button>
    </div>
  );
}
