/** What does not come out, in words; each goes to its cell. */
import { useState } from 'react';
import type { Finding } from '../../../shared/report/model.ts';
import { t } from '../../text/text.ts';
import { Button } from '../../ui/button.tsx';
import type { CellName } from './report-table.tsx';

/** So many are shown before somebody asks for all. */
const FEW = 3;

interface Props {
  readonly findings: readonly Finding[];
  readonly onGo: (cell: CellName) => void;
}

export function Findings({ findings, onGo }: Props) {
  const [all, setAll] = useState(false);
  if (findings.length === 0) return null;
  const shown = all ? findings : findings.slice(0, FEW);
  return (
    <section className="card warn report-findings" aria-label={t('report.findings', { n: findings.length })}>
      <div className="row">
        <h2>{t('report.findings', { n: findings.length })}</h2>
        {findings.length > FEW && (
          <Button look="tiny" aria-expanded={all} onClick={() => setAll(!all)}>
            {t(all ? 'report.findings.few' : 'report.findings.all')}
          </Button>
        )}
      </div>
      <ul>
        {shown.map(({ code, sentence, row, column }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two findings may say the same of one cell
          <li key={`${code}${i}`}>
            {row !== undefined && column !== undefined ? (
              <button type="button" className="linkish" onClick={() => onGo({ row, column })}>
                {sentence}
              </button>
            ) : (
              sentence
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
