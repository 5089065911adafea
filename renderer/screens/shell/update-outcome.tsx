/** How the last installation of a new version ended, over every room until somebody has read it. */
import { useReadOutcome, useUpdateState } from '../../data/update.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

export function UpdateOutcome() {
  const found = useUpdateState().data?.outcome;
  const read = useReadOutcome();
  if (!found) return null;
  return (
    <section className="problem calm recovery" aria-label={t('update.title')}>
      <span className="grow">
        {t(found.ok ? 'update.done' : 'update.notDone', { version: found.version })}
      </span>
      <Button onClick={() => read.mutate()}>{t('update.read')}</Button>
    </section>
  );
}
