/** The dry run of a file: what it would change, whether its sums hold, what is wrong where; then yes, partly, or no. */
import { useEffect, useRef, useState } from 'react';
import type { ImportCheck } from '../../../shared/contract/ipc/count.ts';
import { formColumns } from '../../../shared/domain/figure-columns.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import {
  cancelImport,
  type SheetPlace,
  useCheckImport,
  useImport,
  useImportProgress,
} from '../../data/count.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ImportColumns } from './import-columns.tsx';
import { ProblemTable } from './problem-table.tsx';

export interface CountFile {
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Props {
  readonly file: CountFile;
  readonly place: SheetPlace;
  /** The newest date that holds figures. */
  readonly newest: LocalDate | null;
  readonly onClose: () => void;
}

function Sums({ sums, form }: { readonly sums: ImportCheck['sums']; readonly form: string | null }) {
  const titles = new Map(formColumns(form).columns.map((c) => [c.key, c.title]));
  if (sums.every((s) => s.printed === null)) return null;
  return (
    <table className="plain" aria-label={t('import.sums')}>
      <caption className="dim small">{t('import.sums')}</caption>
      <thead>
        <tr>
          <th>{t('import.sums.category')}</th>
          <th className="num">{t('import.sums.sum')}</th>
          <th className="num">{t('import.sums.printed')}</th>
          <th />
        </tr>
      </thead>
      <tbody>
        {sums.map(({ category, measure, sum, printed }) => (
          <tr key={`${category}/${measure}`}>
            <td>{titles.get(`${category}/${measure}`) ?? category}</td>
            <td className="num">{showCount(sum)}</td>
            <td className="num">{printed === null ? t('import.sums.none') : showCount(printed)}</td>
            <td className={printed === null ? '' : printed === sum ? 'ok' : 'bad-text strong'}>
              {printed === null
                ? ''
                : printed === sum
                  ? t('import.sums.equal')
                  : t('import.sums.off', { n: showCount(printed - sum) })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Problems({ check }: { readonly check: ImportCheck }) {
  if (check.problems.length === 0) return <p className="ok">{t('import.clean')}</p>;
  const more = check.stops + check.warnings + check.skipped - check.problems.length;
  return (
    <>
      <div className="row">
        {check.stops > 0 && (
          <span className="bad-text strong">{t('import.stops', { n: showCount(check.stops) })}</span>
        )}
        {check.warnings > 0 && (
          <span className="warn-text strong">{t('import.warns', { n: showCount(check.warnings) })}</span>
        )}
        {check.skipped > 0 && (
          <span className="warn-text strong">{t('import.skipped', { n: showCount(check.skipped) })}</span>
        )}
      </div>
      <ProblemTable problems={check.problems} />
      {more > 0 && <p className="dim">{t('import.more', { n: showCount(more) })}</p>}
    </>
  );
}

interface Footing extends Pick<Props, 'onClose'> {
  readonly found: ImportCheck | undefined;
  readonly busy: boolean;
  readonly onImport: (skipWrong: boolean) => void;
}

function Footer({ found, busy, onImport, onClose }: Footing) {
  return (
    <>
      {found && found.rows > 0 && (
        <Button look="primary" disabled={busy} onClick={() => onImport(found.stops > 0)}>
          {busy
            ? t('import.running')
            : found.stops > 0
              ? t('import.goRight')
              : t('import.go', { n: showCount(found.rows) })}
        </Button>
      )}
      <Button onClick={onClose}>{t(busy ? 'import.cancel' : 'import.no')}</Button>
    </>
  );
}

/** Reading tells its rows; until the first ones it only opens the file. */
function Progress({ label }: { readonly label: string }) {
  const progress = useImportProgress();
  return (
    <>
      <p role="status">
        {progress
          ? t('import.progress', { done: showCount(progress.done), all: showCount(progress.all) })
          : label}
      </p>
      <progress aria-label={label} {...(progress && { value: progress.done, max: progress.all })} />
    </>
  );
}

export function ImportDialog({ file, place, newest, onClose }: Props) {
  const { asOf, form } = place;
  const check = useCheckImport();
  const take = useImport();
  const [mapping, setMapping] = useState<readonly string[] | null>(null);
  const found = check.data;
  const busy = take.isPending || check.isPending;
  const read = (wanted: readonly string[] | null) => {
    setMapping(wanted);
    check.mutate({ ...file, ...place, ...(wanted && { mapping: [...wanted] }) });
  };
  const first = useRef(() => read(null));
  useEffect(() => first.current(), []);
  const onImport = (skipWrong: boolean) =>
    take.mutate(
      { ...file, ...place, skipWrong, ...(mapping && { mapping: [...mapping] }) },
      {
        onSuccess: ({ changed, units, skipped }) => {
          const said = { changed: showCount(changed), units: showCount(units), skipped: showCount(skipped) };
          notice(t(skipped > 0 ? 'import.doneSkipped' : 'import.done', said));
          onClose();
        },
      },
    );
  // What is not read yet is given up with the dialog; what was written is written.
  const close = () => {
    if (busy) cancelImport();
    onClose();
  };
  const error = check.error ?? take.error;
  const footer = <Footer found={found} busy={busy} onImport={onImport} onClose={close} />;
  return (
    <Dialog
      wide
      title={t('import.title', { file: file.fileName, date: showDate(asOf) })}
      onClose={close}
      footer={footer}
    >
      {error && <ProblemNote problem={asProblem(error, 'count.check-import')} />}
      {busy && (
        <Progress
          label={take.isPending ? t('import.running') : t('import.reading', { file: file.fileName })}
        />
      )}
      {newest !== null && asOf < newest && (
        <p className="warn-text">{t('import.older', { date: showDate(newest) })}</p>
      )}
      {found && (
        <>
          <ImportColumns columns={found.columns} form={form} onChange={read} />
          <p className="strong">
            {t('import.summary', {
              rows: showCount(found.rows),
              units: showCount(found.units),
              changes: showCount(found.changes),
              overwrites: showCount(found.overwrites),
            })}
          </p>
          <Sums sums={found.sums} form={form} />
          <Problems check={found} />
        </>
      )}
    </Dialog>
  );
}
