/** What stood on one machine, by what the city received: figures and names of fields; then its key and the notice. */
import { useState } from 'react';
import { sensitiveSource } from '../../../shared/catalogue/personal-data.ts';
import { unitOn } from '../../../shared/catalogue/units.ts';
import type { Loss } from '../../../shared/contract/ipc/machine.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { kindsHeld, momentWords, unknownWords } from '../../../shared/notice/loss-notice.ts';
import { useLoss } from '../../data/lost.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { fieldWords } from '../../ui/field-words.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Facts } from './facts.tsx';
import { LossNotice } from './lost-notice.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';

const when = (at: string | null) => (at === null ? t('lost.never') : momentWords(at));

export function LossFacts({ no }: { readonly no: number }) {
  const loss = useLoss(no);
  if (loss.error)
    return (
      <ProblemNote problem={asProblem(loss.error, 'machine.loss')}>
        <Button look="tiny" onClick={() => void loss.refetch()}>
          {t('lost.again')}
        </Button>
      </ProblemNote>
    );
  if (!loss.data)
    return (
      <p className="card note" role="status">
        {t('lost.asking')}
      </p>
    );
  return (
    <div className="stack">
      <Held {...loss.data} />
      <LossNotice {...loss.data} />
    </div>
  );
}

function Held({ facts, at }: Loss) {
  const { today, device } = useSession();
  const [asking, setAsking] = useState(false);
  const { no, unit, dossiers, people, scans, revoked } = facts;
  const count = (n: number) => showCount(n);
  return (
    <>
      <Facts
        title={t('lost.held', { no })}
        facts={[
          [t('lost.col.unit'), unitOn(unit, today)?.name ?? unit],
          [
            t('lost.fact.dossiers'),
            t('lost.fact.dossiers.value', {
              all: count(dossiers.open + dossiers.closed),
              open: count(dossiers.open),
              closed: count(dossiers.closed),
            }),
          ],
          [t('lost.fact.own'), count(dossiers.own)],
          [t('lost.fact.people'), t('lost.fact.people.value', { n: count(people) })],
          [t('lost.fact.scans'), count(scans)],
          [t('lost.fact.enrolled'), when(facts.enrolledAt)],
          [t('lost.fact.contact'), when(facts.contactAt)],
          [t('lost.fact.receipt'), when(facts.receiptAt)],
          [
            t('lost.fact.key'),
            revoked
              ? t('lost.fact.key.revoked', { ...revoked, when: momentWords(revoked.at) })
              : t('lost.active'),
          ],
        ]}
      >
        {unknownWords(facts).map((line) => (
          <p key={line} className="warn-text">
            {line}
          </p>
        ))}
        <p className="dim">{t('lost.held.counted', { when: momentWords(at) })}</p>
        {!revoked && no !== device?.no && (
          <div>
            <Button look="danger" onClick={() => setAsking(true)}>
              {t('lost.revoke', { no })}
            </Button>
          </div>
        )}
      </Facts>
      <Kinds facts={facts} />
      {asking && <RevokeDialog facts={facts} onClose={() => setAsking(false)} />}
    </>
  );
}

function Kinds({ facts }: Pick<Loss, 'facts'>) {
  const { fields } = facts;
  return (
    <section className="card stack" aria-labelledby="lost-kinds">
      <h2 id="lost-kinds">{t('lost.kinds')}</h2>
      <table className="plain">
        <thead>
          <tr>
            <th>{t('lost.kinds.kind')}</th>
            <th className="num">{t('lost.kinds.n')}</th>
          </tr>
        </thead>
        <tbody>
          {kindsHeld(facts).map(({ name, sensitive, n }) => (
            <tr key={name}>
              <td>
                {name} {sensitive && <span className="word warn">{t('lost.kinds.sensitive')}</span>}
              </td>
              <td className="num">{showCount(n)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {!sensitiveSource.verified && (
        <p className="dim">{t('lost.kinds.unverified', { source: sensitiveSource.source })}</p>
      )}
      <details>
        <summary>{t('lost.fields', { n: fields.length })}</summary>
        <ul className="lost-fields">
          {fields.map(({ chain, key, dossiers }) => (
            <li key={`${chain} ${key}`}>
              {t(`chain.${chain}`)} · {fieldWords(key)}: {showCount(dossiers)}
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}
