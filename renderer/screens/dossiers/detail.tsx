/** One dossier: where it stands, its components by day, the declaration, its history. */

import type { DossierDetail } from '../../../shared/contract/ipc/dossier.ts';
import { forms, subjectName } from '../../../shared/domain/dossier-form.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { useDossier } from '../../data/dossier.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { type Place, usePlace } from '../../state/place.ts';
import { choiceLabel, fieldLabel, named, t } from '../../text/text.ts';
import { dueWords, moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryWord, shortReceipt } from '../../ui/delivery-word.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { useStart } from '../../ui/use-start.ts';
import { asTyped } from './form-values.ts';
import { History } from './history.tsx';
import { Lanes } from './lanes.tsx';
import { openReturn, ReturnedCard } from './returned.tsx';

type DetailPlace = Extract<Place, { view: 'detail' }>;
/** A value longer than this takes two columns. */
const LONG = 26;

function Values({ detail }: { readonly detail: DossierDetail }) {
  const values = asTyped(detail.chain, detail.form);
  const choices = new Set(
    forms[detail.chain]
      .flatMap((s) => s.fields)
      .filter((f) => f.kind === 'choice' || f.kind === 'flag')
      .map((f) => f.key),
  );
  const show = (key: string) => (choices.has(key) ? choiceLabel(values[key] ?? '') : values[key]);
  return (
    <section className="card" aria-labelledby="form-title">
      <h2 id="form-title">{t('detail.form')}</h2>
      {forms[detail.chain].map((section) => {
        const filled = section.fields.filter((f) => values[f.key]);
        if (filled.length === 0) return null;
        return (
          <div key={section.key}>
            <h3 className="dim small">{named('section', section.key)}</h3>
            <dl className="values">
              {filled.map((f) => (
                <div key={f.key} className={(show(f.key) ?? '').length > LONG ? 'long' : ''}>
                  <dt>{fieldLabel(f.key)}</dt>
                  <dd>{show(f.key)}</dd>
                </div>
              ))}
            </dl>
          </div>
        );
      })}
    </section>
  );
}

function DeliveryFact({ detail, today }: { readonly detail: DossierDetail; readonly today: LocalDate }) {
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

function Facts({ detail, today }: { readonly detail: DossierDetail; readonly today: LocalDate }) {
  const due = dueWords(detail.due, today);
  const parts = [
    t('detail.received', {
      date: showDate(detail.receivedOn),
      time: detail.receivedTime,
      channel: choiceLabel(detail.channel).toLowerCase(),
    }),
    detail.due
      ? `${t('detail.due', { date: showDate(detail.due) })}${detail.outcome === 'under_way' ? ` (${due.text})` : ''}`
      : t('detail.due.none'),
    t('detail.commune', { name: detail.commune.name }),
    t('detail.regime', { name: detail.regimeName }),
    ...(detail.procedureCode ? [t('detail.procedure', { code: detail.procedureCode })] : []),
  ];
  return (
    <div>
      <span className="strong">{t('detail.code', { code: detail.code })}</span>
      {' · '}
      <DeliveryFact detail={detail} today={today} />
      <p className="dim">{parts.join(' · ')}</p>
    </div>
  );
}

export function Detail({ id, stored }: { readonly id: string; readonly stored: DetailPlace['stored'] }) {
  const { today } = useSession();
  const go = usePlace((s) => s.go);
  const back = usePlace((s) => s.back);
  const { data: detail, error } = useDossier(id);
  const edit = () => go({ room: 'dossiers', view: 'correct', id });
  usePageKeys({ s: edit });
  useStart(detail !== undefined);
  if (error) return <ProblemNote problem={asProblem(error, 'dossier.get')} />;
  if (!detail) return <p className="empty">{t('form.loading')}</p>;
  return (
    <>
      <div className="head">
        <h1>{detail.form[subjectName[detail.chain]]}</h1>
        <span className="word blue">{t(`chain.${detail.chain}`)}</span>
        <span className={detail.outcome === 'whole' ? 'word ok' : 'word'}>
          {t(`outcome.${detail.outcome}`)}
        </span>
        {detail.synthetic && <span className="word">{t('list.synthetic')}</span>}
        <div className="end">
          <Button keys="S" onClick={edit}>
            {t('detail.edit')}
          </Button>
          <Button keys="Esc" onClick={back}>
            {t('detail.back')}
          </Button>
        </div>
      </div>
      <Facts detail={detail} today={today} />
      {stored && detail.delivery.state === 'waiting' && (
        <p className="note" role="status">
          {t(stored === 'received' ? 'detail.stored.received' : 'detail.stored.corrected', {
            code: detail.code,
          })}
        </p>
      )}
      <ReturnedCard detail={detail} />
      <ScrollRegion className="detail" label={t('detail.form')} start>
        <Lanes detail={detail} today={today} />
        <Values detail={detail} />
        <History entries={detail.history} chain={detail.chain} components={detail.components} today={today} />
      </ScrollRegion>
    </>
  );
}
