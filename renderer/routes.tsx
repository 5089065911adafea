/** Which screen a place shows. */
import { unreachable } from '../shared/lib/must.ts';
import { CountsScreen } from './screens/counts/screen.tsx';
import { DossiersScreen } from './screens/dossiers/screen.tsx';
import { PersonScreen, ProofScreen, RegisterScreen, SlipScreen } from './screens/print/paper-screen.tsx';
import { ReportsScreen } from './screens/reports/screen.tsx';
import { SettingsScreen } from './screens/settings/screen.tsx';
import { ConflictPage } from './screens/sync/conflict-page.tsx';
import { SyncScreen } from './screens/sync/screen.tsx';
import { ClosePage } from './screens/today/close-page.tsx';
import { TodayScreen } from './screens/today/screen.tsx';
import type { Place } from './state/place.ts';

export function RoomView({ place }: { readonly place: Place }) {
  switch (place.room) {
    case 'today':
      return 'view' in place ? <ClosePage day={place.day} /> : <TodayScreen />;
    case 'dossiers':
      if (place.view === 'slip') return <SlipScreen place={place} />;
      return place.view === 'register' ? <RegisterScreen /> : <DossiersScreen place={place} />;
    case 'counts':
      return <CountsScreen />;
    case 'reports':
      return <ReportsScreen />;
    case 'sync':
      if (!('view' in place)) return <SyncScreen />;
      return place.view === 'conflict' ? (
        <ConflictPage key={place.event} event={place.event} />
      ) : (
        <ProofScreen place={place} />
      );
    case 'settings':
      if ('view' in place) return <PersonScreen place={place} />;
      return 'tab' in place ? <SettingsScreen key={place.tab} start={place.tab} /> : <SettingsScreen />;
    default:
      return unreachable(place);
  }
}
