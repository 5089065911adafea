/** Hôm nay: what is due, who is waited for, what came back, what is half done, and whether the day can be closed. */
import './today.css';
import type { Today } from '../../../shared/contract/ipc/report.ts';
import { weekday } from '../../../shared/lib/local-date.ts';
import { useMay, useSession } from '../../data/session.ts';
import { useToday } from '../../data/today.ts';
import { asProblem } from '../../ipc.ts';
import { newDossier, usePlace } from '../../state/place.ts';
import { named, t } from '../../text/text.ts';
import { shortDate } from '../../text/when.ts';
import { NewDossierButtons } from '../../ui/new-dossier-buttons.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useReady } from '../../ui/use-ready.ts';
import { useStart } from '../../ui/use-start.ts';
import { Closing } from './closing.tsx';
import { CountsCard } from './counts-card.tsx';
import { Drafts } from './drafts.tsx';
import { DueTable } from './due-table.tsx';
import { Recovery } from './recovery.tsx';
import { Returned } from './returned.tsx';
import { UpdateDue } from './update-due.tsx';
import { WaitingCard } from './waiting-card.tsx';

function specialSentence(days: Today['specialDays'], today: string): string {
  const words = days.map(({ date, name, working }) =>
    t(working ? 'today.special.work' : 'today.special.off', {
      day: named('day', String(weekday(date))),
      date: shortDate(date, today),
      name,
    }),
  );
  return words.join(' · ');
}

export function TodayScreen() {
  const session = useSession();
  const may = useMay();
  const go = usePlace((s) => s.go);
  const { data, error } = useToday();
  useReady(data !== undefined || error !== null);
  useStart(data !== undefined);
  return (
    <>
      <div className="head">
        <h1>{t('room.today')}</h1>
        {data && <span className="dim grow">{specialSentence(data.specialDays, session.today)}</span>}
        {may('dossier.receive') && <NewDossierButtons onNew={(chain) => go(newDossier(chain))} />}
      </div>
      {error && <ProblemNote problem={asProblem(error, 'today.get')} />}
      <Recovery />
      <UpdateDue />
      {data && (
        <div className="today scroll">
          <div className="stack">
            <DueTable today={data} date={session.today} />
            <WaitingCard kind="supplement" list={data.supplement} date={session.today} />
          </div>
          <div className="stack">
            <Returned n={data.returned} />
            <WaitingCard kind="elsewhere" list={data.elsewhere} date={session.today} />
            <WaitingCard kind="toGive" list={data.toGive} date={session.today} />
            <Drafts today={session.today} />
            <CountsCard counts={data.counts} />
          </div>
          <Closing closing={data.closing} day={session.today} />
        </div>
      )}
    </>
  );
}
