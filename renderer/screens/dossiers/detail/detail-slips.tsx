/** Mẫu in: the papers of this dossier, each with its number by date, when it was printed here, and a way to see it. */
import { useState } from 'react';
import type { SlipForm, SlipKind } from '../../../../shared/catalogue/slips.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { type PaperSize, paperSizes } from '../../../../shared/slip/paper-size.ts';
import { t } from '../../../text/text.ts';
import { moment } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { slipsOf } from './slips-model.ts';

interface Props {
  readonly detail: DossierDetail;
  readonly today: LocalDate;
  readonly onOpen: (kind: SlipKind, size: PaperSize) => void;
  readonly onRegister: () => void;
}

function title({ no, title: name }: SlipForm): string {
  return no ? t('slips.form', { no, title: name }) : name;
}

export function SlipsPanel({ detail, today, onOpen, onRegister }: Props) {
  const [size, setSize] = useState<PaperSize>('A4');
  return (
    <>
      <div className="row">
        <label htmlFor="slip-size" className="dim">
          {t('slips.paper')}
        </label>
        <select
          id="slip-size"
          className="input slip-size"
          value={size}
          onChange={(event) => setSize(paperSizes.find((s) => s === event.currentTarget.value) ?? size)}
        >
          {paperSizes.map((s) => (
            <option key={s}>{s}</option>
          ))}
        </select>
        <span className="grow" />
        <Button look="tiny" onClick={onRegister}>
          {t('slips.register')}
        </Button>
      </div>
      <ul>
        {slipsOf(detail).map((form) => {
          const printed = detail.prints.find((p) => p.kind === form.kind);
          return (
            <li key={form.kind} className="paper">
              <div className="grow">
                <span className="strong">{title(form)}</span>{' '}
                {!form.verified && (
                  <span className="word warn" title={form.source}>
                    {t('slips.unverified')}
                  </span>
                )}
                <div className={printed ? 'ok small' : 'dim small'}>
                  {printed ? t('slips.printed', { when: moment(printed.at, today) }) : t('slips.never')}
                </div>
              </div>
              <Button
                look="tiny"
                aria-label={t('slips.open.of', { title: title(form) })}
                onClick={() => onOpen(form.kind, size)}
              >
                {t('slips.open')}
              </Button>
            </li>
          );
        })}
      </ul>
    </>
  );
}
