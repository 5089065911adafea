/** The six rooms, with a badge where work waits. */
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useSyncState } from '../../data/sync.ts';
import { useToday } from '../../data/today.ts';
import { type Room, rooms, usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { Icon } from '../../ui/icons.tsx';

type Badges = Readonly<Partial<Record<Room, { readonly n: number; readonly bad?: boolean }>>>;

function useBadges(): Badges {
  const today = useToday().data;
  const sync = useSyncState().data;
  return {
    today: {
      n: (today?.overdue.length ?? 0) + (today?.dueSoon.length ?? 0),
      bad: (today?.overdue.length ?? 0) > 0,
    },
    counts: { n: today && today.counts.asOf !== null ? today.counts.waiting : 0 },
    // What came back stands before what merely waits: somebody has to look at it.
    sync: sync && sync.attention > 0 ? { n: sync.attention, bad: true } : { n: sync?.waiting ?? 0 },
  };
}

export function Nav() {
  const { place, enter } = usePlace();
  const badges = useBadges();
  return (
    <nav className="shell-nav" aria-label={t('app.rooms')}>
      {rooms.map((room, i) => {
        const badge = badges[room];
        const waits = badge !== undefined && badge.n > 0;
        return (
          <button
            key={room}
            type="button"
            className="room"
            aria-current={place.room === room ? 'page' : undefined}
            aria-keyshortcuts={`Control+${i + 1}`}
            title={`Ctrl+${i + 1}`}
            onClick={() => enter(room)}
          >
            <Icon name={room} />
            <span className="grow">{t(`room.${room}`)}</span>
            {waits ? (
              <span
                className={badge.bad ? 'count bad' : 'count'}
                role="img"
                aria-label={t(room === 'counts' ? 'room.waiting.counts' : 'room.waiting', { n: badge.n })}
              >
                {showCount(badge.n)}
              </span>
            ) : (
              <span className="key" aria-hidden="true">
                {i + 1}
              </span>
            )}
          </button>
        );
      })}
    </nav>
  );
}
