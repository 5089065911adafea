/** The form and a dossier (or draft) that may be the same case, side by side; the form stays as it is. */
import type { ChainCode } from '../../../../shared/catalogue/law.ts';
import { fieldRule } from '../../../../shared/domain/dossier-form.ts';
import { useDossier } from '../../../data/dossier.ts';
import { useDraftValues } from '../../../data/intake.ts';
import { choiceLabel, t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import type { Duplicate } from './duplicates-panel.tsx';
import { asTyped, fieldsOf, type Values } from './form-values.ts';
import { placeOf } from './jump.ts';

interface Props {
  readonly chain: ChainCode;
  readonly values: Values;
  readonly other: Duplicate;
  readonly onOpen: (other: Duplicate) => void;
  readonly onClose: () => void;
}

function shown(chain: ChainCode, key: string, value: string): string {
  return fieldRule(chain, key)?.kind === 'choice' ? choiceLabel(value) : value;
}

function Table({ chain, values, theirs }: { chain: ChainCode; values: Values; theirs: Values }) {
  const keys = fieldsOf(chain)
    .map((f) => f.key)
    .filter((key) => values[key]?.trim() || theirs[key]?.trim());
  return (
    <table className="plain sticky compare">
      <thead>
        <tr>
          <th>{t('intake.compare.field')}</th>
          <th>{t('intake.compare.mine')}</th>
          <th>{t('intake.compare.theirs')}</th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => {
          const [mine, other] = [values[key]?.trim() ?? '', theirs[key]?.trim() ?? ''];
          const differs = mine !== other;
          return (
            <tr key={key}>
              <td className="dim">{placeOf(chain, key)}</td>
              <td className={differs ? 'strong' : ''}>{shown(chain, key, mine)}</td>
              <td className={differs ? 'strong' : ''}>{shown(chain, key, other)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function StoredTable({ chain, values, id }: { chain: ChainCode; values: Values; id: string }) {
  const { data } = useDossier(id);
  if (!data) return <p className="empty">{t('form.loading')}</p>;
  return <Table chain={chain} values={values} theirs={asTyped(data.chain, data.form)} />;
}

function DraftTable({ chain, values, id }: { chain: ChainCode; values: Values; id: string }) {
  const { data } = useDraftValues(id);
  if (!data) return <p className="empty">{t('form.loading')}</p>;
  return <Table chain={chain} values={values} theirs={data.values} />;
}

export function CompareDialog({ chain, values, other, onOpen, onClose }: Props) {
  const Other = other.kind === 'draft' ? DraftTable : StoredTable;
  return (
    <Dialog
      title={t('intake.compare', { name: other.name })}
      wide
      onClose={onClose}
      footer={
        <>
          <Button look="primary" keys="Esc" onClick={onClose}>
            {t('intake.compare.back')}
          </Button>
          <Button onClick={() => onOpen(other)}>
            {t(other.kind === 'draft' ? 'intake.compare.openDraft' : 'intake.compare.open')}
          </Button>
        </>
      }
    >
      {other.why === 'twin' && <p className="warn-text">{t('intake.duplicate.twins.text')}</p>}
      <Other chain={chain} values={values} id={other.id} />
    </Dialog>
  );
}
