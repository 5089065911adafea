/** The frame around every room: rooms, search, lamp, person, status, and the keys that work everywhere. */
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { ErrorBoundary } from '../../ui/error-boundary.tsx';
import { CONTENT_ID, takeStart } from '../../ui/use-start.ts';
import { AboutMeNote } from './about-me-note.tsx';
import { ExportDialogs } from './export-dialogs.tsx';
import { KeysDialog } from './keys-dialog.tsx';
import { Nav } from './nav.tsx';
import { ReadOnlyNote } from './read-only-note.tsx';
import { RecoveryNote } from './recovery-note.tsx';
import { RoleNote } from './role-note.tsx';
import { StatusBar } from './status-bar.tsx';
import { TopBar } from './top-bar.tsx';
import { UpdateOutcome } from './update-outcome.tsx';
import { useShellKeys } from './use-shell-keys.ts';

export function Shell({ children }: { readonly children: ReactNode }) {
  const [keysShown, setKeysShown] = useState(false);
  const { place, entries, go } = usePlace();
  const entered = useRef(entries);
  useShellKeys(() => setKeysShown(true));
  useEffect(() => {
    document.title = `${t(`room.${place.room}`)} - ${t('app.name')}`;
  }, [place.room]);
  useEffect(() => {
    if (entries !== entered.current) takeStart();
    entered.current = entries;
  }, [entries]);
  return (
    <div className="shell">
      <TopBar />
      <Nav />
      <main className="shell-main" id={CONTENT_ID} tabIndex={-1}>
        <RecoveryNote />
        <ReadOnlyNote />
        <AboutMeNote />
        <RoleNote />
        <UpdateOutcome />
        <ErrorBoundary key={place.room} onHome={() => go({ room: 'today' })}>
          {children}
        </ErrorBoundary>
      </main>
      <StatusBar onKeys={() => setKeysShown(true)} />
      <ExportDialogs />
      {keysShown && <KeysDialog onClose={() => setKeysShown(false)} />}
    </div>
  );
}
