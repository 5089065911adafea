/** The data may be read and not written: why, what goes on, what to do. */
import { useSession } from '../../data/session.ts';
import { t } from '../../text/text.ts';

export function ReadOnlyNote() {
  const { readOnly, unkept } = useSession();
  if (readOnly === null) return null;
  return (
    <section className="problem calm" aria-label={t('readOnly.title')}>
      <span className="grow">
        <strong>{t('readOnly.title')}.</strong> {t(`readOnly.${readOnly}`)}{' '}
        {t(unkept ? 'readOnly.unkept' : 'readOnly.kept')}
      </span>
    </section>
  );
}
