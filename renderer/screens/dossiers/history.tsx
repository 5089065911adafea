/** Who did what, when, on which machine, before and after. */
import type { ChainCode } from '../../../shared/catalogue/regimes.ts';
import type { DossierDetail } from '../../../shared/contract/ipc/dossier.ts';
import { fieldRule } from '../../../shared/domain/dossier-form.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { choiceLabel, named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { DeliveryWord } from '../../ui/delivery-word.tsx';
import { placeOf } from './form-side.tsx';

interface Props {
  readonly entries: DossierDetail['history'];
  readonly chain: ChainCode;
  readonly components: DossierDetail['components'];
  readonly today: LocalDate;
}

/** Whose field, or which component, a change is about. */
export function changeLabel(
  chain: ChainCode,
  components: DossierDetail['components'],
  field: string,
): string {
  return components.find((c) => field === `component/${c.code}`)?.name ?? placeOf(chain, field);
}

export function shownValue(chain: ChainCode, field: string, value: string): string {
  if (value === '') return t('detail.history.blank');
  if (field.startsWith('component/')) return named('component', value);
  const kind = fieldRule(chain, field)?.kind;
  if (kind === 'choice' || kind === 'flag') return choiceLabel(value);
  return kind === 'date' || kind === 'partial_date' ? showDate(value) : value;
}

export function History({ entries, chain, components, today }: Props) {
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">{t('detail.history')}</h2>
      <ol className="history">
        {entries.map((entry) => (
          <li key={entry.id}>
            <div className="row wrap">
              <span className="dim">{moment(entry.at, today)}</span>
              <span className="strong">{named('verb', entry.verb)}</span>
              <span>
                {entry.actorName} ·{' '}
                {t(entry.deviceIsThis ? 'detail.history.thisMachine' : 'detail.history.otherMachine')}
              </span>
              <span className="end small">
                <DeliveryWord delivery={entry.delivery} />
              </span>
            </div>
            {entry.reason && <p className="dim">{t('detail.history.reason', { reason: entry.reason })}</p>}
            {entry.verb !== 'dossier.receive' &&
              entry.changes.map(({ field, before, after }) => (
                <p key={field}>
                  {changeLabel(chain, components, field)}: <del>{shownValue(chain, field, before)}</del> →{' '}
                  <ins>{shownValue(chain, field, after)}</ins>
                </p>
              ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
