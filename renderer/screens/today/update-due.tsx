/** A new version of the program, told where the clerk works; only while nobody put it off. */
import { useUpdateState } from '../../data/update.ts';
import { usePlace } from '../../state/place.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';

export function UpdateDue() {
  const state = useUpdateState().data;
  const go = usePlace((s) => s.go);
  const due = state?.due ? state.offered : null;
  return (
    <div role="status" className="today-recovery">
      {due && (
        <div className="card row">
          <span className="grow">{t('update.due', { version: due.version })}</span>
          <Button onClick={() => go({ room: 'settings' })}>{t('update.due.open')}</Button>
        </div>
      )}
    </div>
  );
}
