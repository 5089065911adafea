/** The whole window in front of everything else, other dialogs too: nothing behind can be reached or read. */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { t } from '../text/text.ts';
import { useReady } from './use-ready.ts';
import './sign-in.css';

export function GateFrame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useReady(true);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    // What is typed first, not the choice above it.
    dialog?.querySelector<HTMLElement>('input:not([type="radio"], [type="checkbox"])')?.focus();
    const before = document.title;
    document.title = `${title} - ${t('app.name')}`;
    return () => {
      document.title = before;
      dialog?.close();
    };
  }, [title]);
  return (
    <dialog ref={ref} className="gate" aria-labelledby={id} onCancel={(event) => event.preventDefault()}>
      <div className="card stack">
        <span className="shell-name">{t('app.name')}</span>
        <h1 id={id}>{title}</h1>
        {children}
      </div>
    </dialog>
  );
}
