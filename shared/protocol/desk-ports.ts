/**
 * What the desk's side of the protocol needs from its surroundings. The exchange itself (`exchange.ts`) holds no state: SQLite and HTTP
 * stand behind these ports in the app, plain maps and a simulated wire in the model.
 *
 * An own event has one *place* for each stream on which it was written: the first when it was made, others when it was written
 * again on a new stream. A stream's chain is the gap-free list of its places.
 */
import type {
  AccessAnchor,
  BatchHeader,
  Hello,
  HelloReply,
  InboxReply,
  OwnReply,
  Receipt,
  ReplaceStream,
  Returned,
  Seen,
} from '../contract/sync/messages.ts';
import type { AccessHead } from '../domain/access.ts';

export interface Tip {
  readonly seq: number;
  readonly hash: string;
}
/** One place of one own event: the event as it stands on that stream, canonical JSON. */
export interface Link extends Tip {
  readonly id: string;
  readonly raw: string;
}
export interface SealedBatch {
  /** SHA-256 of `header`. */
  readonly id: string;
  readonly fromSeq: number;
  readonly toSeq: number;
  /** Compact JWS of a `BatchHeader`. */
  readonly header: string;
  readonly body: Uint8Array;
}
export interface Limits {
  readonly events: number;
  readonly bytes: number;
}
/** An own event with the city's number for it, if it ever gave one. */
export interface OwnEvent {
  readonly id: string;
  readonly raw: string;
  readonly hub: number | null;
}

/** Every write is one transaction, durable when it returns. */
export interface DeskStore {
  readonly device: string;
  /** The stream that is written now. */
  stream(): string;
  /** The epoch last reconciled with; null before the first exchange. */
  epoch(): string | null;

  tip(stream: string): Tip;
  /** Hash at a place of a stream as it stands here, genesis at 0; undefined beyond the tip. */
  hashAt(stream: string, seq: number): string | undefined;
  links(stream: string, after: number, limit: number): readonly Link[];
  /** False where the content of a place after this number was taken off this machine: such a place is never sent again. */
  whole(stream: string, after: number): boolean;
  /** Places up to this number have a receipt that still stands. */
  acked(stream: string): number;
  /** The JWS of the receipt with the greatest `to` of this stream. */
  newestReceipt(stream: string): string | null;

  /** The sealed batch that begins at `from`, if one is kept. */
  sealed(stream: string, from: number): SealedBatch | null;
  keepSealed(stream: string, batch: SealedBatch): void;
  dropSealed(id: string): void;
  countAttempt(id: string): void;

  /**
   * Receipt, verdicts and `acked` together. The same again changes nothing. Of another one of the same batch and epoch the words
   * count, the first receipt stays: the city was put back to an epoch that it had left.
   */
  keepReceipt(receipt: Receipt, jws: string): void;
  inboxAfter(epoch: string): number;
  /** The newest place of the city's log that a page of the inbox showed. */
  seen(): Seen | null;
  /**
   * Unknown events are inserted. Of two words of one epoch on an event the one with the greater hub number stands; a word of another
   * epoch than the kept one replaces it, for the city never speaks in an older epoch than before.
   */
  keepInbox(page: InboxReply): void;
  /**
   * Own events that came back: unknown ones are inserted (beside what this machine may have written at the same place), words and
   * receipts are kept, also the words in receipts of older epochs, as said in the page's epoch: what the city shows of its past
   * stands in the present. Nothing is written on `stream()`.
   */
  keepOwn(page: OwnReply): void;

  /** Ids of all events kept here in full, own and others', in pages of at most `limit`, by local number. */
  idsAfter(n: number, limit: number): readonly { readonly n: number; readonly id: string }[];
  /** Own events among these ids, in the order in which the city knew them, then in that of their making. */
  ownAmong(ids: readonly string[]): readonly OwnEvent[];
  /** Events of others among these ids with their newest marks. */
  marked(ids: readonly string[]): Returned['events'];

  /**
   * A new own stream becomes the one that is written; `links` are its first places. The old one keeps its places. `acked` of the
   * new one is 0, sealed batches of the old one are dropped. The old one counts as untold.
   */
  openStream(opened: {
    readonly stream: string;
    readonly why: ReplaceStream['why'];
    readonly links: readonly Link[];
  }): void;
  /**
   * The reason given to `openStream`, by a recovery or by a start of this machine that found its store put back, until `settle`: a
   * recovery that was cut after it opened its stream begins again.
   */
  recovering(): ReplaceStream['why'] | null;
  /** Streams that another one replaced and of which the city was not told in this epoch: one that was put back may have forgotten. */
  untold(epoch: string): readonly {
    readonly stream: string;
    readonly replacedBy: string;
    readonly why: ReplaceStream['why'];
  }[];
  told(stream: string, epoch: string): void;
  /**
   * Ends a recovery. If the epoch is a new one: words that older epochs said with a hub number above `since` are void (such events
   * wait again), sealed batches are dropped, the inbox goes on from the smaller of its cursor and `since`. `acked` of `stream()` is
   * `acked`, or less: no place whose word is void counts, also where another road brought it to the city meanwhile.
   */
  settle(epoch: string, since: number, acked: number): void;
  keepGreeting(reply: HelloReply, clockOffsetMs: number): void;
  /** How far the access log goes; null while it is empty, or the city that last greeted knows of none. */
  accessHead(): AccessHead | null;
  /** Up to which entry a receipt or an answer of the city names the access log. */
  accessAnchored(): number;
  keepAnchor(anchor: AccessAnchor, jws: string): void;
}

/** The greeting under which something is asked: an answer of another epoch is none. */
export type Greeted = Pick<HelloReply, 'challenge' | 'epoch'>;

/** Answers come verified: signature, purpose, schema, addressee, epoch. Each call may fail with a `Problem`; nothing of a failed call counts. */
export interface CityPort {
  /** The caller fills in what names this program; `nonce` is checked here. */
  hello(message: Pick<Hello, 'stream' | 'seq' | 'head' | 'epoch' | 'witness' | 'seen'>): Promise<HelloReply>;
  /** Retries are the caller's. `BATCH_TOO_LARGE` where the city or a proxy will not take so much. */
  sendBatch(stream: string, batch: SealedBatch): Promise<{ readonly receipt: Receipt; readonly jws: string }>;
  inbox(after: number, under: Greeted): Promise<InboxReply>;
  own(after: number, under: Greeted): Promise<OwnReply>;
  /** Lacking ids among the asked ones (at most `MISSING_PAGE`). */
  missing(ids: readonly string[], under: Greeted): Promise<readonly string[]>;
  returned(events: Returned['events'], under: Greeted): Promise<void>;
  replaceStream(message: ReplaceStream, under: Greeted): Promise<void>;
  anchorAccess(
    said: { readonly stream: string; readonly head: AccessHead },
    under: Greeted,
  ): Promise<{ readonly anchor: AccessAnchor; readonly jws: string }>;
}

export interface Sealing {
  sha256(data: string | Uint8Array): string;
  /** gzip; the same input gives the same bytes. */
  pack(lines: readonly string[]): Uint8Array;
  signHeader(header: BatchHeader): Promise<string>;
}
