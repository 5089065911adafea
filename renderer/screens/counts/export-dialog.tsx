/** The sheet as a file that can be read in again. */
import type { Input } from '../../../shared/contract/ipc/registry.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { type SheetPlace, useSaveCounts } from '../../data/count.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';

type Wanted = Input<'count.save'>;
const kinds: readonly Pick<Wanted, 'shape' | 'format'>[] = [
  { shape: 'wide', format: 'xlsx' },
  { shape: 'wide', format: 'csv' },
  { shape: 'long', format: 'xlsx' },
  { shape: 'long', format: 'csv' },
];

export function ExportDialog({
  place,
  onClose,
}: {
  readonly place: SheetPlace;
  readonly onClose: () => void;
}) {
  const save = useSaveCounts();
  const onSave = (kind: (typeof kinds)[number]) =>
    save.mutate(
      { ...place, ...kind },
      {
        onSuccess: ({ saved }) => {
          if (!saved) return;
          notice(t('counts.export.saved'));
          onClose();
        },
      },
    );
  return (
    <Dialog title={t('counts.export.title', { date: showDate(place.asOf) })} onClose={onClose}>
      {save.error && <ProblemNote problem={asProblem(save.error, 'count.save')} />}
      <p className="dim">{t('counts.export.text')}</p>
      <div className="stack">
        {kinds.map((kind) => (
          <Button key={`${kind.shape}/${kind.format}`} disabled={save.isPending} onClick={() => onSave(kind)}>
            {t(`counts.export.${kind.shape}.${kind.format}`)}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
