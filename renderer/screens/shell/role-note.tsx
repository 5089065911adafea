/** The role is not proven any more, or was never: what goes on, what waits, and what to do. */
import { ROLE_LIFE_DAYS } from '../../../shared/domain/role-paper.ts';
import { useSession } from '../../data/session.ts';
import { useRunSync } from '../../data/sync.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

export function RoleNote() {
  const { roleStanding, actor } = useSession();
  const run = useRunSync();
  if (!actor || roleStanding === null || roleStanding === 'current') return null;
  return (
    <section className="problem calm" aria-label={t('role.title')}>
      <span className="grow">
        <strong>{t('role.title')}.</strong> {t(`role.${roleStanding}`, { days: ROLE_LIFE_DAYS })}
      </span>
      <Button disabled={run.isPending} onClick={() => run.mutate()}>
        {t('role.connect')}
      </Button>
    </section>
  );
}
