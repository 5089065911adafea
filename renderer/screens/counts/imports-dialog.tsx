/** The imports of this machine; each can be taken back as a whole. */
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useImports, useUndoImport } from '../../data/count.ts';
import { useSession } from '../../data/session.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { moment } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';

export function ImportsDialog({ onClose }: { readonly onClose: () => void }) {
  const { today } = useSession();
  const imports = useImports();
  const undo = useUndoImport();
  const error = undo.error ?? imports.error;
  const onUndo = (group: string) =>
    undo.mutate(group, {
      onSuccess: ({ changed, kept }) =>
        notice(
          t(kept > 0 ? 'imports.undoneKept' : 'imports.undone', {
            changed: showCount(changed),
            kept: showCount(kept),
          }),
        ),
    });
  return (
    <Dialog wide title={t('imports.title')} onClose={onClose}>
      {error && <ProblemNote problem={asProblem(error, 'count.undo-import')} />}
      {imports.data?.length === 0 && <p className="empty">{t('imports.none')}</p>}
      {imports.data && imports.data.length > 0 && (
        <table className="plain">
          <thead>
            <tr>
              <th>{t('imports.at')}</th>
              <th>{t('counts.asOf')}</th>
              <th className="num">{t('imports.units')}</th>
              <th className="num">{t('imports.cells')}</th>
              <th />
            </tr>
          </thead>
          <tbody>
            {imports.data.map(({ group, at, asOf, units, cells, undone }) => (
              <tr key={group}>
                <td>{moment(at, today)}</td>
                <td>{showDate(asOf)}</td>
                <td className="num">{showCount(units)}</td>
                <td className="num">{showCount(cells)}</td>
                <td className="num">
                  {undone ? (
                    <span className="word">{t('imports.isUndone')}</span>
                  ) : (
                    <Button look="tiny" disabled={undo.isPending} onClick={() => onUndo(group)}>
                      {t('imports.undo')}
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p className="dim">{t('imports.text')}</p>
    </Dialog>
  );
}
