/** An own event written again on another stream: same id, same content, a new place. */
import { eventHash, GENESIS, type Sha256Hex } from '../domain/event.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import type { Link, OwnEvent } from './desk-ports.ts';

/** The events as the first places of a new stream, in the given order. */
export function restream(
  events: readonly Pick<OwnEvent, 'id' | 'raw'>[],
  stream: string,
  sha256: Sha256Hex,
): readonly Link[] {
  let prev = GENESIS;
  return events.map(({ id, raw }, index) => {
    const seq = index + 1;
    const unsealed = { ...(JSON.parse(raw) as object), stream, seq, prev };
    const hash = eventHash(unsealed, sha256);
    prev = hash;
    return { id, seq, hash, raw: canonicalJson({ ...unsealed, hash }) };
  });
}
