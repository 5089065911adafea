/** Where the figures come from, at an office above the communes: the city's answer and its moment, or that there is none yet. */
import type { ReportWanted } from '../../../shared/contract/ipc/report.ts';
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { useAskCity, useFigureSource } from '../../data/report.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { usePageKeys } from '../../ui/use-page-keys.ts';

export function CityFigures({ wanted }: { readonly wanted: ReportWanted }) {
  const source = useFigureSource(wanted).data;
  if (source?.from === 'wards')
    return (
      <p className="city-figures warn" role="status">
        {t('report.city.wards')}
      </p>
    );
  return source?.from === 'city' ? <CityAnswer wanted={wanted} at={source.at} /> : null;
}

interface AnswerProps {
  readonly wanted: ReportWanted;
  /** Moment of the kept answer; null = none. */
  readonly at: string | null;
}

function CityAnswer({ wanted, at }: AnswerProps) {
  const { error, isFetching, refetch } = useAskCity(wanted);
  const onAsk = () => {
    if (!isFetching) void refetch();
  };
  usePageKeys({ h: onAsk });
  const problem = error && asProblem(error, 'report.ask');
  return (
    <>
      <div className={`city-figures ${at === null || problem ? 'warn' : ''}`} role="status">
        <span className="grow">{sentenceOf(at, { asking: isFetching, failed: problem !== null })}</span>
        <Button look="tiny" keys="H" disabled={isFetching} onClick={onAsk}>
          {t('report.city.ask')}
        </Button>
      </div>
      {problem && problem.code !== 'CITY_UNREACHABLE' && <ProblemNote calm problem={problem} />}
    </>
  );
}

function sentenceOf(
  at: string | null,
  { asking, failed }: { readonly asking: boolean; readonly failed: boolean },
): string {
  if (at === null) return t(asking ? 'report.city.asking' : 'report.city.none');
  const { date, time } = localTime(Date.parse(at));
  const said = { time, date: showDate(date) };
  if (asking) return t('report.city.askingAgain', said);
  return t(failed ? 'report.city.kept' : 'report.city.at', said);
}
