/** A city or a machine that was put back: told where the clerk works, for that day. */
import { localTime } from '../../../shared/lib/local-date.ts';
import { useSession } from '../../data/session.ts';
import { useRecovery, useSyncState } from '../../data/sync.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { recoveredWords, recoveringWords } from '../../ui/recovery-words.ts';

export function Recovery() {
  const { today } = useSession();
  const { data: state } = useSyncState();
  const { data } = useRecovery(state?.progress?.phase ?? '');
  const words = () => {
    if (data?.under) return state?.running ? recoveringWords(data.under) : t('sync.recover.waiting');
    if (!data?.last || localTime(Date.parse(data.last.at)).date !== today) return null;
    return `${moment(data.last.at, today)}: ${recoveredWords(data.last)}`;
  };
  const said = words();
  return (
    <div role="status" className="today-recovery">
      {said && <p className="card">{said}</p>}
    </div>
  );
}
