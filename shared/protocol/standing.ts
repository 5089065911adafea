/** Where a desk stands after the city's greeting: the city's signed word against the desk's own chain, never a memory of having sent. */
import type { HelloReply, ReplaceStream } from '../contract/sync/messages.ts';
import type { DeskStore } from './desk-ports.ts';

export type Standing =
  /** The city's place stands in our chain: sending goes on. */
  | { readonly kind: 'joined' }
  /** In the same epoch the city remembers less than it signed: it was put back and does not know it yet. */
  | { readonly kind: 'city_forgot' }
  /** One of the two was put back or cloned, or a recovery was cut: recover before anything is sent. `broken`: this stream takes nothing more. */
  | { readonly kind: 'apart'; readonly why: ReplaceStream['why']; readonly broken: boolean };

const broken = (why: ReplaceStream['why']): Standing => ({ kind: 'apart', why, broken: true });
const unsure = (why: ReplaceStream['why']): Standing => ({ kind: 'apart', why, broken: false });

export function standingOf(
  store: Pick<DeskStore, 'stream' | 'epoch' | 'tip' | 'hashAt' | 'acked' | 'recovering'>,
  reply: Pick<HelloReply, 'epoch' | 'frozen' | 'acked'>,
): Standing {
  const stream = store.stream();
  const epoch = store.epoch();
  const found = store.recovering();
  if (reply.frozen) return broken('frozen');
  if (reply.acked.seq > store.tip(stream).seq) return broken('behind');
  if (store.hashAt(stream, reply.acked.seq) !== reply.acked.hash) return broken('forked');
  if (found !== null) return unsure(found);
  if (epoch !== null && epoch !== reply.epoch) return unsure('city_restored');
  return reply.acked.seq < store.acked(stream) ? { kind: 'city_forgot' } : { kind: 'joined' };
}
