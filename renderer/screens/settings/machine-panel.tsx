/** What this machine is, who works at it, where the data lie, and whether they are sound. */
import { localTime, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSession, useVerify } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { named, t } from '../../text/text.ts';
import { diskSize } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { Facts } from './facts.tsx';
import { RetentionCard } from './retention-card.tsx';
import { ScanStorage } from './scan-storage.tsx';
import { UpdateCard } from './update-card.tsx';

function Verify() {
  const verify = useVerify();
  const found = verify.data;
  const words = found && {
    events: showCount(found.events),
    subjects: showCount(found.subjects),
    n: found.problems.length,
  };
  return (
    <section className="card stack" aria-labelledby="verify-title">
      <h2 id="verify-title">{t('settings.verify')}</h2>
      <p className="dim">{t('settings.verify.text')}</p>
      <div>
        <Button disabled={verify.isPending} onClick={() => verify.mutate()}>
          {verify.isPending ? t('settings.verify.running') : t('settings.verify')}
        </Button>
      </div>
      <div role="status">
        {found?.ok && words && <p className="note">{t('settings.verify.ok', words)}</p>}
        {found && !found.ok && words && <p className="bad-text strong">{t('settings.verify.bad', words)}</p>}
      </div>
      {found && !found.ok && (
        <ul>
          {found.problems.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      {verify.error && <ProblemNote problem={asProblem(verify.error, 'data.verify')} />}
    </section>
  );
}

export function MachinePanel() {
  const { office, device, actor, roleUntil, cityUrl, enrolled, dataFolder, storage } = useSession();
  return (
    <div className="settings">
      <div className="stack">
        <Facts
          title={t('settings.office')}
          facts={[
            [t('settings.office.name'), office?.name ?? ''],
            [t('settings.office.code'), office?.code ?? ''],
          ]}
        />
        <Facts
          title={t('settings.machine')}
          facts={[
            [t('settings.machine.name'), device?.name ?? ''],
            [t('settings.machine.no'), device ? String(device.no) : ''],
            [
              t('settings.machine.enrolled'),
              t(enrolled ? 'settings.machine.yes' : 'settings.machine.no-enrol'),
            ],
            [t('settings.machine.city'), cityUrl],
          ]}
        />
        <Facts
          title={t('settings.person')}
          facts={[
            [t('settings.person.name'), actor?.name ?? ''],
            [t('settings.person.role'), actor ? named('role', actor.role) : ''],
            ...(roleUntil === null
              ? []
              : [[t('settings.person.until'), showDate(localTime(Date.parse(roleUntil)).date)] as const]),
          ]}
        />
        <UpdateCard />
      </div>
      <div className="stack">
        <Facts
          title={t('settings.data')}
          facts={[
            [t('settings.folder'), dataFolder],
            [t('settings.cipher'), storage.cipher || t('settings.cipher.none')],
            [t('settings.sqlite'), storage.sqlite],
            [
              t('settings.free'),
              storage.freeBytes === null ? t('settings.free.unknown') : diskSize(storage.freeBytes),
            ],
          ]}
        />
        <ScanStorage />
        <RetentionCard />
        <Verify />
      </div>
    </div>
  );
}
