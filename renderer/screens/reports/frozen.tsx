/** Reports kept as they were sent, and what has changed since, cell by cell. */
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { changeLines } from '../../../shared/report/change-words.ts';
import { cellText } from '../../../shared/report/report-cells.ts';
import { useCompared, useFrozen } from '../../data/report.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { type Mark, nameOf, ReportTable } from './report-table.tsx';

const showMoment = (iso: string) => {
  const { date, time } = localTime(Date.parse(iso));
  return `${time} ${showDate(date)}`;
};
const showWindow = (from: string | null, to: string) =>
  from === null ? showDate(to) : `${showDate(from)} – ${showDate(to)}`;

interface Props {
  /** Which one is looked at; null = the list. */
  readonly open: string | null;
  readonly onOpen: (id: string | null) => void;
}

export function FrozenList({ open, onOpen }: Props) {
  const { data = [], error } = useFrozen();
  if (open !== null) return <Frozen id={open} onClose={() => onOpen(null)} />;
  if (error) return <ProblemNote problem={asProblem(error, 'report.frozen')} />;
  if (data.length === 0) return <p className="empty">{t('report.frozen.none')}</p>;
  return (
    <table className="plain" aria-label={t('report.tab.frozen')}>
      <thead>
        <tr>
          <th>{t('report.frozen.report')}</th>
          <th className="tight">{t('report.window')}</th>
          <th className="tight">{t('report.frozen.tree')}</th>
          <th className="tight">{t('report.frozen.at')}</th>
          <th className="tight">{t('report.frozen.by')}</th>
        </tr>
      </thead>
      <tbody>
        {data.map(({ id, title, from, to, treeOn, at, by }) => (
          <tr key={id}>
            <td>
              <button type="button" className="linkish" onClick={() => onOpen(id)}>
                {title}
              </button>
            </td>
            <td className="tight">{showWindow(from, to)}</td>
            <td className="tight">{showDate(treeOn)}</td>
            <td className="tight">{showMoment(at)}</td>
            <td className="tight">{by}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Frozen({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { data, error } = useCompared(id);
  return (
    <div className="stack">
      <div className="row">
        <Button look="tiny" autoFocus onClick={onClose}>
          {t('report.frozen.back')}
        </Button>
        {data && (
          <h2>
            {data.frozen.title} · {data.frozen.subtitle}
          </h2>
        )}
      </div>
      {error && <ProblemNote problem={asProblem(error, 'report.compare')} />}
      {data && <Compared {...data} />}
    </div>
  );
}

type ComparedReport = NonNullable<ReturnType<typeof useCompared>['data']>;

function Compared({ frozen, changes }: ComparedReport) {
  const lines = changeLines(frozen, changes);
  return (
    <>
      {lines.length === 0 ? (
        <p className="ok">{t('report.changed.none')}</p>
      ) : (
        <section className="card warn report-findings" aria-label={t('report.changed', { n: lines.length })}>
          <h2>{t('report.changed', { n: lines.length })}</h2>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      )}
      <ReportTable report={frozen} marks={changedMarks(changes.cells)} />
      {frozen.paragraphs.map((text) => (
        <p key={text}>{text}</p>
      ))}
    </>
  );
}

function changedMarks(cells: ComparedReport['changes']['cells']): ReadonlyMap<string, Mark> {
  return new Map(
    cells.flatMap((cell) =>
      cell.now === null
        ? []
        : [
            [
              nameOf(cell),
              { tone: 'changed', text: t('report.changed.now', { now: cellText(cell.now) }) },
            ] as const,
          ],
    ),
  );
}
