/** The annex "Thống kê thu thập thông tin ngoại ngành": zero is counted and none, a dash is not reported. */
import type { Annex } from '../../../shared/contract/ipc/report.ts';
import { showDate } from '../../../shared/lib/local-date.ts';
import { showCount } from '../../../shared/lib/whole-number.ts';
import { t } from '../../text/text.ts';

function Figure({ value, strong = false }: { readonly value: number | null; readonly strong?: boolean }) {
  if (value !== null) return <td className={strong ? 'num strong' : 'num'}>{showCount(value)}</td>;
  return (
    <td className="num dim" title={t('counts.blank')}>
      {t('counts.dash')}
    </td>
  );
}

interface Props {
  readonly annex: Annex;
}
interface TableProps extends Props {
  /** On paper the columns bear their full names, and the sum stays with the last units. */
  readonly onPaper?: boolean;
}
/** So many units are never parted from the sum by a page. */
const WITH_SUM = 3;

function UnitRows({ annex, from, to }: Props & { readonly from: number; readonly to: number }) {
  return annex.rows.slice(from, to).map((row, i) => (
    <tr key={row.code}>
      <td className="num">{from + i + 1}</td>
      <td className="unit">{row.name}</td>
      {row.cells.map((value, column) => (
        <Figure key={annex.columns[column]?.code} value={value} />
      ))}
      <Figure value={row.total} strong />
    </tr>
  ));
}

function SumRow({ annex: { columns, sums, grand } }: Props) {
  return (
    <tr>
      <td />
      <td className="strong">{t('report.annex.sum')}</td>
      {sums.map((sum, column) => (
        <Figure key={columns[column]?.code} value={sum} strong />
      ))}
      <Figure value={grand} strong />
    </tr>
  );
}

export function AnnexTable({ annex, onPaper = false }: TableProps) {
  const { columns, rows } = annex;
  const last = onPaper ? Math.max(0, rows.length - WITH_SUM) : rows.length;
  return (
    <table className="plain sticky" aria-label={t('report.annex')}>
      <thead>
        <tr>
          <th className="num">{t('report.annex.stt')}</th>
          <th>{t('report.annex.unit')}</th>
          {columns.map((column) => (
            <th key={column.code} className="num" title={column.name}>
              {onPaper ? column.name : column.short}
            </th>
          ))}
          <th className="num">{t('counts.sum')}</th>
        </tr>
      </thead>
      <tbody>
        <UnitRows annex={annex} from={0} to={last} />
      </tbody>
      {onPaper ? (
        <tbody className="print-last">
          <UnitRows annex={annex} from={last} to={rows.length} />
          <SumRow annex={annex} />
        </tbody>
      ) : (
        <tfoot>
          <SumRow annex={annex} />
        </tfoot>
      )}
    </table>
  );
}

/** What a dash and a zero mean in this table. */
export function AnnexRemark({ annex: { missing } }: { readonly annex: Annex }) {
  return (
    <p className="annex-remark">
      {missing > 0 ? t('report.annex.missing', { n: showCount(missing) }) : t('report.annex.full')}
    </p>
  );
}

export function AnnexView({ annex }: { readonly annex: Annex }) {
  const { columns, rows, missing, asOf, officeName } = annex;
  return (
    <div className="annex">
      <p className="strong">{officeName}</p>
      <h2>{t('report.annex')}</h2>
      <p>{t('report.annex.asOf', { date: showDate(asOf) })}</p>
      {missing === rows.length * columns.length && <p className="warn-text">{t('report.annex.none')}</p>}
      <AnnexTable annex={annex} />
      <AnnexRemark annex={annex} />
    </div>
  );
}
