/** The data may be read and not written: why, what goes on, what to do. */
import { useState } from 'react';
import { useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { BeginAnewDialog } from './begin-anew-dialog.tsx';

export function ReadOnlyNote() {
  const { readOnly, unkept } = useSession();
  const [beginning, setBeginning] = useState(false);
  if (readOnly === null) return null;
  return (
    <section className="problem calm" aria-label={t('readOnly.title')}>
      <span className="grow">
        <strong>{t('readOnly.title')}.</strong> {t(`readOnly.${readOnly}`)}{' '}
        {t(unkept ? 'readOnly.unkept' : 'readOnly.kept')}
      </span>
      {readOnly === 'hardware' && <Button onClick={() => setBeginning(true)}>{t('beginAnew.open')}</Button>}
      {beginning && <BeginAnewDialog onClose={() => setBeginning(false)} />}
    </section>
  );
}
