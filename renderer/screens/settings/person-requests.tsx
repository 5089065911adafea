/** Requests of persons that this desk has recorded, newest first, with what was handed out. */
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { useSavePerson } from '../../data/person.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';

type Row = Output<'person.requests'>[number];

export function PersonRequests({ rows }: { readonly rows: readonly Row[] }) {
  const go = usePlace((s) => s.go);
  const { today } = useSession();
  const save = useSavePerson();
  // Its button is never disabled: the focus comes back to it from the dialogs.
  const saveJson = (id: string) => {
    if (!save.isPending)
      save.mutate(
        { id, format: 'json' },
        { onSuccess: ({ saved }) => saved && notice(t('person.json.saved')) },
      );
  };
  return (
    <section className="card stack" aria-labelledby="person-requests">
      <h2 id="person-requests">{t('person.requests')}</h2>
      {rows.length === 0 && <p className="dim">{t('person.requests.none')}</p>}
      {save.error && <ProblemNote problem={asProblem(save.error, 'person.save')} />}
      <ul className="plain-list person-requests">
        {rows.map((row) => (
          <li key={row.id} className="stack">
            <b>{[row.name, row.number].filter(Boolean).join(' · ')}</b>
            <dl className="facts">
              <dt>{t('person.col.due')}</dt>
              <dd>
                {showDate(row.due)} ({t('person.receivedOn')} {showDate(row.receivedOn)})
              </dd>
              <dt>{t('person.col.by')}</dt>
              <dd>
                {row.by}: {row.reason}
              </dd>
              <dt>{t('person.col.given')}</dt>
              <dd>{givenWords(row, today)}</dd>
            </dl>
            <div className="row">
              <Button
                look="tiny"
                aria-label={t('person.show.of', { name: row.name || row.number })}
                onClick={() => go({ room: 'settings', view: 'person', id: row.id })}
              >
                {t('person.show')}
              </Button>
              <Button
                look="tiny"
                aria-label={t('person.json.of', { name: row.name || row.number })}
                onClick={() => saveJson(row.id)}
              >
                {t('person.json')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}

function givenWords({ exports }: Row, today: string): string {
  if (exports.length === 0) return t('person.given.none');
  return exports.map(({ what, at }) => `${t(`person.export.${what}`)} ${moment(at, today)}`).join(', ');
}
