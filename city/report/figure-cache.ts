/** Figures that were counted lately: the same question about the same state of the log is answered once, however many ask. */
import type { CityFigures } from './figures.ts';

export interface FigureCache {
  /** `name`: the question and the state of the log that it is about. */
  answer(name: string, count: () => Promise<CityFigures>): Promise<CityFigures>;
}

export function newFigureCache(most: number): FigureCache {
  const kept = new Map<string, Promise<CityFigures>>();
  return {
    answer(name, count) {
      const found = kept.get(name) ?? count();
      // The one that was asked for last is the last to go; one that failed is asked anew.
      kept.delete(name);
      kept.set(name, found);
      found.catch(() => kept.delete(name));
      for (const oldest of kept.keys()) {
        if (kept.size <= most) break;
        kept.delete(oldest);
      }
      return found;
    },
  };
}
