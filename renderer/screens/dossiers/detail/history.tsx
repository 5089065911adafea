/** Who did what, when, on which machine; steps in words, corrections before and after. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import type { LocalDate } from '../../../../shared/lib/local-date.ts';
import { usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { moment } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { DeliveryWord } from '../../../ui/delivery-word.tsx';
import {
  changeLabel,
  dueChanges,
  entryTitle,
  plainChanges,
  shownValue,
  stepWords,
  type Telling,
} from './history-words.ts';

type Entry = DossierDetail['history'][number];

function EntryLine({ entry, telling }: { readonly entry: Entry; readonly telling: Telling }) {
  const go = usePlace((s) => s.go);
  const told = entry.verb === 'dossier.receive' ? [] : plainChanges(entry);
  return (
    <li>
      <div className="row wrap">
        <span className="dim">{moment(entry.at, telling.today)}</span>
        <span className="strong">{entryTitle(entry)}</span>
        <span>
          {entry.actorName} ·{' '}
          {t(entry.deviceIsThis ? 'detail.history.thisMachine' : 'detail.history.otherMachine')}
        </span>
        <span className="end small">
          <DeliveryWord delivery={entry.delivery} />{' '}
          {entry.deviceIsThis && entry.delivery.state === 'conflict' && (
            <button
              type="button"
              className="linkish"
              onClick={() => go({ room: 'sync', view: 'conflict', event: entry.id })}
            >
              {t('detail.history.versions')}
            </button>
          )}
        </span>
      </div>
      {stepWords(telling, entry).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {entry.reason && <p className="dim">{t('detail.history.reason', { reason: entry.reason })}</p>}
      {entry.verb !== 'dossier.receive' &&
        dueChanges(telling, entry).map((sentence) => (
          <p key={sentence} className="strong">
            {sentence}
          </p>
        ))}
      {told.map(({ field, before, after }) => (
        <p key={field}>
          {changeLabel(telling, field)}: <del>{shownValue(telling, field, before)}</del> →{' '}
          <ins>{shownValue(telling, field, after)}</ins>
        </p>
      ))}
    </li>
  );
}

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly today: LocalDate;
}

export function History({ detail, catalogue, today }: Props) {
  const telling: Telling = { detail, catalogue, today };
  const go = usePlace((s) => s.go);
  return (
    <section className="card history-card" aria-labelledby="history-title">
      <div className="row">
        <h2 id="history-title" className="grow">
          {t('detail.history')}
        </h2>
        <Button
          look="tiny"
          onClick={() =>
            go({ room: 'sync', view: 'proof', proof: { kind: 'dossier', id: detail.id }, size: 'A4' })
          }
        >
          {t('proof.dossier.title')}
        </Button>
      </div>
      <ol className="history">
        {detail.history.map((entry) => (
          <EntryLine key={entry.id} entry={entry} telling={telling} />
        ))}
      </ol>
    </section>
  );
}
