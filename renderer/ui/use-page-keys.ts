/** Keys of one page that work wherever the focus stands, also when it was lost. */
import { useEffect, useRef } from 'react';

type Keys = Readonly<Record<string, () => void>>;

export function usePageKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || document.querySelector('dialog[open]')) return;
      const action = latest.current[`${event.ctrlKey || event.metaKey ? 'Control+' : ''}${event.key}`];
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
