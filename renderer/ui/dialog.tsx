/** A dialog on the platform's own <dialog>: traps focus, starts in the part marked `data-dialog-start`, else in its text (arrows read on, Tab goes to the buttons), Esc closes it, focus returns. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../text/text.ts';
import { Button } from './button.tsx';

interface Props {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly footer?: ReactNode;
  readonly wide?: boolean;
  /** Keys of this dialog with Ctrl, as `Control+s`: those of the page are silent meanwhile. */
  readonly onKeys?: Readonly<Record<string, () => void>>;
}

export function Dialog({ title, onClose, children, footer, wide = false, onKeys = {} }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    (body.current?.querySelector<HTMLElement>('[data-dialog-start]') ?? body.current)?.focus();
    return () => {
      dialog?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className={wide ? 'box wide' : 'box'}
      aria-labelledby={id}
      onKeyDown={(event) => {
        const action =
          event.ctrlKey || event.metaKey ? onKeys[`Control+${event.key.toLowerCase()}`] : undefined;
        if (!action) return;
        event.preventDefault();
        action();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="inner">
        <header>
          <h2 id={id}>{title}</h2>
          <Button look="tiny" keys="Esc" onClick={onClose}>
            {t('action.close')}
          </Button>
        </header>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
        <section ref={body} className="body" tabIndex={0} aria-labelledby={id}>
          {children}
        </section>
        {footer && <footer>{footer}</footer>}
      </div>
    </dialog>
  );
}
