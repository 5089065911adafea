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

export function AnnexTable({ annex }: { readonly annex: Annex }) {
  const { columns, rows, sums, grand, missing, asOf, officeName } = annex;
  const none = missing === rows.length * columns.length;
  return (
    <div className="annex">
      <p className="strong">{officeName}</p>
      <h2>{t('report.annex')}</h2>
      <p>{t('report.annex.asOf', { date: showDate(asOf) })}</p>
      {none && <p className="warn-text">{t('report.annex.none')}</p>}
      <table className="plain sticky" aria-label={t('report.annex')}>
        <thead>
          <tr>
            <th className="num">{t('report.annex.stt')}</th>
            <th>{t('report.annex.unit')}</th>
            {columns.map((column) => (
              <th key={column.code} className="num" title={column.name}>
                {column.short}
              </th>
            ))}
            <th className="num">{t('report.annex.sum')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={row.code}>
              <td className="num">{i + 1}</td>
              <td>{row.name}</td>
              {row.cells.map((value, column) => (
                <Figure key={columns[column]?.code} value={value} />
              ))}
              <Figure value={row.total} strong />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td />
            <td className="strong">{t('report.annex.sum')}</td>
            {sums.map((sum, column) => (
              <Figure key={columns[column]?.code} value={sum} strong />
            ))}
            <Figure value={grand} strong />
          </tr>
        </tfoot>
      </table>
      <p>{missing > 0 ? t('report.annex.missing', { n: showCount(missing) }) : t('report.annex.full')}</p>
    </div>
  );
}
