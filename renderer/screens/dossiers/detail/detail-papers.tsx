/** Giấy tờ: what this very case needs, in which state each paper is, and for what the dossier would be returned. */
import { type PaperState, paperStates } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { type ChecklistLine, missingPapers } from '../../../../shared/domain/checklist.ts';
import { named, t } from '../../../text/text.ts';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { byEnd } from './papers-model.ts';
import { usePaperStates } from './use-paper-states.ts';

const tones: Readonly<Record<PaperState, string>> = {
  original: 'ok',
  copy: 'ok',
  electronic: 'ok',
  replaced_by_data: 'ok',
  not_applicable: 'dim',
  missing: 'bad-text strong',
};

interface LineProps {
  readonly line: ChecklistLine;
  readonly short: string;
  readonly disabled: boolean;
  readonly onState: (state: PaperState) => void;
  readonly onLeave: () => void;
}

function Line({ line, short, disabled, onState, onLeave }: LineProps) {
  const control = `paper-${line.code}`;
  return (
    <li className="paper">
      <div className="grow">
        <label htmlFor={control} className="strong">
          {line.name}
        </label>
        <div className="dim small">
          {line.because} · {t('papers.for', { name: short })}
          {line.weight === 'by_case' && ` · ${t('papers.byCase')}`}{' '}
          {!line.verified && (
            <span className="word warn" title={`${t('papers.unverified.text')} ${line.source}`}>
              {t('papers.unverified')}
            </span>
          )}
        </div>
      </div>
      <select
        id={control}
        className={`input ${line.weight === 'by_case' && line.state === 'missing' ? 'warn-text' : tones[line.state]}`}
        value={line.state}
        disabled={disabled}
        onBlur={onLeave}
        onChange={(event) => {
          const state = paperStates.find((s) => s === event.currentTarget.value);
          if (state) onState(state);
        }}
      >
        {paperStates.map((state) => (
          <option key={state} value={state}>
            {named('paper', state)}
          </option>
        ))}
      </select>
    </li>
  );
}

function names(lines: readonly ChecklistLine[]): string {
  return lines.map((line) => line.name).join('; ');
}

interface Props {
  readonly detail: DossierDetail;
  readonly papers: readonly ChecklistLine[];
  readonly mayChange: boolean;
}

export function PapersPanel({ detail, papers, mayChange }: Props) {
  const { pending, problem, set, flush } = usePaperStates(detail.id);
  const lines = papers.map((line) => ({ ...line, state: pending[line.code] ?? line.state }));
  const missing = missingPapers(lines);
  const { predicted, late } = byEnd(missing, detail.components);
  const short = (code: string) => detail.components.find((c) => c.code === code)?.short ?? code;
  if (lines.length === 0) return <p className="empty">{t('papers.none')}</p>;
  return (
    <>
      {problem && <ProblemNote problem={problem} />}
      <div className="strong" role="status">
        {missing.length === 0 && <p className="ok">{t('papers.complete')}</p>}
        {predicted.length > 0 && (
          <p className="bad-text">{t('papers.missing', { names: names(predicted) })}</p>
        )}
        {late.length > 0 && <p className="warn-text">{t('papers.late', { names: names(late) })}</p>}
      </div>
      <p className="dim small">{t('papers.keys')}</p>
      <ul>
        {lines.map((line) => (
          <Line
            key={line.code}
            line={line}
            short={short(line.component)}
            disabled={!mayChange}
            onState={(state) => set(line.code, state)}
            onLeave={flush}
          />
        ))}
      </ul>
    </>
  );
}
