/** A desk's store in plain maps: one word of the city per event, places by stream, copies for backup, restore and clone. */
import {
  type HeldEvent,
  type InboxReply,
  type Receipt,
  type ReplaceStream,
  type Returned,
  receipt as receiptSchema,
  type Seen,
} from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { type Event, GENESIS } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { must } from '../../shared/lib/must.ts';
import type { DeskStore, Link, SealedBatch } from '../../shared/protocol/desk-ports.ts';
import { readableOf } from '../../shared/protocol/own-page.ts';
import { keysOf, openJws } from './keys.ts';

export interface Kept {
  readonly n: number;
  readonly id: string;
  readonly raw: string;
  readonly event: Event;
  readonly own: boolean;
}
export interface DeskWord {
  readonly hub: number;
  readonly epoch: string;
  readonly verdict: Verdict;
}
interface Replaced {
  readonly stream: string;
  readonly replacedBy: string;
  readonly why: ReplaceStream['why'];
  /** Epoch in which the city was told. */
  readonly told: string | null;
}
interface StandingSeal {
  readonly stream: string;
  readonly batch: SealedBatch;
}
export interface DeskDb {
  stream: string;
  epoch: string | null;
  cursor: number;
  seen: Seen | null;
  recovering: ReplaceStream['why'] | null;
  readonly acked: Map<string, number>;
  /** Places by stream. A list is never changed in place. */
  readonly chains: Map<string, readonly Link[]>;
  readonly events: Map<string, Kept>;
  readonly words: Map<string, DeskWord>;
  /** The last number that the city ever gave. */
  readonly numbers: Map<string, number>;
  readonly marks: Map<string, Returned['events'][number]>;
  readonly receipts: Map<string, { readonly receipt: Receipt; readonly jws: string }>;
  readonly sealed: Map<string, StandingSeal>;
  replaced: readonly Replaced[];
}

export function emptyDesk(stream: string): DeskDb {
  return {
    stream,
    epoch: null,
    cursor: 0,
    seen: null,
    recovering: null,
    acked: new Map(),
    chains: new Map([[stream, []]]),
    events: new Map(),
    words: new Map(),
    numbers: new Map(),
    marks: new Map(),
    receipts: new Map(),
    sealed: new Map(),
    replaced: [],
  };
}

export function copyDesk(db: DeskDb): DeskDb {
  return {
    ...db,
    acked: new Map(db.acked),
    chains: new Map(db.chains),
    events: new Map(db.events),
    words: new Map(db.words),
    numbers: new Map(db.numbers),
    marks: new Map(db.marks),
    receipts: new Map(db.receipts),
    sealed: new Map(db.sealed),
  };
}

const chainOf = (db: DeskDb, stream: string): readonly Link[] => db.chains.get(stream) ?? [];

export function insertKept(db: DeskDb, event: Event, raw: string, own: boolean): void {
  if (!db.events.has(event.id))
    db.events.set(event.id, { n: db.events.size + 1, id: event.id, raw, event, own });
}

/** Own events without a standing word of the city. */
export function waiting(db: DeskDb): Kept[] {
  return [...db.events.values()].filter((e) => e.own && !db.words.has(e.id));
}

export function append(db: DeskDb, stream: string, link: Link): void {
  db.chains.set(stream, [...chainOf(db, stream), link]);
}

/** Of two words of one epoch the later stands; what comes is never of an older epoch than what is there. */
function hear(db: DeskDb, id: string, word: DeskWord): void {
  db.numbers.set(id, word.hub);
  const old = db.words.get(id);
  if (!old || word.epoch !== old.epoch || word.hub > old.hub) db.words.set(id, word);
}

function keepPage(
  db: DeskDb,
  device: string,
  page: Pick<InboxReply, 'epoch'> & { readonly events: readonly HeldEvent[] },
): void {
  for (const { hub, event, verdict, mark } of page.events) {
    insertKept(db, event, canonicalJson(event), event.device === device);
    hear(db, event.id, { hub, epoch: page.epoch, verdict });
    const old = db.marks.get(event.id);
    if (!old || old.epoch !== page.epoch || hub >= old.hub)
      db.marks.set(event.id, { hub, event, mark, epoch: page.epoch });
  }
}

const receiptKey = ({ epoch, batch }: Receipt): string => `${epoch}/${batch}`;

/** `epoch`: the one in which the city shows it; what it shows of its own past stands in the present. */
function keepReceipt(db: DeskDb, receipt: Receipt, jws: string, epoch = receipt.epoch): void {
  for (const [id, kept] of db.sealed) if (kept.batch.id === receipt.batch) db.sealed.delete(id);
  const key = receiptKey(receipt);
  if (!db.receipts.has(key)) db.receipts.set(key, { receipt, jws });
  for (const { id, hub, seq: _, ...verdict } of receipt.verdicts) hear(db, id, { hub, epoch, verdict });
  const acked = db.acked.get(receipt.stream) ?? 0;
  if (receipt.from <= acked + 1 && receipt.to > acked) db.acked.set(receipt.stream, receipt.to);
}

/** Places up to this number have a word that stands. */
function answeredUpTo(db: DeskDb, stream: string): number {
  const chain = chainOf(db, stream);
  const open = chain.findIndex((link) => !db.words.has(link.id));
  return open < 0 ? chain.length : open;
}

/** What older epochs said of numbers above `since` is void. */
function voidWords(db: DeskDb, epoch: string, since: number): void {
  for (const [id, word] of db.words) if (word.epoch !== epoch && word.hub > since) db.words.delete(id);
}

export function deskStore(device: string, db: DeskDb): DeskStore {
  return {
    device,
    stream: () => db.stream,
    epoch: () => db.epoch,
    tip: (stream) => {
      const last = chainOf(db, stream).at(-1);
      return last ? { seq: last.seq, hash: last.hash } : { seq: 0, hash: GENESIS };
    },
    hashAt: (stream, seq) => (seq === 0 ? GENESIS : chainOf(db, stream)[seq - 1]?.hash),
    links: (stream, after, limit) => chainOf(db, stream).slice(after, after + limit),
    whole: () => true,
    acked: (stream) => db.acked.get(stream) ?? 0,
    newestReceipt: (stream) => {
      const of = [...db.receipts.values()].filter((r) => r.receipt.stream === stream);
      return of.sort((a, b) => a.receipt.to - b.receipt.to).at(-1)?.jws ?? null;
    },
    sealed: (stream, from) =>
      [...db.sealed.values()].find((s) => s.stream === stream && s.batch.fromSeq === from)?.batch ?? null,
    keepSealed: (stream, batch) => void db.sealed.set(batch.id, { stream, batch }),
    dropSealed: (id) => void db.sealed.delete(id),
    countAttempt: () => undefined,
    keepReceipt: (receipt, jws) => keepReceipt(db, receipt, jws),
    inboxAfter: (epoch) => (db.epoch === epoch ? db.cursor : 0),
    seen: () => db.seen,
    keepInbox: (page) => {
      keepPage(db, device, page);
      db.cursor = page.next;
      db.seen = page.seen ?? db.seen;
    },
    keepOwn: (page) => {
      keepPage(db, device, { ...page, events: readableOf(page) });
      for (const jws of page.receipts) {
        const parsed = receiptSchema.safeParse(openJws(keysOf('city'), TYP.receipt, jws));
        if (parsed.success) keepReceipt(db, parsed.data, jws, page.epoch);
      }
    },
    idsAfter: (n, limit) => [...db.events.values()].slice(n, n + limit).map((e) => ({ n: e.n, id: e.id })),
    ownAmong: (ids) => {
      const own = ids.flatMap((id) => {
        const kept = db.events.get(id);
        return kept?.own ? [{ ...kept, hub: db.numbers.get(id) ?? null }] : [];
      });
      const last = Number.MAX_SAFE_INTEGER;
      return own.sort((a, b) => (a.hub ?? last) - (b.hub ?? last) || a.n - b.n);
    },
    marked: (ids) =>
      ids.flatMap((id) => {
        const mark = db.marks.get(id);
        return mark && !must(db.events.get(id), 'event').own ? [mark] : [];
      }),
    openStream: ({ stream, why, links }) => {
      db.replaced = [...db.replaced, { stream: db.stream, replacedBy: stream, why, told: null }];
      db.stream = stream;
      db.recovering = why;
      db.chains.set(stream, links);
      db.sealed.clear();
    },
    recovering: () => db.recovering,
    untold: (epoch) => db.replaced.filter((r) => r.told !== epoch),
    told: (stream, epoch) => {
      db.replaced = db.replaced.map((r) => (r.stream === stream ? { ...r, told: epoch } : r));
    },
    settle: (epoch, since, acked) => {
      db.recovering = null;
      if (db.epoch !== null && db.epoch !== epoch) voidWords(db, epoch, since);
      // A place whose word is void is asked about again, also where another road brought it to the city meanwhile.
      db.acked.set(db.stream, Math.min(acked, answeredUpTo(db, db.stream)));
      if (db.epoch === epoch) return;
      db.sealed.clear();
      db.cursor = Math.min(db.cursor, since);
      db.epoch = epoch;
    },
    keepGreeting: () => undefined,
    accessHead: () => null,
    accessAnchored: () => 0,
    keepAnchor: () => undefined,
  };
}
