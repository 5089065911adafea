/** Events as a desk reads them: each with the city's mark, by which any desk can prove later that the city held it. */
import { type HeldEvent, markText } from '../../shared/contract/sync/messages.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import type { HubKeys } from '../keys.ts';

/** An event with a word of the city and the number of that word. */
export interface Item {
  readonly hub: number;
  readonly event: Event;
  readonly verdict: Verdict;
}

export function marked(keys: Pick<HubKeys, 'marks'>, epoch: string, items: readonly Item[]): HeldEvent[] {
  return items.map((item) => ({ ...item, mark: keys.marks.sign(markText(epoch, item.hub, item.event)) }));
}
