/** What the city did not take of this dossier: why, what stands on either side, and the one key that answers it. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { useSession } from '../../../data/session.ts';
import { usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { moment } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldsNamed, whatToDo, whyReturned } from '../../../ui/came-back.ts';
import { changeLabel, shownValue, type Telling } from './history-words.ts';

type Entry = DossierDetail['history'][number];

/**
 * The newest event of this machine that the city returned and nothing answered: a later one of its own answers it, but one that closes
 * a conflict answers only the event that it names.
 */
export function openReturn(detail: DossierDetail): Entry | undefined {
  const answered = new Set<string>();
  for (const entry of detail.history.filter((e) => e.deviceIsThis)) {
    const { state } = entry.delivery;
    if ((state === 'returned' || state === 'conflict') && !answered.has(entry.id)) return entry;
    if (!entry.resolves) return undefined;
    answered.add(entry.resolves.event);
  }
  return undefined;
}

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
}

function Sides({ detail, catalogue, entry }: Props & { readonly entry: Entry }) {
  const { components, form, due } = detail;
  const { today } = useSession();
  const telling: Telling = { detail, catalogue, today };
  const disputed = new Set(fieldsNamed(entry.delivery));
  const cityValue = (field: string) => {
    if (field === 'due') return due ?? '';
    const component = components.find((c) => field === `component/${c.code}` || field === `due/${c.code}`);
    if (!component) return form[field] ?? '';
    return field.startsWith('due/') ? (component.due ?? '') : component.state;
  };
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
              <td>{changeLabel(telling, field)}</td>
              <td className="strong">{shownValue(telling, field, after)}</td>
              <td className="strong">{shownValue(telling, field, cityValue(field))}</td>
            </tr>
          ))}
      </tbody>
    </table>
  );
}

export function ReturnedCard({ detail, catalogue }: Props) {
  const go = usePlace((s) => s.go);
  const { actor, today } = useSession();
  const entry = openReturn(detail);
  if (!entry) return null;
  const { id } = detail;
  const { delivery, verb } = entry;
  const isConflict = delivery.state === 'conflict';
  const [first] = fieldsNamed(delivery);
  const isStep = verb === 'dossier.act' || verb === 'dossier.annotate';
  const mine = Object.fromEntries(entry.changes.map(({ field, after }) => [field, after]));
  const correct = (part: object) => go({ room: 'dossiers', view: 'correct', id, ...part });
  return (
    <section className="card bad returned" role="alert">
      <div className="row">
        <div className="grow">
          <p className="bad-text strong">
            {whyReturned({ verb, delivery, role: actor?.role, sentence: null })}
          </p>
          <p>{todo(entry)}</p>
        </div>
        {first && !isConflict && (
          <span className="word bad">{changeLabel({ detail, catalogue, today }, first)}</span>
        )}
        {!isStep && (
          <Button
            look="primary"
            data-start="first"
            onClick={() =>
              correct(isConflict && verb === 'dossier.correct' ? { mine } : first ? { field: first } : {})
            }
          >
            {t(isConflict && verb === 'dossier.correct' ? 'returned.takeMine' : 'action.fix')}
          </Button>
        )}
      </div>
      {isConflict && <Sides detail={detail} catalogue={catalogue} entry={entry} />}
    </section>
  );
}

/** A step is not mended, it is recorded again. */
function todo({ verb, delivery }: Entry): string {
  if (verb === 'dossier.act' || verb === 'dossier.annotate') return t('returned.todo.step');
  return delivery.state === 'conflict' ? t('returned.todo.conflict') : whatToDo(delivery);
}
