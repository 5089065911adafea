/** What is wrong with a file, by row and cell, and what to do about it. */
import type { ImportCheck } from '../../../shared/contract/ipc/count.ts';
import { t } from '../../text/text.ts';

export function ProblemTable({ problems }: { readonly problems: ImportCheck['problems'] }) {
  if (problems.length === 0) return null;
  return (
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
        {problems.map(({ row, column, weight, found, problem }) => (
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
  );
}
