/** What the city did not take of this dossier: why, what stands on either side, and the one key that answers it. */
import type { DossierDetail } from '../../../shared/contract/ipc/dossier.ts';
import { useSession } from '../../data/session.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { fieldsNamed, whatToDo, whyReturned } from '../../ui/came-back.ts';
import { placeOf } from './form-side.tsx';
import { changeLabel, shownValue } from './history.tsx';

type Entry = DossierDetail['history'][number];

/** The last event of this machine, if the city returned it; a later one of its own answers it. */
export function openReturn(detail: DossierDetail): Entry | undefined {
  const own = detail.history.find((entry) => entry.deviceIsThis);
  return own?.delivery.state === 'returned' || own?.delivery.state === 'conflict' ? own : undefined;
}

function Sides({ detail, entry }: { readonly detail: DossierDetail; readonly entry: Entry }) {
  const { chain, components, form } = detail;
  const { today } = useSession();
  const disputed = new Set(fieldsNamed(entry.delivery));
  const cityValue = (field: string) =>
    components.find((c) => field === `component/${c.code}`)?.outcome ?? form[field] ?? '';
  return (
    <table className="plain sides">
      <thead>
        <tr>
          <th>{t('returned.col.field')}</th>
          <th>{t('returned.col.mine', { when: moment(entry.at, today) })}</th>
          <th>{t('returned.col.city')}</th>
        </tr>
      </thead>
      <tbody>
        {entry.changes
          .filter(({ field }) => disputed.size === 0 || disputed.has(field))
          .map(({ field, after }) => (
            <tr key={field}>
              <td>{changeLabel(chain, components, field)}</td>
              <td className="strong">{shownValue(chain, field, after)}</td>
              <td className="strong">{shownValue(chain, field, cityValue(field))}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

export function ReturnedCard({ detail }: { readonly detail: DossierDetail }) {
  const go = usePlace((s) => s.go);
  const { actor } = useSession();
  const entry = openReturn(detail);
  if (!entry) return null;
  const { id, chain } = detail;
  const { delivery, verb } = entry;
  const isConflict = delivery.state === 'conflict';
  const [first] = fieldsNamed(delivery);
  const isForm = verb === 'dossier.correct';
  const mine = Object.fromEntries(entry.changes.map(({ field, after }) => [field, after]));
  return (
    <section className="card bad returned" role="alert">
      <div className="row">
        <div className="grow">
          <p className="bad-text strong">
            {whyReturned({ verb, delivery, role: actor?.role, sentence: null })}
          </p>
          <p>{isConflict ? t('returned.todo.conflict') : whatToDo(delivery)}</p>
        </div>
        {first && !isConflict && <span className="word bad">{placeOf(chain, first)}</span>}
        {isConflict && isForm ? (
          <Button
            look="primary"
            data-start="first"
            onClick={() => go({ room: 'dossiers', view: 'correct', id, mine })}
          >
            {t('returned.takeMine')}
          </Button>
        ) : (
          <Button
            look="primary"
            data-start="first"
            onClick={() => go({ room: 'dossiers', view: 'correct', id, ...(first && { field: first }) })}
          >
            {t('action.fix')}
          </Button>
        )}
      </div>
      {isConflict && <Sides detail={detail} entry={entry} />}
    </section>
  );
}
