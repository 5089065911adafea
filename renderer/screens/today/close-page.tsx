/** Chốt ngày: this machine's day beside what the city signed that it holds of it; closed only when every difference is explained. */
import './close.css';
import { useState } from 'react';
import type { DayView } from '../../../shared/contract/ipc/day.ts';
import { readDate, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useCloseDay, useDay } from '../../data/day.ts';
import { useMay, useSession } from '../../data/session.ts';
import { useSend, useSyncState } from '../../data/sync.ts';
import { useTyped } from '../../data/typed.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { PlainField } from '../../ui/plain-field.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { useStart } from '../../ui/use-start.ts';
import { DifferenceCard } from './close-difference.tsx';
import { changedSince, noteOf, notesOf, unexplained } from './close-model.ts';

const figures = ['entered', 'sent', 'accepted', 'returned', 'waiting'] as const;
const tones = { entered: '', sent: '', accepted: 'ok', returned: 'bad-text', waiting: 'warn-text' } as const;

/** The city names what it was sent: its number stands beside "Đã gửi". */
function CityCell({ view }: { readonly view: DayView }) {
  if (!view.city) return <td className="num dim">–</td>;
  const off = view.city.events - view.sent;
  return (
    <td className="num">
      <b>{showCount(view.city.events)}</b>{' '}
      <span className={off === 0 ? 'ok' : 'bad-text'}>
        {off === 0 ? t('day.even') : t('day.off', { n: showCount(Math.abs(off)) })}
      </span>
    </td>
  );
}

function Figures({ view }: { readonly view: DayView }) {
  const { today } = useSession();
  return (
    <section className="card">
      <table className="plain">
        <thead>
          <tr>
            <th>{t('day.col.what')}</th>
            <th className="num">{t('day.col.here')}</th>
            <th className="num">{t('day.col.city')}</th>
          </tr>
        </thead>
        <tbody>
          {figures.map((name) => (
            <tr key={name}>
              <td>{t(`day.figure.${name}`)}</td>
              <td className={`num ${view[name] > 0 ? tones[name] : 'dim'}`}>
                <b>{showCount(view[name])}</b>
              </td>
              {name === 'sent' ? <CityCell view={view} /> : <td />}
            </tr>
          ))}
        </tbody>
      </table>
      <p className={view.city ? 'dim' : 'warn-text'}>
        {view.city ? t('day.city.at', { when: moment(view.city.at, today) }) : t('day.city.none')}
      </p>
    </section>
  );
}

function Others({ city }: { readonly city: NonNullable<DayView['city']> }) {
  return (
    <section className="card" aria-labelledby="day-others">
      <h2 id="day-others">{t('day.others')}</h2>
      {city.others.length === 0 && <p className="dim">{t('day.others.none')}</p>}
      <ul>
        {city.others.map((other) => (
          <li key={other.no} className="row">
            <span className="grow">{t('day.others.row', { no: other.no, name: other.name })}</span>
            <b>{t('day.others.n', { n: showCount(other.events) })}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Closed({ view }: { readonly view: DayView }) {
  const { today } = useSession();
  if (!view.closed) return null;
  const { revision, at, by, stale } = view.closed;
  return (
    <section className={stale ? 'card warn' : 'note'} role="status">
      <p className="strong">{t('day.closed', { n: revision, when: moment(at, today), by })}</p>
      {stale && (
        <>
          <p>{t('day.closed.stale')}</p>
          <ul className="dashes">
            {changedSince(view).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function DayPicker({ day }: { readonly day: string }) {
  const { today } = useSession();
  const replace = usePlace((s) => s.replace);
  const [text, setText] = useState(showDate(day));
  const read = readDate(text, false);
  const good = read.ok && read.value <= today;
  const change = (typed: string) => {
    setText(typed);
    const next = readDate(typed, false);
    if (next.ok && next.value <= today && next.value !== day)
      replace({ room: 'today', view: 'close', day: next.value });
  };
  return (
    <>
      <PlainField label={t('day.pick')} value={text} inputMode="numeric" onChange={change} />
      {!good && <span className="bad-text">{t('day.pick.bad')}</span>}
    </>
  );
}

export function ClosePage({ day }: { readonly day: string }) {
  const { data: view, error } = useDay(day);
  const { go, back } = usePlace();
  const sending = useSend();
  const may = useMay();
  const running = useSyncState().data?.running ?? false;
  const close = useCloseDay();
  const { values, set, clear, error: unkept } = useTyped(`day/${day}`);
  const typed = values ?? {};
  useStart(view !== undefined && values !== undefined);
  const left = view ? unexplained(view, typed) : [];
  const ready = view !== undefined && left.length === 0 && !close.isPending && !running && may('day.close');
  const print = () => go({ room: 'sync', view: 'proof', proof: { kind: 'day', id: day }, size: 'A4' });
  const commit = () => {
    if (!ready) return;
    close.mutate(
      { day, notes: notesOf(view, typed) },
      {
        onSuccess: () => {
          clear();
          notice(t('day.done'));
        },
      },
    );
  };
  usePageKeys({ i: print, 'Control+p': print, 'Control+Enter': commit });
  const failed = error ?? close.error ?? sending.error ?? unkept;
  return (
    <>
      <div className="head">
        <h1>{t('day.title', { date: showDate(day) })}</h1>
        <DayPicker key={day} day={day} />
        <div className="end">
          <Button keys="F9" disabled={!sending.possible} onClick={sending.send}>
            {t('day.ask')}
          </Button>
          <Button keys="I" onClick={print}>
            {t('day.print')}
          </Button>
          <Button keys="Esc" onClick={back}>
            {t('detail.back')}
          </Button>
        </div>
      </div>
      {failed && <ProblemNote problem={asProblem(failed, 'day.close')} />}
      {view && values && (
        <>
          <ScrollRegion className="scroll day-close" label={t('day.title', { date: showDate(day) })}>
            <div className="stack">
              <Closed view={view} />
              <Figures view={view} />
              {view.city && <Others city={view.city} />}
            </div>
            <div className="stack">
              <h2>
                {view.differences.length > 0
                  ? t('day.differences', { n: view.differences.length })
                  : t('day.differences.none')}
              </h2>
              {view.differences.map((difference, i) => (
                <DifferenceCard
                  key={difference.kind}
                  difference={difference}
                  first={i === 0}
                  note={noteOf(view, typed, difference.kind)}
                  onNote={(text) => set({ ...typed, [difference.kind]: text })}
                />
              ))}
            </div>
          </ScrollRegion>
          <section className="card row">
            <span className={left.length > 0 ? 'warn-text' : 'dim'} role="status">
              {left.length > 0 ? t('day.commit.need', { n: left.length }) : t('day.commit.offline')}
            </span>
            <Button
              look="primary"
              keys="Ctrl Enter"
              className="end"
              data-start=""
              disabled={!ready}
              onClick={commit}
            >
              {t(view.closed ? 'day.commit.again' : 'day.commit')}
            </Button>
          </section>
        </>
      )}
    </>
  );
}
