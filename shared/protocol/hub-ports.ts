/**
 * What the city's side of the protocol needs from its surroundings: a transaction over the log. PostgreSQL stands behind it in the
 * hub, plain maps in the model.
 */
import type { BatchHeader, Receipt } from '../contract/sync/messages.ts';
import type { AccessHead } from '../domain/access.ts';
import type { Event } from '../domain/event.ts';
import type { Subject } from '../domain/project.ts';
import type { Role } from '../domain/verbs.ts';
import type { Verdict } from '../domain/verdict.ts';

/** The least that an event must have to keep its place in the chain. The rest may be newer than this hub, or wrong. */
export interface Envelope {
  readonly id: string;
  readonly schema: number;
  readonly stream: string;
  readonly seq: number;
  readonly device: string;
  readonly prev: string;
  readonly hash: string;
  readonly [other: string]: unknown;
}
export type Reading =
  | { readonly kind: 'event'; readonly event: Event }
  /** Made by a newer desk in a shape that this hub does not know. */
  | { readonly kind: 'newer' }
  | { readonly kind: 'wrong'; readonly field: string };
export interface Line {
  readonly envelope: Envelope;
  readonly reading: Reading;
  /** The canonical JSON as received. */
  readonly raw: string;
}

export interface Stream {
  readonly id: string;
  readonly device: string;
  readonly acked: number;
  readonly head: string;
  readonly frozen: boolean;
}
/** The city's newest word on a place of a stream. */
export interface Result {
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly hub: number;
  readonly verdict: Verdict;
}
export interface FirstCopy {
  readonly id: string;
  readonly raw: string;
  readonly hub: number;
  readonly verdict: Verdict;
}
export interface Judged {
  readonly line: Line;
  readonly verdict: Verdict;
  /** Who may see this event; empty where it was not applied. */
  readonly scope: readonly string[];
}
/** An event that waits at the city, with what is needed to judge it again. */
export interface Held {
  readonly event: Event;
  readonly sender: Sender;
}
/** A later word on an event: what was held is judged, or an applied one is shown to more offices. */
export interface LaterWord {
  readonly id: string;
  readonly verdict: Verdict;
  readonly scope: readonly string[];
}
export interface Sender {
  readonly office: string;
  /** The city took this device's rights away; what it still handed over waits for a person. */
  readonly revoked?: true;
  readonly roles: ReadonlyMap<string, Role>;
  /** Streams that this one replaced, each up to the place that its author knew. */
  readonly lineage: readonly { readonly stream: string; readonly upTo: number }[];
}
export interface Memory {
  /** By `subjectKey`. */
  readonly subjects: Map<string, Subject>;
  /** Applied events of subjects whose history a judgement may need, in the order of their revisions. */
  readonly applied: Map<string, Event[]>;
  /** SHA-256 of the files that these events name and that are whole at the city. */
  readonly files: ReadonlySet<string>;
  /** Keys of the subjects that were changed. */
  readonly changed: Set<string>;
}

/** One transaction. Numbers are given under one lock from judging to commit: nothing can still appear below a number that was read. */
export interface HubTx {
  /** Takes the row lock that makes the stream's writer the only one; null where no such stream of this device stands. */
  lockStream(stream: string, device: string): Promise<Stream | null>;
  /** Of this epoch: under another one the same bytes get a new receipt, which says what stands now. */
  findReceipt(batch: string, epoch: string): Promise<string | null>;
  storedRange(stream: string, range: { from: number; to: number }): Promise<ReadonlyMap<number, Result>>;
  /** Takes the lock of the order; kept to the end of the transaction. */
  lockOrder(): Promise<void>;
  firstCopies(ids: readonly string[]): Promise<ReadonlyMap<string, FirstCopy>>;
  loadMemory(events: readonly Event[]): Promise<Memory>;
  sender(device: string, stream: string): Promise<Sender>;
  /** Numbers by stream sequence. */
  insertEvents(judged: readonly Judged[], now: number): Promise<ReadonlyMap<number, number>>;
  insertRepeats(
    results: readonly { readonly line: Line; readonly verdict: Verdict }[],
    now: number,
  ): Promise<void>;
  /** Events whose newest word is `held`, of these subjects, oldest first. */
  heldOf(subjects: readonly Event['subject'][]): Promise<readonly Held[]>;
  insertLaterWords(words: readonly LaterWord[], now: number): Promise<void>;
  saveSubjects(subjects: readonly Subject[]): Promise<void>;
  advanceStream(stream: Pick<Stream, 'id' | 'acked' | 'head'>): Promise<void>;
  insertReceipt(receipt: Receipt, jws: string): Promise<void>;
  /** One that goes back on its stream is not kept, and told to an officer. */
  keepAccessHead(
    said: AccessHead & Pick<Stream, 'device'> & { readonly stream: string },
    now: number,
  ): Promise<void>;
}

export interface SignedBatch {
  readonly header: BatchHeader;
  /** SHA-256 of the header as sent: names the batch. */
  readonly hash: string;
}
