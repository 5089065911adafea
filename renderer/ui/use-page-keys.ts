/** Keys of one page that work wherever the focus stands, also when it was lost. */
import { useEffect, useRef } from 'react';

type Keys = Readonly<Record<string, () => void>>;

export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName))
  );
}

/** `Control+Enter`, `F4`, `Shift+F4`, or a single letter, which is silent while something is typed or chosen. */
function nameOf(event: KeyboardEvent): string | null {
  if (event.key.length > 1) {
    const shift = event.shiftKey && /^F\d+$/.test(event.key) ? 'Shift+' : '';
    return `${event.ctrlKey || event.metaKey ? 'Control+' : ''}${shift}${event.key}`;
  }
  if (event.altKey) return null;
  const letter = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) return `Control+${letter}`;
  return isTyping(event.target) ? null : letter;
}

export function usePageKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const action = latest.current[nameOf(event) ?? ''];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
