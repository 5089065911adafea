/** What a colleague did in this person's name or with what is his: told at the next sign-in, until it is read. */
import { useState } from 'react';
import { useAboutMe } from '../../data/access.ts';
import { useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';

export function AboutMeNote() {
  const { today } = useSession();
  const told = useAboutMe().data ?? [];
  const [read, setRead] = useState('');
  const fresh = told.filter(({ at }) => at > read);
  if (fresh.length === 0) return null;
  return (
    <section className="problem calm" aria-label={t('aboutMe.title')}>
      <span className="grow">
        <strong>{t('aboutMe.title')}.</strong>{' '}
        {fresh
          .map(({ action, by, at, why }) => {
            const words = { by, when: moment(at, today) };
            return action === 'draft.take'
              ? t('aboutMe.draft.take', { ...words, why: why ?? '' })
              : t('aboutMe.account.reset', words);
          })
          .join(' ')}
      </span>
      <Button onClick={() => setRead(fresh.at(-1)?.at ?? '')}>{t('recovery.read')}</Button>
    </section>
  );
}
