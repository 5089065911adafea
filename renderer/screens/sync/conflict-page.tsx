/** Two versions of one thing, field by field: this machine's, the city's, and which of them stays. Nothing is applied without a choice. */
import { type KeyboardEvent, useState } from 'react';
import type { ConflictView, VersionField } from '../../../shared/contract/ipc/attention.ts';
import type { Side } from '../../../shared/domain/resolve.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useConflict, useResolve } from '../../data/attention.ts';
import { useCatalogue } from '../../data/catalogue.ts';
import { useSession } from '../../data/session.ts';
import { useTyped } from '../../data/typed.ts';
import { asProblem } from '../../ipc.ts';
import { usePlace } from '../../state/place.ts';
import { named, t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { fieldWords, valueWords } from '../../ui/field-words.ts';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { useStart } from '../../ui/use-start.ts';
import {
  allTo,
  begunChoice,
  type Choosing,
  keptChoice,
  mayBeMine,
  resolutionOf,
  type Sides,
  undecided,
} from './conflict-model.ts';
import { ReasonField } from './reason-field.tsx';

type Who = NonNullable<VersionField['by']>;

function WhoWords({ who }: { readonly who: Who | null }) {
  const { today } = useSession();
  if (!who) return <span className="small dim">{t('conflict.by.nobody')}</span>;
  const words = { name: who.name, when: moment(who.at, today) };
  return (
    <span className="small dim">
      {t(who.here ? 'conflict.by.here' : 'conflict.by.other', words)} · {named('verb', who.verb)}
    </span>
  );
}

interface RowProps {
  readonly view: ConflictView;
  readonly row: VersionField;
  readonly side: Side | undefined;
  readonly first: boolean;
  readonly onPick: ((side: Side) => void) | null;
}

function Row({ view, row, side, first, onPick }: RowProps) {
  const law = useCatalogue();
  const words = fieldWords(row.field);
  const show = (value: string) => valueWords(law, row.field, value);
  const mine = mayBeMine(view, row);
  const button = (to: Side, text: string) => (
    <Button
      look={side === to ? 'primary' : 'tiny'}
      className="tiny"
      aria-pressed={side === to}
      data-side={to}
      data-start={first && to === (mine ? 'mine' : 'city') ? 'first' : undefined}
      disabled={!onPick || (to === 'mine' && !mine)}
      onClick={() => onPick?.(to)}
    >
      {text}
    </Button>
  );
  return (
    <tr data-row={row.field}>
      <th scope="row">
        {words}
        {row.base !== null && row.base !== row.mine && (
          <div className="small dim plain-weight">{t('conflict.base', { value: show(row.base) })}</div>
        )}
      </th>
      <td className={side === 'mine' ? 'kept' : side === 'city' ? 'left' : ''}>{show(row.mine)}</td>
      <td className={side === 'city' ? 'kept' : side === 'mine' ? 'left' : ''}>
        {show(row.city)}
        <div>
          <WhoWords who={row.by} />
        </div>
      </td>
      <td className="tight">
        <fieldset className="row sides-choice" aria-label={t('conflict.keep.field', { field: words })}>
          {button('mine', t('conflict.keep.mine'))}
          {button('city', t('conflict.keep.city'))}
        </fieldset>
        {row.decided && <div className="small warn-text">{t('conflict.decided')}</div>}
      </td>
    </tr>
  );
}

function Rest({ view }: { readonly view: ConflictView }) {
  const law = useCatalogue();
  if (view.rest.length === 0) return null;
  return (
    <details className="rest">
      <summary>{t('conflict.rest', { n: showCount(view.rest.length) })}</summary>
      <dl className="facts">
        {view.rest.map(({ field, value }) => (
          <div key={field}>
            <dt>{fieldWords(field)}</dt>
            <dd>{valueWords(law, field, value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Rule({ view }: { readonly view: ConflictView }) {
  const { today } = useSession();
  if (view.closedBy)
    return (
      <p className="note">
        {t('conflict.closed', { name: view.closedBy.name, when: moment(view.closedBy.at, today) })}
      </p>
    );
  const key = view.item.verb === 'dossier.receive' ? 'conflict.reception' : 'conflict.step';
  return (
    <p className={view.isStep ? 'warn-text' : 'dim'}>
      {view.isStep ? t(key, { verb: named('verb', view.item.verb) }) : t('conflict.rule')}
    </p>
  );
}

/** Up and down go from row to row, at the side that is chosen there. */
function moveRow(table: HTMLElement, step: number): boolean {
  const rows = [...table.querySelectorAll<HTMLElement>('[data-row]')];
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = rows[at < 0 ? 0 : at + step];
  const button = next?.querySelector<HTMLElement>(
    '[aria-pressed="true"]:not(:disabled), button:not(:disabled)',
  );
  button?.focus();
  return button != null;
}

function rowAtFocus(): string | undefined {
  return document.activeElement?.closest<HTMLElement>('[data-row]')?.dataset.row;
}

interface ChoiceProps {
  readonly view: ConflictView;
  /** What was chosen and typed before the page or the window was closed. */
  readonly begun: Choosing;
  readonly onTyped: (choosing: Choosing | null) => void;
}

function Choice({ view, begun, onTyped }: ChoiceProps) {
  const { go, replace, back } = usePlace();
  const resolve = useResolve();
  const [{ sides, reason }, setChoosing] = useState(begun);
  const choose = (more: Partial<Choosing>) => {
    const next = { sides, reason, ...more };
    setChoosing(next);
    onTyped(next);
  };
  const setSides = (to: Sides) => choose({ sides: to });
  const setReason = (text: string) => choose({ reason: text });
  const { item, differing, closedBy, isStep } = view;
  const open = closedBy === null;
  const left = undecided(view, sides);
  const ready = open && left.length === 0 && reason.trim() !== '' && !resolve.isPending;
  const [next] = view.alikeEvents;
  const pick = (field: string | undefined, side: Side) => {
    const row = differing.find((f) => f.field === field);
    if (!open || !row || (side === 'mine' && !mayBeMine(view, row))) return;
    setSides({ ...sides, [row.field]: side });
  };
  /** The sides lie left and right, as their columns do. */
  const onKeys = (event: KeyboardEvent<HTMLElement>) => {
    const side = ({ ArrowLeft: 'mine', ArrowRight: 'city' } as const)[event.key];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (side) pick(rowAtFocus() ?? left[0], side);
    if (side || (step !== undefined && moveRow(event.currentTarget, step))) event.preventDefault();
  };
  const commit = () => {
    if (!ready) return;
    resolve.mutate(resolutionOf(view, sides, reason.trim()), {
      onSuccess: () => {
        onTyped(null);
        notice(t('conflict.done'));
        if (next) replace({ room: 'sync', view: 'conflict', event: next });
        else back();
      },
    });
  };
  const all = (side: Side) => {
    if (open) setSides(allTo(side, view));
  };
  const openSubject = () => {
    if (item.subject.kind === 'dossier') go({ room: 'dossiers', view: 'detail', id: item.subject.id });
    else go({ room: 'counts' });
  };
  usePageKeys({
    1: () => all('mine'),
    2: () => all('city'),
    'Control+Enter': commit,
  });
  return (
    <>
      <div className="head">
        <h1>{t('conflict.title', { name: item.title })}</h1>
        <span className="dim">
          {[named('verb', item.verb), item.subject.kind === 'dossier' ? item.code : '']
            .filter(Boolean)
            .join(' · ')}
        </span>
        <div className="end">
          {item.subject.kind === 'dossier' && (
            <Button onClick={openSubject}>{t(isStep ? 'conflict.again' : 'conflict.history')}</Button>
          )}
          <Button keys="Esc" onClick={back}>
            {t('detail.back')}
          </Button>
        </div>
      </div>
      <Rule view={view} />
      {resolve.error && <ProblemNote problem={asProblem(resolve.error, 'dossier.resolve')} />}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows only move the focus between the buttons inside */}
      <section className="card conflict" onKeyDown={onKeys}>
        {open && differing.length > 0 && (
          <div className="row wrap">
            <Button look="tiny" keys="1" disabled={isStep} onClick={() => all('mine')}>
              {t('conflict.all.mine')}
            </Button>
            <Button look="tiny" keys="2" onClick={() => all('city')}>
              {t('conflict.all.city')}
            </Button>
            <span className="dim end small">{t('conflict.keys')}</span>
          </div>
        )}
        <ScrollRegion className="scroll conflict-versions" label={t('conflict.title', { name: item.title })}>
          {differing.length === 0 ? (
            <p className="empty">{t('conflict.none')}</p>
          ) : (
            <table className="plain sticky versions">
              <thead>
                <tr>
                  <th>{t('conflict.col.field')}</th>
                  <th>
                    {t('conflict.col.mine')}
                    <div className="plain-weight">
                      <WhoWords who={view.mine} />
                    </div>
                  </th>
                  <th>{t('conflict.col.city')}</th>
                  <th className="tight">{t('conflict.col.keep')}</th>
                </tr>
              </thead>
              <tbody>
                {differing.map((row, i) => (
                  <Row
                    key={row.field}
                    view={view}
                    row={row}
                    side={sides[row.field]}
                    first={i === 0}
                    onPick={open ? (side) => pick(row.field, side) : null}
                  />
                ))}
              </tbody>
            </table>
          )}
          <Rest view={view} />
        </ScrollRegion>
      </section>
      {open && (
        <section className="card row conflict-end">
          <ReasonField value={reason} onChange={setReason} />
          <span className={left.length > 0 ? 'warn-text' : 'dim'} role="status">
            {left.length > 0
              ? t('conflict.left', { n: left.length })
              : next
                ? t('conflict.same', { n: showCount(view.alikeEvents.length) })
                : ''}
          </span>
          <Button look="primary" keys="Ctrl Enter" className="end" disabled={!ready} onClick={commit}>
            {t(resolve.isPending ? 'conflict.running' : 'conflict.commit')}
          </Button>
        </section>
      )}
    </>
  );
}

/** A newer state of the subject is a new choice. */
function Choosable({ view }: { readonly view: ConflictView }) {
  const { values, set, clear, error } = useTyped(`conflict/${view.item.eventId}@${view.revision}`);
  useStart(values !== undefined);
  if (!values && error) return <ProblemNote problem={asProblem(error, 'typed.get')} />;
  if (!values) return <p className="empty">{t('form.loading')}</p>;
  return (
    <>
      {error && <ProblemNote problem={asProblem(error, 'typed.save')} />}
      <Choice
        view={view}
        begun={begunChoice(view, values)}
        onTyped={(choosing) => (choosing ? set(keptChoice(choosing)) : clear())}
      />
    </>
  );
}

export function ConflictPage({ event }: { readonly event: string }) {
  const { data, error } = useConflict(event);
  const back = usePlace((s) => s.back);
  if (error)
    return (
      <>
        <ProblemNote problem={asProblem(error, 'conflict.get')} />
        <Button keys="Esc" onClick={back}>
          {t('detail.back')}
        </Button>
      </>
    );
  return data ? (
    <Choosable key={`${event} ${data.revision}`} view={data} />
  ) : (
    <p className="empty">{t('form.loading')}</p>
  );
}
