/** Cài đặt > Nhật ký truy cập: who looked at what, page by page; how far the city has confirmed it; the check and what it found. */
import { useState } from 'react';
import './access.css';
import type { AccessFilter, AccessLine, LogResult, LogState } from '../../../shared/contract/ipc/access.ts';
import type { Output } from '../../../shared/contract/ipc/registry.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useAccessPage, useSaveAccess, useVerifyAccess } from '../../data/access.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { clockTime, moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ScrollRegion } from '../../ui/scroll-region.tsx';
import { AccessFilterBar } from './access-filter.tsx';
import { aboutWords, detailWords, findingWords, whoWords } from './access-words.ts';

type Page = Output<'access.list'>;
const everything: AccessFilter = { person: null, action: null, from: null, to: null, code: '' };

export function AccessPanel() {
  const [filter, setFilter] = useState(everything);
  /** Where the pages that were turned began; the last one is shown. */
  const [turned, setTurned] = useState<readonly number[]>([]);
  const { data: page, error } = useAccessPage(filter, turned.at(-1) ?? null);
  const show = (next: AccessFilter) => {
    setFilter(next);
    setTurned([]);
  };
  return (
    <div className="access">
      <p className="dim">{t('access.how')}</p>
      <AccessFilterBar filter={filter} people={page?.people ?? []} onChange={show} />
      {error && <ProblemNote problem={asProblem(error, 'access.list')} />}
      {page && (
        <>
          <Standing page={page} filter={filter} />
          <Lines page={page} />
          <Turning page={page} turned={turned} onTurn={setTurned} />
        </>
      )}
    </div>
  );
}

function Standing({ page, filter }: { readonly page: Page; readonly filter: AccessFilter }) {
  const verify = useVerifyAccess();
  const save = useSaveAccess();
  const failed = verify.error ?? save.error;
  // Never disabled: the focus comes back to it from the dialogs.
  const onSave = () => {
    if (!save.isPending)
      save.mutate(filter, { onSuccess: ({ saved }) => saved && notice(t('access.saved')) });
  };
  return (
    <>
      <div className="row wrap">
        <div className="access-word" role="status">
          <Confirmed page={page} />
          <Checked checked={page.checked} />
        </div>
        <span className="row end">
          <Button disabled={verify.isPending} onClick={() => verify.mutate()}>
            {t(verify.isPending ? 'access.checking' : 'access.check')}
          </Button>
          <Button onClick={onSave}>{t('access.save')}</Button>
        </span>
      </div>
      {failed && <ProblemNote problem={asProblem(failed, 'access.verify')} />}
    </>
  );
}

function Confirmed({ page: { confirmed, newest } }: { readonly page: Page }) {
  const { today } = useSession();
  if (!confirmed) return <p>{t('access.confirmed.none')}</p>;
  const words = { seq: showCount(confirmed.seq), when: moment(confirmed.at, today) };
  return <p>{t(confirmed.seq >= newest ? 'access.confirmed.all' : 'access.confirmed', words)}</p>;
}

/** The newest one that found something stands until another one of its kind finds nothing. */
function Checked({ checked: { tail, whole } }: { readonly checked: LogState }) {
  const { today } = useSession();
  const bad = [whole, tail].filter((one): one is LogResult => one !== null && one.found.length > 0);
  if (bad.length === 0) {
    if (!whole) return <p>{t('access.checked.never')}</p>;
    const { entries, events, at } = whole;
    const counts = { entries: showCount(entries), events: showCount(events) };
    return <p className="ok">{t('access.checked.ok', { ...counts, when: moment(at, today) })}</p>;
  }
  return bad.map(({ at, found }) => (
    <div key={at}>
      <p className="bad-text strong">
        {t('access.checked.bad', { n: showCount(found.length), when: moment(at, today) })}
      </p>
      <ul className="access-found">
        {found.slice(0, 8).map((one) => (
          <li key={`${one.table} ${one.row} ${one.kind}`}>{findingWords(one)}</li>
        ))}
      </ul>
    </div>
  ));
}

function Lines({ page: { lines } }: { readonly page: Page }) {
  if (lines.length === 0) return <p className="empty">{t('access.none')}</p>;
  return (
    <ScrollRegion label={t('settings.tab.access')} className="scroll card access-list">
      <table className="plain sticky access-table">
        <thead>
          <tr>
            <th scope="col" className="num seq">
              {t('access.col.seq')}
            </th>
            <th scope="col" className="at">
              {t('access.col.at')}
            </th>
            <th scope="col" className="who">
              {t('access.col.who')}
            </th>
            <th scope="col" className="what">
              {t('access.col.what')}
            </th>
            <th scope="col" className="about">
              {t('access.col.about')}
            </th>
            <th scope="col">{t('access.col.detail')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <Line key={line.seq} line={line} />
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

function Line({ line }: { readonly line: AccessLine }) {
  const { today } = useSession();
  const { seq, at, actor, action, outcome } = line;
  return (
    <tr>
      <td className="num">{showCount(seq)}</td>
      <td title={clockTime(at)}>{moment(at, today)}</td>
      <td>
        {whoWords(line)}
        {actor && <span className="dim small"> · {named('role', actor.role)}</span>}
      </td>
      <td>
        {named('access.do', action)}
        {outcome === 'refused' && <span className="bad-text"> · {t('access.refused')}</span>}
      </td>
      <td>{aboutWords(line)}</td>
      <td className="small">{detailWords(line)}</td>
    </tr>
  );
}

interface TurningProps {
  readonly page: Page;
  readonly turned: readonly number[];
  readonly onTurn: (turned: readonly number[]) => void;
}
function Turning({ page: { lines, more, newest }, turned, onTurn }: TurningProps) {
  const [first, last] = [lines[0]?.seq, lines.at(-1)?.seq];
  const range = { first: showCount(first ?? 0), last: showCount(last ?? 0), n: showCount(newest) };
  return (
    <div className="row">
      <span className="dim" role="status">
        {first === undefined ? '' : t('access.range', range)}
      </span>
      <span className="row end">
        <Button disabled={turned.length === 0} onClick={() => onTurn([])}>
          {t('access.newest')}
        </Button>
        <Button disabled={turned.length === 0} onClick={() => onTurn(turned.slice(0, -1))}>
          {t('access.newer')}
        </Button>
        <Button disabled={!more || last === undefined} onClick={() => onTurn([...turned, last ?? 1])}>
          {t('access.older')}
        </Button>
      </span>
    </div>
  );
}
