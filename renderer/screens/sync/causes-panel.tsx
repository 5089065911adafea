/** Why things come back here, counted over 90 days. */
import { showDate } from '../../../shared/lib/local-date.ts';
import { useCauses } from '../../data/attention.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Causes } from '../../ui/causes.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function CausesPanel() {
  const { data, error } = useCauses(null);
  if (error) return <ProblemNote problem={asProblem(error, 'attention.causes')} />;
  if (!data) return null;
  const since = showDate(data.since);
  if (data.causes.length === 0) return <p className="empty">{t('causes.none', { since })}</p>;
  return (
    <>
      <p className="dim">{t('causes.since', { n: data.causes.length, since })}</p>
      <Causes causes={data.causes} />
    </>
  );
}
