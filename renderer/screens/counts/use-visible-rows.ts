/** Which rows of a long grid are drawn: those in view and a few around them, and always the one that has the cursor. */
import { type RefObject, useEffect, useState } from 'react';
import { ROW_HEIGHT, type RowWindow } from './visible-rows.ts';

const AROUND = 8;

function windowOf({ scrollTop, clientHeight }: Element): RowWindow {
  return {
    first: Math.max(0, Math.floor(scrollTop / ROW_HEIGHT) - AROUND),
    last: Math.ceil((scrollTop + clientHeight) / ROW_HEIGHT) + AROUND,
  };
}

export function useVisibleRows(box: RefObject<HTMLElement | null>): RowWindow {
  const [shown, setShown] = useState<RowWindow>({ first: 0, last: 60 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const look = () => {
      const now = windowOf(element);
      setShown((before) => (before.first === now.first && before.last === now.last ? before : now));
    };
    look();
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      watcher.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [box]);
  return shown;
}
