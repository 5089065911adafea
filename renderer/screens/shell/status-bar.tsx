/** Small lamps that tell only what this machine knows to be true; each opens what it means and what to do. */
import './shell.css';
import { type ReactNode, useEffect, useState } from 'react';
import { useBackupState } from '../../data/backup.ts';
import { useReadSession, useSession, useSessionTime } from '../../data/session.ts';
import { useSyncState } from '../../data/sync.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { longDay } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type LampName, lampsOf, type StatusLamp } from './lamps-model.ts';

const marks = { ok: '●', 'warn-text': '▲', 'bad-text': '■', dim: '○' } as const;

function Small({ lamp, onOpen }: { readonly lamp: StatusLamp; readonly onOpen: () => void }) {
  return (
    <button
      type="button"
      className={`lamp-small ${lamp.tone}`}
      title={t(`lamp.title.${lamp.name}`)}
      onClick={onOpen}
    >
      <span aria-hidden="true">{marks[lamp.tone]} </span>
      {lamp.text}
    </button>
  );
}

function LampDialog({ lamp, onClose }: { readonly lamp: StatusLamp; readonly onClose: () => void }) {
  const enter = usePlace((s) => s.enter);
  const go = usePlace((s) => s.go);
  const toSync = lamp.name === 'receipt' || lamp.name === 'clock';
  return (
    <Dialog
      title={t(`lamp.title.${lamp.name}`)}
      onClose={onClose}
      footer={
        <Button
          look="primary"
          onClick={() => {
            onClose();
            if (toSync) enter('sync');
            else go({ room: 'settings', tab: 'backup' });
          }}
        >
          {t(toSync ? 'lamp.go.sync' : 'lamp.go.backup')}
        </Button>
      }
    >
      <p className={`strong ${lamp.tone}`}>{lamp.text}</p>
      <p>{t(`lamp.about.${lamp.name}`)}</p>
    </Dialog>
  );
}

function Lamps({ children }: { readonly children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame around the bar
    <div className="lamps" role="group" aria-label={t('status.lamps')}>
      {children}
    </div>
  );
}

export function StatusBar({ onKeys }: { readonly onKeys: () => void }) {
  const session = useSession();
  const sync = useSyncState().data;
  const backup = useBackupState().data;
  const readSession = useReadSession();
  const { date, time } = useSessionTime();
  const [opened, setOpened] = useState<LampName | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the turn of the day counts
  useEffect(() => {
    if (date > session.today) readSession();
  }, [date, session.today]);
  const lamps = lampsOf({ session, sync, backup, now: `${date}T${time}:00+07:00` });
  const lamp = lamps.find((one) => one.name === opened);
  return (
    <>
      <footer className="shell-status">
        <Lamps>
          {lamps.map((one) => (
            <Small key={one.name} lamp={one} onOpen={() => setOpened(one.name)} />
          ))}
        </Lamps>
        <span className="right">
          {longDay(date)} · {time} ·
          <button type="button" className="linkish" onClick={onKeys}>
            F1 {t('status.keys')}
          </button>
        </span>
      </footer>
      {lamp && <LampDialog lamp={lamp} onClose={() => setOpened(null)} />}
    </>
  );
}
