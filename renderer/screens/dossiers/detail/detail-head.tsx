/** The head of a dossier: whose it is, how the chain stands, codes, delivery, the day of return and why it is that day. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { subjectName } from '../../../../shared/domain/dossier-form.ts';
import { chainTimeClass } from '../../../../shared/domain/time-class.ts';
import { type LocalDate, showDate } from '../../../../shared/lib/local-date.ts';
import { useCalendar } from '../../../data/catalogue.ts';
import { usePlace } from '../../../state/place.ts';
import { choiceLabel, named, t } from '../../../text/text.ts';
import { dueWords, moment } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { DeliveryWord, shortReceipt } from '../../../ui/delivery-word.tsx';
import { dueReasons, outcomeWords, rulesOf } from './dossier-words.ts';
import { openReturn } from './returned.tsx';

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
  readonly today: LocalDate;
}

const outcomeTone = { under_way: '', whole: 'ok', part: 'warn', none: 'bad' } as const;

function DeliveryFact({ detail, today }: Omit<Props, 'catalogue'>) {
  // What this machine sent last and the city did not take is said before what others sent since.
  const delivery = openReturn(detail)?.delivery ?? detail.delivery;
  const { state, receipt, at } = delivery;
  if (state === 'received' && receipt && at)
    return (
      <span className="ok">
        {t('delivery.receivedAt', { when: moment(at, today), receipt: shortReceipt(receipt) })}
      </span>
    );
  return <DeliveryWord delivery={delivery} />;
}

/** Day of return in words, coloured like its class. */
function Due({ detail, today }: Omit<Props, 'catalogue'>) {
  const calendar = useCalendar();
  if (!detail.due) return <span>{t('detail.due.none')}</span>;
  const kind = chainTimeClass(detail, today);
  const running = kind === 'under_way' || kind === 'overdue';
  const words =
    running && detail.outcome === 'under_way'
      ? dueWords(detail.due, today, calendar).text
      : named('time', kind);
  const late = kind === 'overdue' || kind === 'late';
  return (
    <span className={late ? 'bad-text strong' : 'strong'}>
      {t('detail.due', { date: showDate(detail.due) })} ({words})
    </span>
  );
}

function Facts({ detail, catalogue, today }: Props) {
  const reasons = dueReasons(detail, rulesOf(catalogue, detail), today);
  const official = detail.form['code.official'];
  const parts = [
    t('detail.received', {
      date: showDate(detail.receivedOn),
      time: detail.receivedTime,
      channel: choiceLabel(detail.channel).toLowerCase(),
    }),
    t('detail.commune', { name: detail.commune.name }),
    ...(detail.holder
      ? [t(detail.handled ? 'detail.movedHere' : 'detail.movedTo', { name: detail.holder.name })]
      : []),
    t('detail.regime', { name: detail.regimeName }),
    ...(detail.procedureCode ? [t('detail.procedure', { code: detail.procedureCode })] : []),
  ];
  return (
    <div className="detail-facts">
      <p>
        <span className="strong">{t('detail.code', { code: detail.code })}</span>
        {' · '}
        <span className={official ? 'strong' : 'dim'}>
          {official ? t('detail.official', { code: official }) : t('detail.official.none')}
        </span>
        {' · '}
        <DeliveryFact detail={detail} today={today} />
        {' · '}
        <Due detail={detail} today={today} />
        {reasons.length > 0 && <span className="dim"> · {reasons.join(' · ')}</span>}
      </p>
      <p className="dim small">{parts.join(' · ')}</p>
    </div>
  );
}

/** The other dossier of a newborn who died. */
function Linked({ linked }: Pick<DossierDetail, 'linked'>) {
  const go = usePlace((s) => s.go);
  if (!linked) return null;
  return (
    <Button look="tiny" keys="E" onClick={() => go({ room: 'dossiers', view: 'detail', id: linked.id })}>
      {t(`linked.${linked.chain}`, { name: linked.name, code: linked.code })}
    </Button>
  );
}

interface HeadProps extends Props {
  readonly mayEdit: boolean;
  readonly onEdit: () => void;
}

export function DetailHead({ detail, catalogue, today, mayEdit, onEdit }: HeadProps) {
  const back = usePlace((s) => s.back);
  return (
    <>
      <div className="head">
        <h1 className="subject" title={detail.form[subjectName[detail.chain]]}>
          {detail.form[subjectName[detail.chain]]}
        </h1>
        <span className="word blue">{t(`chain.${detail.chain}`)}</span>
        <span className={`word ${outcomeTone[detail.outcome]}`}>{outcomeWords(detail)}</span>
        {detail.synthetic && <span className="word">{t('list.synthetic')}</span>}
        <Linked linked={detail.linked} />
        <div className="end">
          {mayEdit && (
            <Button keys="S" onClick={onEdit}>
              {t('detail.edit')}
            </Button>
          )}
          <Button keys="Esc" onClick={back}>
            {t('detail.back')}
          </Button>
        </div>
      </div>
      <Facts detail={detail} catalogue={catalogue} today={today} />
    </>
  );
}
