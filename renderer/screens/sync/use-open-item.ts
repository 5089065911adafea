/** From an item of a list to the place where it is seen or mended: the field, the cell, the two versions. */
import type { SyncItem } from '../../../shared/contract/ipc/sync.ts';
import { useAsOf } from '../../state/as-of.ts';
import { usePlace } from '../../state/place.ts';
import { fieldsNamed } from '../../ui/came-back.ts';
import { hasVersions, isMendedInForm } from './attention-model.ts';

export function useOpenItem() {
  const go = usePlace((s) => s.go);
  const { setAsOf, want } = useAsOf();
  return (item: SyncItem, mend: boolean) => {
    const { subject, asOf, delivery } = item;
    const [field] = fieldsNamed(delivery);
    if (mend && hasVersions(item)) return go({ room: 'sync', view: 'conflict', event: item.eventId });
    switch (subject.kind) {
      case 'dossier':
        return mend && isMendedInForm(item)
          ? go({ room: 'dossiers', view: 'correct', id: subject.id, ...(field && { field }) })
          : go({ room: 'dossiers', view: 'detail', id: subject.id });
      case 'setting':
        return go({ room: 'settings' });
      case 'day':
        return go({ room: 'today', view: 'close', day: subject.id.split('/')[2] ?? '' });
      case 'report':
        return go({ room: 'reports' });
      default:
        if (asOf) setAsOf(asOf);
        if (field) want({ unit: subject.id.split(':')[0] ?? '', category: field.split('/')[0] ?? '' });
        return go({ room: 'counts' });
    }
  };
}
