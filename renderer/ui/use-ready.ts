/** Marks the page as loaded once the first room has its data: printing and tests wait for it. */
import { useEffect } from 'react';

export function useReady(loaded: boolean): void {
  useEffect(() => {
    if (loaded) document.body.dataset.ready = '1';
  }, [loaded]);
}
