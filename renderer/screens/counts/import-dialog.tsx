/** The dry run of a file: what it would change, whether its sums hold, what is wrong where; then yes, partly, or no. */
import { useEffect, useRef, useState } from 'react';
import { countColumns, TOTAL } from '../../../shared/catalogue/categories.ts';
import type { ImportCheck } from '../../../shared/contract/ipc/count.ts';
import { type LocalDate, showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { useCheckImport, useImport } from '../../data/count.ts';
import { asProblem } from '../../ipc.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notice.ts';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { ImportColumns, recallMapping, rememberMapping } from './import-columns.tsx';

export interface CountFile {
  readonly fileName: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Props {
  readonly file: CountFile;
  readonly asOf: LocalDate;
  /** The newest date that holds figures. */
  readonly newest: LocalDate | null;
  readonly onClose: () => void;
}

function nameOf(category: string, measure: string): string {
  const found = countColumns.find((c) => c.category.code === category && c.measure.code === measure);
  if (!found) return category;
  return measure === TOTAL.code ? found.category.name : `${found.category.name} - ${found.measure.name}`;
}

function Sums({ sums }: { readonly sums: ImportCheck['sums'] }) {
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
            <td>{nameOf(category, measure)}</td>
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
  const more = check.stops + check.warnings - check.problems.length;
  return (
    <>
      <div className="row">
        {check.stops > 0 && (
          <span className="bad-text strong">{t('import.stops', { n: showCount(check.stops) })}</span>
        )}
        {check.warnings > 0 && (
          <span className="warn-text strong">{t('import.warns', { n: showCount(check.warnings) })}</span>
        )}
      </div>
      <table className="plain">
        <thead>
          <tr>
            <th className="num">{t('import.col.row')}</th>
            <th>{t('import.col.column')}</th>
            <th>{t('import.col.found')}</th>
            <th>{t('import.col.todo')}</th>
          </tr>
        </thead>
        <tbody>
          {check.problems.map(({ row, column, weight, found, problem }) => (
            <tr key={`${row}/${column}/${problem.code}`}>
              <td className="num">{row}</td>
              <td>{column}</td>
              <td className="strong">{found || t('import.blank')}</td>
              <td>
                <span className={weight === 'stop' ? 'word bad' : 'word warn'}>
                  {t(`import.weight.${weight}`)}
                </span>{' '}
                {problem.sentence}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
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
      <Button onClick={onClose}>{t('import.no')}</Button>
    </>
  );
}

export function ImportDialog({ file, asOf, newest, onClose }: Props) {
  const check = useCheckImport();
  const take = useImport();
  const [mapping, setMapping] = useState<readonly string[] | null>(null);
  const found = check.data;
  const read = (wanted: readonly string[] | null) => {
    setMapping(wanted);
    check.mutate(
      { ...file, asOf, ...(wanted && { mapping: [...wanted] }) },
      { onSuccess: wanted ? () => undefined : recall },
    );
  };
  const recall = ({ columns }: ImportCheck) => {
    const known = recallMapping(columns);
    if (known) read(known);
  };
  const first = useRef(() => read(null));
  useEffect(() => first.current(), []);
  const onImport = (skipWrong: boolean) =>
    take.mutate(
      { ...file, asOf, skipWrong, ...(mapping && { mapping: [...mapping] }) },
      {
        onSuccess: ({ changed, units }) => {
          if (mapping && found) rememberMapping(found.columns);
          notice(t('import.done', { changed: showCount(changed), units: showCount(units) }));
          onClose();
        },
      },
    );
  const error = check.error ?? take.error;
  const footer = (
    <Footer found={found} busy={take.isPending || check.isPending} onImport={onImport} onClose={onClose} />
  );
  return (
    <Dialog
      wide
      title={t('import.title', { file: file.fileName, date: showDate(asOf) })}
      onClose={onClose}
      footer={footer}
    >
      {error && <ProblemNote problem={asProblem(error, 'count.check-import')} />}
      {!found && !error && <p role="status">{t('import.reading', { file: file.fileName })}</p>}
      {take.isPending && <progress aria-label={t('import.running')} />}
      {newest !== null && asOf < newest && (
        <p className="warn-text">{t('import.older', { date: showDate(newest) })}</p>
      )}
      {found && (
        <>
          <ImportColumns columns={found.columns} onChange={read} />
          <p className="strong">
            {t('import.summary', {
              rows: showCount(found.rows),
              units: showCount(found.units),
              changes: showCount(found.changes),
              overwrites: showCount(found.overwrites),
            })}
          </p>
          <Sums sums={found.sums} />
          <Problems check={found} />
        </>
      )}
    </Dialog>
  );
}
