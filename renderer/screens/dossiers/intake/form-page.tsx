/** The page of a declaration: sections in the order of the paper, what the rules say beside, one key to commit. */
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { t } from '../../../text/text.ts';
import { clockTime } from '../../../text/when.ts';
import { Button } from '../../../ui/button.tsx';
import { notice } from '../../../ui/notice.ts';
import { usePageKeys } from '../../../ui/use-page-keys.ts';
import { CardNoteLine } from './card-note.tsx';
import { CopyDialog } from './copy-dialog.tsx';
import { folded, inPairs, openedWith, waitingBehind } from './folding.ts';
import { FormSection } from './form-section.tsx';
import { copiedFromRequester, fieldsOf, parentOf } from './form-values.ts';
import { jumpTo } from './jump.ts';
import { NewbornDialog, NewbornTools } from './newborn-link.tsx';
import { ScanDialog } from './scan-dialog.tsx';
import { useCard } from './use-card.ts';
import { useCardScan } from './use-card-scan.ts';
import type { DossierForm } from './use-dossier-form.ts';
import type { DraftState } from './use-draft-saving.ts';

interface Props {
  readonly form: DossierForm;
  readonly title: string;
  /** Beside the words on the draft: the regime that counts. */
  readonly under?: string | undefined;
  readonly onCommit: () => void;
  /** Field to stand in when the page opens. */
  readonly firstField?: string | undefined;
  readonly notices?: ReactNode;
  /** After the declaration, in its column, with the number that follows: how and when it came. */
  readonly tail?: (no: number) => ReactNode;
  readonly beside: ReactNode;
  /** The line under the form, always in sight. */
  readonly ending: ReactNode;
  /** Further keys of the page. */
  readonly keys?: Readonly<Record<string, () => void>>;
}

function DraftWords({ state }: { readonly state: DraftState }) {
  if (state.kind === 'failed')
    return (
      <span className="bad-text" role="alert">
        {t('form.draft.failed', { sentence: state.problem.sentence, code: state.problem.code })}
      </span>
    );
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

type Open = 'scan' | 'copy' | 'newborn' | null;

interface ToolsProps {
  readonly form: DossierForm;
  readonly onScan: () => void;
  readonly onCopy: () => void;
  readonly onCopyRequester: () => void;
}

function RequesterTools({ form, onScan, onCopy, onCopyRequester }: ToolsProps) {
  const parent = parentOf(form.chain, form.values);
  return (
    <>
      {parent && (
        <Button look="tiny" keys="Shift F4" tabIndex={-1} onClick={onCopyRequester}>
          {t(parent === 'mother' ? 'form.copy.me' : 'form.copy.cha')}
        </Button>
      )}
      <Button look="tiny" keys="F2" tabIndex={-1} onClick={onScan}>
        {t('intake.scan')}
      </Button>
      <Button look="tiny" keys="F4" tabIndex={-1} onClick={onCopy}>
        {t('intake.copy.short')}
      </Button>
    </>
  );
}

/** Opens what is folded under the cursor, and stands in the first field that appears. */
function useFolds(form: DossierForm) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const opening = useRef<{ readonly keys: readonly string[]; readonly before: ReadonlySet<string> } | null>(
    null,
  );
  const { sections, problems } = form.reading;
  const shown = folded(sections, { open, kept: form.kept, problems });
  const more = (key: string) => {
    const keys = openedWith(shown, key);
    if (waitingBehind(shown, key) === 0) {
      setOpen(new Set([...open].filter((k) => !keys.includes(k))));
      return;
    }
    const before = new Set(shown.flatMap((s) => s.fields.map((f) => f.key)));
    opening.current = { keys, before };
    setOpen(new Set([...open, ...keys]));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the fields that were asked for stand there
  useEffect(() => {
    const asked = opening.current;
    opening.current = null;
    if (!asked) return;
    const there = shown.filter((s) => asked.keys.includes(s.key)).flatMap((s) => s.fields);
    const first = there.find((f) => !asked.before.has(f.key));
    if (first) jumpTo(first.key);
  }, [open]);
  return { shown, more };
}

export function FormPage(props: Props) {
  const { form, title, under, onCommit, firstField, notices, tail, beside, ending, keys } = props;
  const page = useRef<HTMLFormElement>(null);
  const catcher = useRef<HTMLInputElement>(null);
  const opening = useRef(firstField ?? fieldsOf(form.chain)[0]?.key ?? '');
  const [dialog, setDialog] = useState<Open>(null);
  const card = useCard(form);
  const { shown, more } = useFolds(form);
  const newborn = shown.some((s) => s.key === 'newborn');
  useEffect(() => jumpTo(opening.current), []);
  useCardScan(page, { catcher, onCard: card.read });

  const copyRequester = () => {
    const copied = copiedFromRequester(form.chain, form.values);
    const n = Object.keys(copied).length;
    if (n > 0) form.patch(copied);
    notice(t(n > 0 ? 'form.copied' : 'form.copied.none', { n }));
  };
  const sectionAtCursor = () =>
    document.activeElement?.closest<HTMLElement>('[data-section]')?.dataset.section ?? shown[0]?.key ?? '';
  usePageKeys({
    'Control+Enter': onCommit,
    F2: () => setDialog('scan'),
    F4: () => setDialog('copy'),
    'Shift+F4': copyRequester,
    F8: () => more(sectionAtCursor()),
    ...(newborn && { 'Control+j': () => setDialog('newborn') }),
    ...keys,
  });
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
    if (page.current && focusNext(page.current)) event.preventDefault();
  };
  const visible = shown.filter((s) => s.fields.length > 0);
  const tools = (key: string) => {
    if (key === 'requester')
      return (
        <RequesterTools
          form={form}
          onScan={() => setDialog('scan')}
          onCopy={() => setDialog('copy')}
          onCopyRequester={copyRequester}
        />
      );
    if (key === 'newborn') return <NewbornTools form={form} onPick={() => setDialog('newborn')} />;
    return null;
  };
  const close = () => setDialog(null);
  return (
    <form
      ref={page}
      className="form-page"
      aria-label={title}
      noValidate
      onKeyDown={onKeyDown}
      onFocus={(event) => card.enter((event.target as HTMLElement).dataset.field ?? '')}
      onSubmit={(event) => {
        event.preventDefault();
        onCommit();
      }}
    >
      <div className="head">
        <h1>{title}</h1>
        <span className="dim" aria-live="polite">
          <DraftWords state={form.draft} />
          {under && ` · ${under}`}
        </span>
      </div>
      {notices}
      <div className="form">
        <div className="form-main">
          <div className="scroll">
            {inPairs(visible).map((pair) => (
              <div key={pair[0]?.key} className={pair.length > 1 ? 'section-pair' : 'section-alone'}>
                {pair.map((section) => (
                  <FormSection
                    key={section.key}
                    section={section}
                    no={visible.indexOf(section) + 1}
                    half={pair.length > 1}
                    form={form}
                    waiting={waitingBehind(shown, section.key)}
                    onMore={() => more(section.key)}
                    tools={tools(section.key)}
                    note={
                      card.note?.section === section.key && <CardNoteLine chain={form.chain} card={card} />
                    }
                  />
                ))}
              </div>
            ))}
            {tail?.(visible.length + 1)}
          </div>
          <div className="form-end">{ending}</div>
        </div>
        <aside className="form-side" aria-label={t('form.side')}>
          {beside}
        </aside>
      </div>
      <input
        ref={catcher}
        className="scan-catcher"
        tabIndex={-1}
        aria-label={t('intake.scan.line')}
        autoComplete="off"
      />
      {dialog === 'scan' && <ScanDialog card={card} onClose={close} />}
      {dialog === 'copy' && <CopyDialog form={form} onClose={close} />}
      {dialog === 'newborn' && <NewbornDialog form={form} onClose={close} />}
    </form>
  );
}
