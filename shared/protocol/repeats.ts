/** An event that came before, perhaps on another stream (a desk that was put back): the word on it stands, its effect is not repeated. */

import type { Verdict } from '../domain/verdict.ts';
import { canonicalJson } from '../lib/canonical-json.ts';
import { must } from '../lib/must.ts';
import type { HubTx, Line, Result } from './hub-ports.ts';

type First =
  | { readonly kind: 'stored'; readonly hub: number; readonly verdict: Verdict }
  | { readonly kind: 'in_batch'; readonly seq: number };
export interface Repeat {
  readonly line: Line;
  readonly first: First;
  /** Whether it says what the first one said; the same id with another content is refused. */
  readonly same: boolean;
}

export async function splitRepeats(
  tx: Pick<HubTx, 'firstCopies'>,
  lines: readonly Line[],
): Promise<{ firsts: Line[]; repeats: Repeat[] }> {
  const stored = await tx.firstCopies(lines.map((l) => l.envelope.id));
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

export function resultOf({ line, first, same }: Repeat, results: ReadonlyMap<number, Result>): Result {
  const { hub, verdict } = first.kind === 'stored' ? first : must(results.get(first.seq), 'first copy');
  return {
    ...placeOf(line),
    hub,
    verdict: same ? verdict : { kind: 'rejected', code: 'EVENT_BODY_INVALID', field: 'id', revision: 0 },
  };
}

export function placeOf({ envelope: { seq, id, hash } }: Line): Pick<Result, 'seq' | 'id' | 'hash'> {
  return { seq, id, hash };
}
