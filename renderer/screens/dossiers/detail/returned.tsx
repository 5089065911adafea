/** What the city did not take of this dossier: why, and the one key that answers it. */
import type { Catalogue } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { useSession } from '../../../data/session.ts';
import { usePlace } from '../../../state/place.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { fieldsNamed, whatToDo, whyReturned } from '../../../ui/came-back.ts';
import { changeLabel } from './history-words.ts';

type Entry = DossierDetail['history'][number];

/**
 * The newest event of this machine that the city returned and nothing answered: a later one of its own answers it. One that closes a
 * conflict answers only the event that it names; of a conflict none is an answer that was made before the city's word came.
 */
export function openReturn(detail: Pick<DossierDetail, 'history'>): Entry | undefined {
  const closed = new Set<string>();
  let last = '';
  for (const entry of detail.history.filter((e) => e.deviceIsThis)) {
    const { state, at } = entry.delivery;
    const isConflict = state === 'conflict';
    const isAnswered = closed.has(entry.id) || (last !== '' && (!isConflict || last >= (at ?? '')));
    if ((isConflict || state === 'returned') && !isAnswered) return entry;
    if (entry.resolves) closed.add(entry.resolves.event);
    else if (entry.at > last) last = entry.at;
  }
  return undefined;
}

interface Props {
  readonly detail: DossierDetail;
  readonly catalogue: Catalogue;
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
  const open = () => {
    if (isConflict) go({ room: 'sync', view: 'conflict', event: entry.id });
    else go({ room: 'dossiers', view: 'correct', id, ...(first && { field: first }) });
  };
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
        {(isConflict || !isStep) && (
          <Button look="primary" data-start="first" onClick={open}>
            {t(isConflict ? 'attention.choose' : 'action.fix')}
          </Button>
        )}
      </div>
    </section>
  );
}

/** A step is not mended, it is recorded again. */
function todo({ verb, delivery }: Entry): string {
  if (delivery.state === 'conflict') return t('returned.todo.open');
  const isStep = verb === 'dossier.act' || verb === 'dossier.annotate';
  return isStep ? t('returned.todo.step') : whatToDo(delivery);
}
