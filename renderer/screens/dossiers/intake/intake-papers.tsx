/** Beside the form, live: the papers that this very case needs, the state of each, and what the dossier would come back for. */
import type { KeyboardEvent } from 'react';
import { type PaperState, paperStates } from '../../../../shared/catalogue/law.ts';
import type { ChecklistLine } from '../../../../shared/domain/checklist.ts';
import { named, t } from '../../../text/text.ts';
import { allHandedIn } from './intake-case.ts';
import { paperKey, stateBeside } from './paper-keys.ts';
import type { DossierForm } from './use-dossier-form.ts';

const PANEL_ID = 'intake-papers';

interface Props {
  readonly form: DossierForm;
  readonly papers: readonly ChecklistLine[];
  readonly missing: readonly ChecklistLine[];
}

const tones: Readonly<Record<PaperState, string>> = {
  original: 'ok',
  copy: 'ok',
  electronic: 'ok',
  replaced_by_data: 'blue',
  not_applicable: '',
  missing: 'bad',
};

function tone({ state, weight }: ChecklistLine): string {
  return state === 'missing' && weight === 'by_case' ? 'warn' : tones[state];
}

/** The field that the cursor left for the papers. */
let cameFrom: HTMLElement | null = null;

/** To the first paper that is missing, or back to the field that the cursor came from. */
export function changeToPapers(): void {
  const panel = document.getElementById(PANEL_ID);
  const at = document.activeElement;
  if (panel?.contains(at)) {
    leavePapers();
    return;
  }
  cameFrom = at instanceof HTMLElement && at !== document.body ? at : null;
  (
    panel?.querySelector<HTMLElement>('[data-missing]') ?? panel?.querySelector<HTMLElement>('select')
  )?.focus();
}

function leavePapers(): void {
  if (cameFrom?.isConnected) cameFrom.focus();
}

function move(from: HTMLElement, step: 1 | -1): void {
  const all = [...(from.closest('ul')?.querySelectorAll<HTMLElement>('select') ?? [])];
  all[all.indexOf(from) + step]?.focus();
}

interface LineProps extends Props {
  readonly line: ChecklistLine;
}

function Line({ form, papers, line }: LineProps) {
  const { code, name, state, because, todo, weight, verified, count } = line;
  const id = `intake-${code}`;
  const set = (next: PaperState) => form.patch({ [`paper.${code}`]: next });
  const missing = state === 'missing';
  const onKeyDown = (event: KeyboardEvent<HTMLSelectElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const key = paperKey(event.key);
    if (!key) return;
    event.preventDefault();
    if (key.do === 'state') set(key.state);
    if (key.do === 'step') set(stateBeside(state, key.step));
    if (key.do === 'count') form.patch({ [`paper.${code}.count`]: String(key.count) });
    if (key.do === 'all') form.patch(allHandedIn(papers));
    if (key.do === 'move') move(event.currentTarget, key.step);
    if (key.do === 'leave') leavePapers();
  };
  return (
    <li>
      <div className="paper-line">
        <label htmlFor={id} className="grow">
          {name}
        </label>
        {!verified && (
          <span className="warn-text" title={t('papers.unverified.text')}>
            <span aria-hidden="true">*</span>
            <span className="sr">{t('papers.unverified')}</span>
          </span>
        )}
        {count > 1 && <span className="dim small">{t('intake.papers.count', { n: count })}</span>}
        <select
          id={id}
          className={`word ${tone(line)}`}
          value={state}
          data-missing={missing && weight === 'required' ? '' : undefined}
          aria-describedby={`${id}-why`}
          onKeyDown={onKeyDown}
          onChange={(event) => set(paperStates.find((s) => s === event.currentTarget.value) ?? state)}
        >
          {paperStates.map((s) => (
            <option key={s} value={s}>
              {named('paper', s)}
            </option>
          ))}
        </select>
      </div>
      <p id={`${id}-why`} className={missing ? 'small dim why' : 'sr'} title={because}>
        {weight === 'by_case' ? `${t('papers.byCase')}. ` : because} {missing && todo}
      </p>
    </li>
  );
}

export function IntakePapers({ form, papers, missing }: Props) {
  const words =
    missing.length > 0 ? t('intake.papers.missing', { n: missing.length }) : t('intake.papers.complete');
  return (
    <section
      id={PANEL_ID}
      className={missing.length > 0 ? 'card bad intake-papers' : 'card intake-papers'}
      aria-labelledby="intake-papers-title"
    >
      <div className="row">
        <h2
          id="intake-papers-title"
          className={missing.length > 0 ? 'bad-text grow' : 'ok grow'}
          aria-live="polite"
        >
          {words}
        </h2>
        <span className="key" aria-hidden="true">
          F7
        </span>
      </div>
      {papers.length === 0 && <p className="dim">{t('papers.none')}</p>}
      <ul>
        {papers.map((line) => (
          <Line key={line.code} form={form} papers={papers} missing={missing} line={line} />
        ))}
      </ul>
      {papers.some((line) => !line.verified) && (
        <p className="small warn-text keys-line">{t('intake.papers.unverified')}</p>
      )}
      <p className="small dim keys-line">{t('intake.papers.keys')}</p>
    </section>
  );
}
