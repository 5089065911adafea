/** Chép sang: the fields in the order of the other system's screen, one key for each; then the code that it gives back. */
import { type KeyboardEvent, useState } from 'react';
import type { OutsideSystem } from '../../../../shared/catalogue/law.ts';
import type { ProblemValue } from '../../../../shared/contract/ipc/common.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { useAnnotate } from '../../../data/dossier.ts';
import { asProblem } from '../../../ipc.ts';
import { t } from '../../../text/text.ts';
import { Button } from '../../../ui/button.tsx';
import { ProblemNote } from '../../../ui/problem-note.tsx';
import { codeKey, enteredKey } from './copy-model.ts';
import type { Copying } from './use-copying.ts';

export const CODE_ID = 'copy-code';

function Fields({ copying }: { readonly copying: Copying }) {
  const { fields, copied, next, copy } = copying;
  return (
    <ol className="copy-fields">
      {fields.map(({ label, text }, i) => {
        const isDone = copied.done.includes(i);
        const mark =
          i === copied.at ? t('copy.now') : isDone ? t('copy.copied') : i === next ? t('copy.next') : '';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a system may ask for the same thing twice, its order never changes
          <li key={i} className={i === copied.at ? 'now' : i === next ? 'next' : ''}>
            <span className="dim num">{i + 1}</span>
            <span className="dim">{label}</span>
            {text === '' ? (
              <span className="dim">{t('copy.blank')}</span>
            ) : (
              <button
                type="button"
                className="rowlink"
                aria-label={`${t('copy.row', { label })}: ${text}`}
                onClick={() => void copy(i)}
              >
                {text}
              </button>
            )}
            <span className={isDone ? 'ok small' : 'dim small'}>{mark}</span>
          </li>
        );
      })}
    </ol>
  );
}

interface CodeProps {
  readonly detail: DossierDetail;
  readonly system: OutsideSystem;
  readonly mayChange: boolean;
}

/** The code of the other system, and whether the dossier is typed in over there. */
function Code({ detail, system, mayChange }: CodeProps) {
  const [key, mark] = [codeKey(system), enteredKey(system)];
  const stored = detail.form[key] ?? '';
  const [text, setText] = useState(stored);
  const [problem, setProblem] = useState<ProblemValue | null>(null);
  const annotate = useAnnotate();
  const save = async (changes: Record<string, string>) => {
    try {
      await annotate.mutateAsync({ id: detail.id, changes });
      setProblem(null);
    } catch (error) {
      setProblem(asProblem(error, 'dossier.annotate'));
    }
  };
  const saveCode = () => {
    const code = text.trim();
    if (code !== '' && code !== stored) void save({ [key]: code, [mark]: '1' });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    saveCode();
  };
  const entered = detail.form[mark] === '1';
  return (
    <div className="copy-code">
      {problem && <ProblemNote problem={problem} />}
      <div className="row wrap">
        <label htmlFor={CODE_ID} className="dim">
          {t('copy.code')}
        </label>
        <input
          id={CODE_ID}
          className="input grow"
          value={text}
          maxLength={300}
          autoComplete="off"
          spellCheck={false}
          disabled={!mayChange}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <Button look="tiny" keys="Enter" disabled={!mayChange || annotate.isPending} onClick={saveCode}>
          {t('copy.save')}
        </Button>
      </div>
      <div className="row wrap">
        <label className="tick-line">
          <input
            type="checkbox"
            checked={entered}
            disabled={!mayChange}
            onChange={() => void save({ [mark]: entered ? '' : '1' })}
          />
          {t('copy.entered.mark', { name: system.name })}
        </label>
        {stored !== '' && text.trim() === stored && (
          <span className="ok small" role="status">
            {t('copy.stored', { code: stored })}
          </span>
        )}
      </div>
    </div>
  );
}

interface Props {
  readonly detail: DossierDetail;
  readonly copying: Copying;
  readonly mayChange: boolean;
  readonly onNext: () => void;
}

export function CopyPanel({ detail, copying, mayChange, onNext }: Props) {
  const { systems, system, copied, fields, next, failed, choose, again } = copying;
  if (!system) return <p className="empty">{t('copy.none')}</p>;
  const typedIn = systems.filter((s) => detail.form[enteredKey(s)] === '1').map((s) => s.name);
  const last = fields[copied.at];
  return (
    <div className="copy">
      <div className="row wrap">
        <label htmlFor="copy-system" className="dim">
          {t('copy.system')}
        </label>
        <select
          id="copy-system"
          className="input grow"
          value={system.code}
          onChange={(event) => choose(event.currentTarget.value)}
        >
          {systems.map((s) => (
            <option key={s.code} value={s.code}>
              {s.name}
            </option>
          ))}
        </select>
        <Button look="primary" keys="F8" disabled={next < 0} onClick={onNext}>
          {t('copy.key')}
        </Button>
      </div>
      <div className="row">
        <p className={failed ? 'bad-text strong grow' : 'dim grow'} role="status">
          {failed
            ? t('copy.failed')
            : next < 0
              ? t('copy.end')
              : last
                ? t('copy.say', { n: copied.at + 1, label: last.label })
                : `F8: ${t('copy.how')}`}
        </p>
        {copied.done.length > 0 && (
          <Button look="tiny" onClick={again}>
            {t('copy.again')}
          </Button>
        )}
      </div>
      <Fields copying={copying} />
      <Code key={system.code} detail={detail} system={system} mayChange={mayChange} />
      <p className="dim small">
        {typedIn.length > 0 ? t('copy.entered.list', { names: typedIn.join('; ') }) : t('copy.entered.none')}
      </p>
    </div>
  );
}
