/** The imports of this machine; each can be taken back as a whole. */
import { useState } from 'react';
import type { Output } from '../../../shared/contract/ipc/registry.ts';
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

type Left = Output<'count.undo-import'>['left'];

/** What an undo could not take back, by unit. */
function LeftAsIs({ left }: { readonly left: Left }) {
  if (left.length === 0) return null;
  return (
    <div role="status">
      <p className="warn-text strong">{t('imports.left')}</p>
      <ul>
        {left.map(({ unit, cells, why }) => (
          <li key={`${unit}/${why}`}>{t(`imports.left.${why}`, { unit, n: showCount(cells) })}</li>
        ))}
      </ul>
    </div>
  );
}

export function ImportsDialog({ onClose }: { readonly onClose: () => void }) {
  const { today } = useSession();
  const imports = useImports();
  const undo = useUndoImport();
  const [left, setLeft] = useState<Left>([]);
  const error = undo.error ?? imports.error;
  const onUndo = (group: string) =>
    undo.mutate(group, {
      onSuccess: ({ changed, kept, left: stays }) => {
        setLeft(stays);
        notice(
          t(kept > 0 ? 'imports.undoneKept' : 'imports.undone', {
            changed: showCount(changed),
            kept: showCount(kept),
          }),
        );
      },
    });
  return (
    <Dialog wide title={t('imports.title')} onClose={onClose}>
      {error && <ProblemNote problem={asProblem(error, 'count.undo-import')} />}
      <LeftAsIs left={left} />
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
                  {undone && <span className="word">{t('imports.isUndone')}</span>}{' '}
                  <Button look="tiny" disabled={undo.isPending} onClick={() => onUndo(group)}>
                    {t(undone ? 'imports.undoRest' : 'imports.undo')}
                  </Button>
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
