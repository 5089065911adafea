/** Tabs by the book: arrows move between them, Tab goes into the panel. */
import { type KeyboardEvent, type ReactNode, useId } from 'react';

interface Props<N extends string> {
  readonly label: string;
  /** `keys`: the key of the page that opens it, where there is one. */
  readonly tabs: readonly { readonly name: N; readonly text: string; readonly keys?: string }[];
  readonly current: N;
  readonly onPick: (name: N) => void;
  readonly children: ReactNode;
}

export function Tabs<N extends string>({ label, tabs, current, onPick, children }: Props<N>) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const at = tabs.findIndex((tab) => tab.name === current);
    const next = tabs[(at + step + tabs.length) % tabs.length];
    if (!next) return;
    event.preventDefault();
    onPick(next.name);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next.name}"]`)?.focus();
  };
  return (
    <>
      <div className="tabs" role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(({ name, text, keys }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`${id}${name}`}
            data-tab={name}
            aria-selected={name === current}
            aria-controls={`${id}panel`}
            tabIndex={name === current ? 0 : -1}
            data-start={name === current ? '' : undefined}
            onClick={() => onPick(name)}
          >
            {text}
            {keys && (
              <span className="key" aria-hidden="true">
                {keys}
              </span>
            )}
          </button>
        ))}
      </div>
      <div
        className="tab-panel scroll"
        role="tabpanel"
        id={`${id}panel`}
        aria-labelledby={`${id}${current}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling panel must be reachable by keyboard
        tabIndex={0}
      >
        {children}
      </div>
    </>
  );
}
