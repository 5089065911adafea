/** An event that came before, perhaps on another stream (a desk that was restored): its first verdict stands, its effect is not repeated. */

import type { Verdict } from '../../shared/domain/verdict.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { must } from '../../shared/lib/must.ts';
import type { CityTx } from '../db/handle.ts';
import { firstCopies, type insertRepeats, type StoredEvent } from '../db/queries/stored-event.ts';
import type { Line } from './open-batch.ts';

type First =
  | { readonly kind: 'stored'; readonly hub: number; readonly verdict: Verdict }
  | { readonly kind: 'in_batch'; readonly seq: number };
interface Repeat {
  readonly line: Line;
  readonly first: First;
  /** Whether it says what the first one said; the same id with another content is refused. */
  readonly same: boolean;
}

export async function splitRepeats(
  tx: CityTx,
  lines: readonly Line[],
): Promise<{ firsts: Line[]; repeats: Repeat[] }> {
  const stored = await firstCopies(
    tx,
    lines.map((l) => l.envelope.id),
  );
  const inBatch = new Map<string, Line>();
  const [firsts, repeats]: [Line[], Repeat[]] = [[], []];
  for (const line of lines) {
    const [copy, earlier] = [stored.get(line.envelope.id), inBatch.get(line.envelope.id)];
    if (copy)
      repeats.push({ line, first: { ...copy, kind: 'stored' }, same: saysTheSame(copy.raw, line.raw) });
    else if (earlier)
      repeats.push({
        line,
        first: { kind: 'in_batch', seq: earlier.envelope.seq },
        same: saysTheSame(earlier.raw, line.raw),
      });
    else {
      inBatch.set(line.envelope.id, line);
      firsts.push(line);
    }
  }
  return { firsts, repeats };
}

/** Everything but the place in the stream must be equal. */
function saysTheSame(a: string, b: string): boolean {
  const [left, right] = [a, b].map((raw) => {
    const {
      stream: _stream,
      seq: _seq,
      prev: _prev,
      hash: _hash,
      ...said
    } = JSON.parse(raw) as Record<string, unknown>;
    return canonicalJson(said);
  });
  return left === right;
}

export function resultOf(
  { line, first, same }: Repeat,
  results: ReadonlyMap<number, StoredEvent>,
): StoredEvent {
  const { hub, verdict } = first.kind === 'stored' ? first : must(results.get(first.seq), 'first copy');
  return {
    ...line.envelope,
    hub,
    verdict: same ? verdict : { kind: 'rejected', code: 'EVENT_BODY_INVALID', field: 'id', revision: 0 },
  };
}

export function repeatRow(
  { line: { envelope, raw } }: Repeat,
  verdict: Verdict,
  now: number,
): Parameters<typeof insertRepeats>[1][number] {
  return {
    stream: envelope.stream,
    seq: envelope.seq,
    id: envelope.id,
    raw,
    hash: envelope.hash,
    verdict,
    receivedAt: new Date(now),
  };
}
