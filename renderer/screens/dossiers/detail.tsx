/** One dossier: where it stands, its components by day, the declaration, its history. */

import type { DossierDetail } from '../../../shared/contract/ipc/dossier.ts';
import { forms, subjectName } from '../../../shared/domain/dossier-form.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { useDossier } from '../../data/dossier.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { choiceLabel, codeSentence, fieldLabel, named, t } from '../../text/text.ts';
import { dueWords, moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryWord, shortReceipt } from '../../ui/delivery-word.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { asTyped } from './form-values.ts';
import { History } from './history.tsx';
import { Lanes } from './lanes.tsx';

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
                <div key={f.key}>
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

function Returned({ detail }: { readonly detail: DossierDetail }) {
  const go = usePlace((s) => s.go);
  const { state, code, field } = detail.delivery;
  if (state !== 'returned' && state !== 'conflict') return null;
  const fields = (field ?? '').split(', ').filter(Boolean);
  const words = fields.map(fieldLabel).join(', ');
  const first = fields[0];
  return (
    <div className="problem" role="alert">
      <span className="grow">
        {t('detail.returned', {
          sentence: codeSentence(code ?? state, { field: words, fields: words, code: '' }),
        })}
      </span>
      {words && <span className="word bad">{words}</span>}
      <Button
        look="tiny"
        onClick={() =>
          go({ room: 'dossiers', view: 'correct', id: detail.id, ...(first && { field: first }) })
        }
      >
        {t('action.fix')}
      </Button>
    </div>
  );
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
  return <p className="dim">{parts.join(' · ')}</p>;
}

function DeliveryFact({ detail, today }: { readonly detail: DossierDetail; readonly today: LocalDate }) {
  const { state, receipt, at } = detail.delivery;
  if (state === 'received' && receipt && at)
    return (
      <span className="ok">
        {t('delivery.receivedAt', { when: moment(at, today), receipt: shortReceipt(receipt) })}
      </span>
    );
  return <DeliveryWord delivery={detail.delivery} />;
}

export function Detail({ id, stored }: { readonly id: string; readonly stored: string | undefined }) {
  const { today } = useSession();
  const go = usePlace((s) => s.go);
  const back = usePlace((s) => s.back);
  const { data: detail, error } = useDossier(id);
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
        <span>{t('detail.code', { code: detail.code })}</span>
        <DeliveryFact detail={detail} today={today} />
        <div className="end">
          <Button onClick={() => go({ room: 'dossiers', view: 'correct', id })}>{t('detail.edit')}</Button>
          <Button keys="Esc" onClick={back}>
            {t('detail.back')}
          </Button>
        </div>
      </div>
      <Facts detail={detail} today={today} />
      {stored && detail.delivery.state === 'waiting' && (
        <p className="note" role="status">
          {t('detail.stored', { code: stored })}
        </p>
      )}
      <Returned detail={detail} />
      <ScrollRegion className="detail" label={t('detail.form')}>
        <Lanes detail={detail} today={today} />
        <Values detail={detail} />
        <History entries={detail.history} chain={detail.chain} components={detail.components} today={today} />
      </ScrollRegion>
    </>
  );
}
