/** The page of a declaration: sections in the order of the paper, checks and due days beside, one key to commit. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { regimeOn } from '../../../shared/catalogue/regimes.ts';
import { forms } from '../../../shared/domain/dossier-form.ts';
import type { LocalTime } from '../../../shared/lib/local-date.ts';
import { t } from '../../text/text.ts';
import { clockTime } from '../../text/when.ts';
import { Button } from '../../ui/button.tsx';
import { notice } from '../../ui/notice.ts';
import { usePageKeys } from '../../ui/use-page-keys.ts';
import { FormSection } from './form-section.tsx';
import { Dues, jumpTo, Problems } from './form-side.tsx';
import { copiedFromRequester, fieldsOf } from './form-values.ts';
import type { DossierForm } from './use-dossier-form.ts';
import type { DraftState } from './use-draft-saving.ts';

interface Props {
  readonly form: DossierForm;
  readonly title: string;
  readonly received: LocalTime;
  readonly commitWord: string;
  readonly busy: boolean;
  /** A correction: the due days were fixed at reception and are not shown as if they moved. */
  readonly correcting?: boolean;
  readonly onCommit: () => void;
  /** Field to stand in when the page opens. */
  readonly firstField?: string | undefined;
  readonly notices?: ReactNode;
  /** Beside the form, under the checks: what a correction changes. */
  readonly beside?: ReactNode;
  /** Controls before the button, always in sight: deciding commune, channel, the reason of a correction. */
  readonly ending?: ReactNode;
}

function DraftWords({ state }: { readonly state: DraftState }) {
  if (state.kind === 'failed')
    return <span className="bad-text">{t('form.draft.failed', { sentence: state.problem.sentence })}</span>;
  const text =
    state.kind === 'saved'
      ? t('form.draft.saved', { time: clockTime(state.at) })
      : t(state.kind === 'typing' ? 'form.draft.typing' : 'form.draft.none');
  return <span data-testid="draft-state">{text}</span>;
}

/** Goes to the control after the one that has the focus, in the order of the paper. */
function focusNext(page: HTMLElement): boolean {
  const controls = [...page.querySelectorAll<HTMLElement>('[data-field]:not(:disabled)')];
  const at = controls.findIndex((c) => c.matches(':focus'));
  if (at < 0) return false;
  const next = controls[at + 1] ?? page.querySelector<HTMLElement>('[data-commit]');
  next?.focus();
  if (next instanceof HTMLInputElement && next.type !== 'checkbox') next.select();
  return true;
}

export function FormPage({
  form,
  title,
  received,
  commitWord,
  busy,
  correcting = false,
  onCommit,
  firstField,
  notices,
  beside,
  ending,
}: Props) {
  const page = useRef<HTMLFormElement>(null);
  const regime = regimeOn(received.date);
  const opening = useRef(firstField ?? fieldsOf(form.chain)[0]?.key ?? '');
  useEffect(() => jumpTo(opening.current), []);

  const copy = () => {
    const copied = copiedFromRequester(form.chain, form.values);
    const n = Object.keys(copied).length;
    if (n > 0) form.patch(copied);
    notice(t(n > 0 ? 'form.copied' : 'form.copied.none', { n }));
  };
  usePageKeys({ 'Control+Enter': onCommit, F4: copy });
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (page.current && focusNext(page.current)) event.preventDefault();
  };
  return (
    <form
      ref={page}
      className="form-page"
      aria-label={title}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        onCommit();
      }}
    >
      <div className="head">
        <h1>{title}</h1>
        <span className="dim" aria-live="polite">
          <DraftWords state={form.draft} />
          {regime && ` · ${t('form.regime', { name: regime.name })}`}
        </span>
      </div>
      {notices}
      <div className="form">
        <div className="form-main">
          <div className="scroll">
            {forms[form.chain].map((section, i) => (
              <FormSection
                key={section.key}
                section={section}
                no={i + 1}
                form={form}
                onCopy={copy}
                rule={regime?.chains[form.chain]}
              />
            ))}
          </div>
          <div className="form-end">
            {ending}
            <Button type="submit" look="primary" keys="Ctrl Enter" data-commit="" disabled={busy}>
              {busy ? t('form.running') : commitWord}
            </Button>
            {!correcting && <span className="dim">{t('form.kept')}</span>}
          </div>
        </div>
        <aside className="form-side" aria-label={t('form.side')}>
          <Problems
            chain={form.chain}
            problems={form.reading.problems}
            tried={form.tried}
            correcting={correcting}
          />
          {beside}
          {!correcting && <Dues chain={form.chain} reading={form.reading} received={received} />}
        </aside>
      </div>
    </form>
  );
}
