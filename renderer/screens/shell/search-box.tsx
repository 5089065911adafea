/** Search over everything: typing shows the hits in Hồ sơ, Enter opens the first, arrow down goes into the list. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useOpenFirst } from '../../data/dossier.ts';
import { useFilter } from '../../state/filter.ts';
import { roomPlace, usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { notice } from '../../ui/notice.ts';
import { SEARCH_ID } from './use-shell-keys.ts';

const REST_MS = 30;

export function SearchBox() {
  const { filter, setFilter } = useFilter();
  const { place, go } = usePlace();
  const [text, setText] = useState(filter.q);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const input = useRef<HTMLInputElement>(null);
  const openFirst = useOpenFirst();
  // The list can clear the filter too.
  useEffect(() => setText(filter.q), [filter.q]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const seek = (q: string) => {
    clearTimeout(timer.current);
    setFilter({ q });
    if (q !== '' && !(place.room === 'dossiers' && place.view === 'list')) go(roomPlace('dossiers'));
  };
  const type = (q: string) => {
    setText(q);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => seek(q), REST_MS);
  };
  const open = async () => {
    seek(text);
    const row = await openFirst({ ...filter, q: text });
    if (!row) {
      notice(t('search.none'));
      return;
    }
    // The keys of the dossier work at once: the focus leaves the search with the words.
    input.current?.blur();
    go({ room: 'dossiers', view: 'detail', id: row.id });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' && text.trim() !== '') void open();
    else if (event.key === 'ArrowDown') document.getElementById('dossier-list')?.focus();
    else if (event.key === 'Escape' && text !== '') {
      setText('');
      seek('');
    } else if (event.key === 'Escape') event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
  return (
    <search className="shell-search">
      <input
        ref={input}
        id={SEARCH_ID}
        type="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={t('search.label')}
        placeholder={t('search.hint')}
        aria-keyshortcuts="Control+K"
        maxLength={200}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span className="key" aria-hidden="true">
        Ctrl K
      </span>
    </search>
  );
}
