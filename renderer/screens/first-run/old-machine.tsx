/** The PC before this one is gone: its copies on another disk become the data of this one. The printed code is asked for next. */
import type { OldStore } from '../../../shared/contract/ipc/backup.ts';
import { useChooseOld, useTakeOld } from '../../data/backup.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

interface FoundProps {
  readonly store: OldStore;
  readonly onTake: (() => void) | null;
}
function Found({ store: { reachesTo, backups, code }, onTake }: FoundProps) {
  const { today } = useSession();
  return (
    <li className="row">
      <span>
        {reachesTo === null
          ? t('old.nothing')
          : t('old.found', { when: moment(reachesTo, today), n: backups })}
        {!code && ` ${t('old.noCode')}`}
      </span>
      {reachesTo !== null && code && (
        <Button look="primary" disabled={onTake === null} onClick={() => onTake?.()}>
          {t('old.take')}
        </Button>
      )}
    </li>
  );
}

export function OldMachine() {
  const choose = useChooseOld();
  const take = useTakeOld();
  const busy = take.isPending || take.isSuccess;
  const failed = take.error ?? choose.error;
  return (
    <section className="stack" aria-labelledby="old-title">
      <h2 id="old-title">{t('old.title')}</h2>
      <p className="dim">{t('old.text')}</p>
      {choose.data?.length === 0 && (
        <p className="warn-text" role="alert">
          {t('old.none')}
        </p>
      )}
      {choose.data && choose.data.length > 0 && (
        <ul className="old-stores">
          {choose.data.map((store) => (
            <Found key={store.name} store={store} onTake={busy ? null : () => take.mutate(store.name)} />
          ))}
        </ul>
      )}
      {failed && <ProblemNote problem={asProblem(failed, 'backup.take-old')} />}
      {busy && !failed ? (
        <p role="status">{t('old.taking')}</p>
      ) : (
        <div>
          <Button disabled={choose.isPending} onClick={() => choose.mutate()}>
            {t('old.choose')}
          </Button>
        </div>
      )}
    </section>
  );
}
