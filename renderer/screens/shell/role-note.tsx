/** The role runs out soon, is not proven any more, or was never: what goes on, what waits, and what to do. */
import { ROLE_LIFE_DAYS, roleDaysLeft, SOON_DAYS } from '../../../shared/domain/role-paper.ts';
import { useSession } from '../../data/session.ts';
import { useSend } from '../../data/sync.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

export function RoleNote() {
  const { roleStanding, roleUntil, actor, today } = useSession();
  const { possible, send } = useSend();
  if (!actor || roleStanding === null) return null;
  const left = roleUntil === null ? null : roleDaysLeft(roleUntil, today);
  if (roleStanding === 'current' && (left === null || left > SOON_DAYS)) return null;
  const said = roleStanding === 'current' ? 'soon' : roleStanding;
  return (
    <section className="problem calm" aria-label={t('role.title')}>
      <span className="grow">
        <strong>{t('role.title')}.</strong>{' '}
        {t(`role.${said}`, { days: said === 'soon' ? (left ?? 0) : ROLE_LIFE_DAYS })}
      </span>
      <Button disabled={!possible} onClick={send}>
        {t('role.connect')}
      </Button>
    </section>
  );
}
