/** One difference of a day: what it is, its events, and the words that explain it. */
import { useState } from 'react';
import type { DayView } from '../../../shared/contract/ipc/day.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useDayEvents } from '../../data/day.ts';
import { useSession } from '../../data/session.ts';
import { usePlace } from '../../state/place.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { DeliveryWord } from '../../ui/delivery-word.tsx';
import { PlainField } from '../../ui/plain-field.tsx';

type Difference = DayView['differences'][number];

function Events({ ids, n }: { readonly ids: readonly string[]; readonly n: number }) {
  const { data } = useDayEvents(ids);
  const { today } = useSession();
  const go = usePlace((s) => s.go);
  return (
    <ul className="day-events">
      {data?.items.map((item) => (
        <li key={item.eventId} className="row">
          <span className="dim">{moment(item.at, today)}</span>
          <span>{named('verb', item.verb)}</span>
          {item.subject.kind === 'dossier' ? (
            <button
              type="button"
              className="rowlink grow"
              onClick={() => go({ room: 'dossiers', view: 'detail', id: item.subject.id })}
            >
              {item.title} <span className="dim">{item.code}</span>
            </button>
          ) : (
            <span className="grow">{item.title}</span>
          )}
          <DeliveryWord delivery={item.delivery} />
        </li>
      ))}
      {data?.unknown.map((id) => (
        <li key={id} className="dim">
          {t('day.list.unknown', { id })}
        </li>
      ))}
      {n > ids.length && <li className="dim">{t('day.list.cut', { n: ids.length })}</li>}
    </ul>
  );
}

interface Props {
  readonly difference: Difference;
  readonly note: string;
  readonly first: boolean;
  readonly onNote: (text: string) => void;
}

export function DifferenceCard({ difference: { kind, n, events }, note, first, onNote }: Props) {
  const [open, setOpen] = useState(false);
  const go = usePlace((s) => s.go);
  const title = named('day.difference', kind);
  const id = `day-${kind}`;
  return (
    <section className="card day-difference" aria-labelledby={id}>
      <div className="row wrap">
        <h3 id={id}>{title}</h3>
        {n > 0 && <span className="word bad">{showCount(n)}</span>}
        <span className="dim grow">{t(`day.todo.${kind}`)}</span>
        {kind === 'returned' && (
          <Button look="tiny" onClick={() => go({ room: 'sync' })}>
            {t('attention.open')}
          </Button>
        )}
        {events.length > 0 && (
          <Button look="tiny" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('day.list', { n: showCount(n) })}
          </Button>
        )}
      </div>
      {open && <Events ids={events} n={n} />}
      <PlainField
        label={t('day.note', { kind: title.toLocaleLowerCase('vi') })}
        value={note}
        maxLength={300}
        placeholder={t('day.note.hint')}
        data-start={first ? 'first' : undefined}
        onChange={onNote}
      />
    </section>
  );
}
