/** The focus follows into a room: to the part that its keys work on, once that part is there. */
import { useEffect } from 'react';

export const CONTENT_ID = 'content';

/** The part marked `data-start="first"`, else the first marked one, else the content itself. */
export function takeStart(): void {
  const content = document.getElementById(CONTENT_ID);
  const marked = (mark: string) => content?.querySelector<HTMLElement>(mark);
  (marked('[data-start="first"]') ?? marked('[data-start]') ?? content)?.focus();
}

/** Nobody chose a place for the focus: it was lost with what it stood on, or waits in the empty room. */
export function isFocusFree(): boolean {
  const at = document.activeElement;
  return at === null || at === document.body || at.id === CONTENT_ID;
}

export function useStart(isThere: boolean): void {
  useEffect(() => {
    if (isThere && isFocusFree()) takeStart();
  }, [isThere]);
}
