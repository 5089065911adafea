/** Product, office, search, lamp, who is signed in. */
import { lockDesk } from '../../data/account.ts';
import { useSession } from '../../data/session.ts';
import { named, t } from '../../text/text.ts';
import { Lamp } from './lamp.tsx';
import { SearchBox } from './search-box.tsx';

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  return `${words[0]?.[0] ?? ''}${words.length > 1 ? (words.at(-1)?.[0] ?? '') : ''}`.toUpperCase();
}

export function TopBar() {
  const { office, actor, demo } = useSession();
  return (
    <header className="shell-top">
      <a className="skip" href="#content">
        {t('app.skip')}
      </a>
      <span className="shell-name">{t('app.name')}</span>
      <span className="shell-office">{office?.name}</span>
      {demo && <span className="word warn">{t('app.demo')}</span>}
      <SearchBox />
      <Lamp />
      {actor && (
        <button
          type="button"
          className="shell-person"
          title={`${t('person.lock')} (Ctrl + L)`}
          aria-keyshortcuts="Control+L"
          onClick={() => void lockDesk()}
        >
          <span className="who">
            {actor.name} · {named('role', actor.role)}
          </span>
          <span className="avatar" aria-hidden="true">
            {initials(actor.name)}
          </span>
        </button>
      )}
    </header>
  );
}
