/** The notice of 72 hours, with the figures filled in: counted from the finding that the officer types; to copy, print or save. */
import { useState } from 'react';
import type { Loss } from '../../../shared/contract/ipc/machine.ts';
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { hoursLeft, lossNotice, NOTICE_TITLE, noticeText } from '../../../shared/notice/loss-notice.ts';
import { usePrintNotice, useSaveNotice } from '../../data/lost.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { foundMoment } from './found-moment.ts';

export function LossNotice({ facts, at: countedAt }: Loss) {
  // The city's clock: the desk's own may be wrong, and the hours count at the authority.
  const now = Date.parse(countedAt);
  const began = localTime(now);
  const [date, setDate] = useState(showDate(began.date));
  const [time, setTime] = useState(began.time);
  const found = foundMoment(date, time, now);
  return (
    <section className="card stack" aria-labelledby="lost-notice">
      <h2 id="lost-notice">{t('lost.notice')}</h2>
      <p className="dim">{t('lost.notice.text')}</p>
      <div className="row found">
        <PlainField label={t('lost.notice.date')} value={date} inputMode="numeric" onChange={setDate} />
        <PlainField label={t('lost.notice.time')} value={time} inputMode="numeric" onChange={setTime} />
        {found !== null && <HoursLeft left={hoursLeft(Date.parse(found), now)} />}
      </div>
      {found === null ? (
        <p className="bad-text" role="alert">
          {t('lost.notice.bad')}
        </p>
      ) : (
        <Text facts={facts} foundAt={found} at={countedAt} countedAt={countedAt} />
      )}
    </section>
  );
}

function HoursLeft({ left }: { readonly left: number }) {
  return left >= 0 ? (
    <span className={left < 24 ? 'word bad' : 'word warn'}>{t('lost.notice.left', { n: left })}</span>
  ) : (
    <span className="word bad">{t('lost.notice.over', { n: -left })}</span>
  );
}

function Text(given: Parameters<typeof lossNotice>[0]) {
  const [failed, setFailed] = useState(false);
  const [print, save] = [usePrintNotice(), useSaveNotice()];
  const paper = { no: given.facts.no, foundAt: given.foundAt };
  const copy = () =>
    navigator.clipboard.writeText(noticeText(given)).then(
      () => {
        setFailed(false);
        notice(t('lost.notice.copied'));
      },
      () => setFailed(true),
    );
  const problem = print.error ?? save.error;
  return (
    <>
      <div className="row">
        <Button onClick={() => void copy()}>{t('lost.notice.copy')}</Button>
        <Button
          disabled={print.isPending}
          onClick={() =>
            print.mutate(paper, { onSuccess: ({ done }) => done && notice(t('lost.notice.printed')) })
          }
        >
          {t('lost.notice.print')}
        </Button>
        <Button
          disabled={save.isPending}
          onClick={() =>
            save.mutate(paper, { onSuccess: ({ saved }) => saved && notice(t('lost.notice.saved')) })
          }
        >
          {t('lost.notice.save')}
        </Button>
      </div>
      {failed && (
        <p className="bad-text" role="alert">
          {t('lost.notice.copyFailed')}
        </p>
      )}
      {problem && <ProblemNote problem={asProblem(problem, 'machine.print')} />}
      <article className="lost-notice" aria-label={t('lost.notice')}>
        <h3>{NOTICE_TITLE}</h3>
        {lossNotice(given).map(({ title, lines }) => (
          <div key={title}>
            <h4>{title}</h4>
            {lines.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two dotted lines are alike and stay in their order
              <p key={`${i} ${line}`}>{line}</p>
            ))}
          </div>
        ))}
      </article>
    </>
  );
}
