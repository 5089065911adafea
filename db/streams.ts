/** A new own stream takes the place of the present one, and what the city has not answered goes on it. Part of a transaction. */
import type { ReplaceStream } from '../shared/contract/sync/messages.ts';
import { eventHash, type SubjectKind } from '../shared/domain/event.ts';
import { canonicalJson } from '../shared/lib/canonical-json.ts';
import type { Link } from '../shared/protocol/desk-ports.ts';
import type { WriteTx } from './handle.ts';
import { voidWords } from './queries/delivery.ts';
import { writeRecovering } from './queries/device.ts';
import { currentStream, homelessEvents, insertLinks, replaceCurrent, streamTip } from './queries/stream.ts';
import { sha256 } from './write.ts';

export interface Opening {
  readonly stream: string;
  readonly why: ReplaceStream['why'];
  /** First places: events that the city said it lacks. */
  readonly links: readonly Link[];
  readonly at: string;
}

/** Answers the subjects whose words became void: the city lacks those events, so they wait again. */
export function openStream(
  tx: WriteTx,
  { links, ...opened }: Opening,
): { readonly kind: SubjectKind; readonly id: string }[] {
  const voided = voidWords(tx, { ids: links.map((link) => link.id) });
  replaceCurrent(tx, opened);
  // Until `settle`: a recovery that is cut after this begins again.
  writeRecovering(tx, opened.why);
  insertLinks(tx, opened.stream, links);
  appendHomeless(tx);
  return voided;
}

/**
 * Own events without an answer whose place on an old stream can bring none any more: written while the city was asked what it lacks,
 * or taken in while their receipt was lost. They are written again at the end of the present stream; what the city holds is a repeat.
 */
export function appendHomeless(tx: WriteTx): void {
  const stream = currentStream(tx);
  let { seq, hash } = streamTip(tx, stream);
  const links = homelessEvents(tx).map(({ id, raw }): Link => {
    const unsealed = { ...(JSON.parse(raw) as object), stream, seq: ++seq, prev: hash };
    hash = eventHash(unsealed, sha256);
    return { id, seq, hash, raw: canonicalJson({ ...unsealed, hash }) };
  });
  insertLinks(tx, stream, links);
}
