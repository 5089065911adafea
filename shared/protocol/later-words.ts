/**
 * Later words: what was held because it came too early is judged again as soon as its subject moves. Each new word gets a number
 * of its own, so that it reaches the inboxes of its author and of everybody who may see it.
 */
import { subjectKey } from '../domain/project.ts';
import { isApplied } from '../domain/verdict.ts';
import type { Held, LaterWord } from './hub-ports.ts';
import { type Bench, judgeEvent } from './judge-line.ts';

/** Judges until nothing moves any more; one that is applied may let the next one in. Oldest first, so the outcome depends on the log alone. */
export function judgeAgain(bench: Bench, held: readonly Held[]): readonly LaterWord[] {
  const words: LaterWord[] = [];
  let waiting = [...held];
  for (let moved = true; moved; ) {
    moved = false;
    for (const { event, sender } of waiting) {
      if (!bench.memory.changed.has(subjectKey(event.subject))) continue;
      const { verdict, scope } = judgeEvent(bench, sender, event);
      if (verdict.kind === 'held') continue;
      words.push({ id: event.id, verdict, scope });
      moved ||= isApplied(verdict);
    }
    const said = new Set(words.map((w) => w.id));
    waiting = waiting.filter(({ event }) => !said.has(event.id));
  }
  return words;
}
