/**
 * The store of the exchange over SQLite: every write is one transaction, durable when it returns, and repeat is harmless. What it
 * changes is announced after the commit; drafts and what is being typed are never touched.
 */
import { inTransaction, type ReadDb, type WriteTx } from '../../db/handle.ts';
import { accessTip } from '../../db/queries/access.ts';
import { newestAnchor } from '../../db/queries/anchor.ts';
import {
  countAttempt,
  dropBatch,
  dropBatches,
  furthestReceipt,
  insertBatch,
  insertReceipt,
  keepMark,
  keepWord,
  markedEvents,
  receiptOver,
  sealedBatch,
  subjectsToReproject,
  voidWords,
} from '../../db/queries/delivery.ts';
import {
  inboxAfter,
  readIdentity,
  readRecovering,
  writeEpoch,
  writeGreeting,
  writeInboxAfter,
  writeRecovering,
} from '../../db/queries/device.ts';
import { branchFor, eventsByIds, hasEvent, idsAfter, insertEvent } from '../../db/queries/event.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { purgedUpTo } from '../../db/queries/purge.ts';
import { countResent, countUnanswered, keepRecovery } from '../../db/queries/recovery.ts';
import {
  ackedSeq,
  currentStream,
  hashAt,
  isWholeAfter,
  linksAfter,
  markTold,
  streamTip,
  untoldStreams,
  writeAcked,
} from '../../db/queries/stream.ts';
import { reproject } from '../../db/rebuild.ts';
import { papersOf } from '../../db/role-proof.ts';
import { named } from '../../db/sqlite-problem.ts';
import { appendHomeless, openStream } from '../../db/streams.ts';
import { sha256 } from '../../db/write.ts';
import type { ChangedKind } from '../../shared/contract/ipc/registry.ts';
import {
  type HeldEvent,
  type InboxReply,
  type Receipt,
  type Returned,
  receipt as receiptSchema,
  seen as seenSchema,
} from '../../shared/contract/sync/messages.ts';
import { PROTOCOL_ACCESS } from '../../shared/contract/sync/version.ts';
import { type Event, eventHash, eventSchema, type SubjectKind } from '../../shared/domain/event.ts';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import type { DeskStore, OwnEvent } from '../../shared/protocol/desk-ports.ts';
import { readableOf } from '../../shared/protocol/own-page.ts';
import { payloadOf } from './jws.ts';

export interface StoreHooks {
  /** Epoch ms, for the moments that this machine notes. */
  now(): number;
  changed(kinds: readonly ChangedKind[]): void;
  /** The stream has grown or another one is written: for the high-water mark outside the database. */
  marked(): void;
}

interface Subject {
  readonly kind: SubjectKind;
  readonly id: string;
}

export function sqliteStore(db: ReadDb, hooks: StoreHooks): DeskStore {
  const { device } = must(readIdentity(db), 'identity');
  const at = () => new Date(hooks.now()).toISOString();
  /** One transaction; what it answers was brought up to its events, and is announced. */
  const change = (work: (tx: WriteTx) => readonly Subject[], ...more: ChangedKind[]) => {
    const subjects = named(() =>
      inTransaction(db, (tx) => {
        const touched = [...new Map(work(tx).map((s) => [`${s.kind} ${s.id}`, s])).values()];
        for (const { kind, id } of touched) reproject(tx, kind, id);
        return touched;
      }),
    );
    const kinds = new Set<ChangedKind>([...subjects.map((s) => s.kind), ...more]);
    if (kinds.size > 0) hooks.changed([...kinds]);
  };
  const quietly = (work: (tx: WriteTx) => void) => named(() => inTransaction(db, work));

  return {
    device,
    stream: () => currentStream(db),
    epoch: () => must(readIdentity(db), 'identity').epoch,
    tip: (stream) => streamTip(db, stream),
    hashAt: (stream, seq) => hashAt(db, stream, seq),
    links: (stream, after, limit) => linksAfter(db, stream, after, limit),
    whole: (stream, after) => isWholeAfter(db, stream, after),
    acked: (stream) => ackedSeq(db, stream),
    newestReceipt: (stream) => furthestReceipt(db, stream, must(readIdentity(db), 'identity').epoch),

    sealed: (stream, from) => sealedBatch(db, stream, from) ?? null,
    keepSealed: (stream, batch) =>
      quietly((tx) => insertBatch(tx, { ...batch, stream, body: Buffer.from(batch.body), sealedAt: at() })),
    dropSealed: (id) => quietly((tx) => dropBatch(tx, id)),
    countAttempt: (id) => quietly((tx) => countAttempt(tx, id)),

    keepReceipt(receipt, jws) {
      change((tx) => storeReceipt(tx, receipt, jws), 'dossier', 'sheet', 'sync');
      hooks.marked();
    },
    inboxAfter: (epoch) => inboxAfter(db, epoch),
    seen: () => seenSchema.nullable().parse(JSON.parse(readMachineSetting(db, 'city_seen') ?? 'null')),
    keepInbox(page) {
      change(
        (tx) => {
          const touched = storeEvents(tx, page, { device, at: at() });
          writeInboxAfter(tx, page.epoch, page.next);
          if (page.seen) writeMachineSetting(tx, 'city_seen', JSON.stringify(page.seen));
          return touched;
        },
        ...(page.events.some(({ event }) => event.device === device) ? ['sync' as const] : []),
      );
    },
    keepOwn: (page) =>
      change((tx) => {
        for (const jws of page.receipts) storeOldReceipt(tx, jws, { device, now: page.epoch });
        return storeEvents(tx, { ...page, events: readableOf(page) }, { device, at: at() });
      }, 'sync'),

    idsAfter: (n, limit) => idsAfter(db, n, limit),
    ownAmong: (ids) => ownInOrder(db, ids),
    marked: (ids) => markedEvents(db, ids).flatMap(toReturned),

    openStream(opened) {
      change((tx) => openStream(tx, { ...opened, at: at() }), 'sync');
      hooks.marked();
    },
    recovering: () => readRecovering(db),
    untold: (epoch) => untoldStreams(db, epoch),
    told: (stream, epoch) => quietly((tx) => markTold(tx, stream, epoch)),
    settle(epoch, since, acked) {
      change((tx) => settle(tx, { epoch, since, acked, at: at() }), 'sync');
      hooks.marked();
    },
    keepGreeting(reply, clockOffsetMs) {
      const { accountChanged } = named(() =>
        inTransaction(db, (tx) => {
          writeMachineSetting(tx, 'box_key', reply.boxKey);
          writeMachineSetting(tx, 'city_proto', String(reply.proto));
          if (reply.recoveryKey) writeMachineSetting(tx, 'recovery_key', reply.recoveryKey);
          const papers = papersOf(reply.papers ?? [], must(readIdentity(tx), 'identity'));
          return writeGreeting(tx, { clockOffsetMs, accounts: reply.accounts, papers });
        }),
      );
      if (accountChanged) hooks.changed(['session']);
    },
    accessHead: () =>
      Number(readMachineSetting(db, 'city_proto') ?? 1) >= PROTOCOL_ACCESS ? accessTip(db) : null,
    accessAnchored: () => newestAnchor(db)?.head.seq ?? 0,
    keepAnchor: (_, jws) => quietly((tx) => writeMachineSetting(tx, 'access_anchor', jws)),
  };
}

/** The answer to a batch: receipt, verdicts, how far the stream is acknowledged. */
function storeReceipt(tx: WriteTx, receipt: Receipt, jws: string): readonly Subject[] {
  dropBatch(tx, receipt.batch);
  const { batch: id, epoch, stream, from: fromSeq, to: toSeq, at } = receipt;
  writeAcked(tx, stream, Math.max(ackedSeq(tx, stream), toSeq));
  insertReceipt(tx, { id, stream, fromSeq, toSeq, epoch, at, jws });
  for (const { id: eventId, hub: hubSeq, seq: _, ...verdict } of receipt.verdicts)
    keepWord(tx, { eventId, verdict, hubSeq, epoch, receipt: { id, epoch }, at }, { present: true });
  return subjectsToReproject(
    tx,
    receipt.verdicts.map((v) => v.id),
  );
}

/** A receipt that came back from the city: what it shows of its past stands in its present epoch. */
function storeOldReceipt(
  tx: WriteTx,
  jws: string,
  { device, now }: { readonly device: string; readonly now: string },
): void {
  const read = receiptSchema.parse(payloadOf(jws));
  if (read.device !== device) fail('CITY_SIGNATURE');
  const { batch: id, epoch, stream, from: fromSeq, to: toSeq, at } = read;
  insertReceipt(tx, { id, stream, fromSeq, toSeq, epoch, at, jws });
  for (const { id: eventId, hub: hubSeq, seq: _, ...verdict } of read.verdicts)
    keepWord(tx, { eventId, verdict, hubSeq, epoch: now, receipt: { id, epoch }, at }, { present: false });
}

/** Events with the city's newest words. The city's signature vouches for the page, the hash for each event. */
function storeEvents(
  tx: WriteTx,
  page: Pick<InboxReply, 'epoch'> & { readonly events: readonly HeldEvent[] },
  { device, at }: { readonly device: string; readonly at: string },
): readonly Subject[] {
  const written = currentStream(tx);
  for (const { hub: hubSeq, event, verdict, mark } of page.events) {
    if (eventHash(event, sha256) !== event.hash) fail('CITY_SIGNATURE');
    const own = event.device === device;
    if (!hasEvent(tx, event.id)) insertEvent(tx, event, { own, branch: branchFor(tx, event, written) });
    const word = { eventId: event.id, hubSeq, epoch: page.epoch };
    const receipt = own ? receiptOver(tx, event.stream, event.seq) : null;
    keepWord(tx, { ...word, verdict, receipt, at }, { present: true });
    keepMark(tx, { ...word, mark });
  }
  return page.events.map(({ event }) => event.subject);
}

/** In the order in which the city knew them, then in that of their making. */
function ownInOrder(db: ReadDb, ids: readonly string[]): readonly OwnEvent[] {
  const own = eventsByIds(db, ids).filter((row) => row.own);
  const last = Number.MAX_SAFE_INTEGER;
  return own
    .map(({ id, raw, hubSeq: hub }) => ({ id, raw, hub }))
    .sort((a, b) => (a.hub ?? last) - (b.hub ?? last));
}

function toReturned({ raw, ...rest }: ReturnType<typeof markedEvents>[number]): Returned['events'] {
  const read = eventSchema.safeParse(JSON.parse(raw));
  return read.success ? [{ ...rest, event: read.data as Event }] : [];
}

interface Settled {
  readonly epoch: string;
  readonly since: number;
  readonly acked: number;
  /** ISO 8601, this machine's clock. */
  readonly at: string;
}

/**
 * Ends a recovery. In a new epoch the words above `since` are void, and so are those on places that the city does not hold. An own
 * event that lost its word and has no place on its way gets one at the end of the stream: the city answers it as a repeat.
 */
function settle(tx: WriteTx, { epoch, since, acked, at }: Settled): readonly Subject[] {
  const stream = currentStream(tx);
  const before = must(readIdentity(tx), 'identity').epoch;
  const why = readRecovering(tx);
  const unanswered = countUnanswered(tx);
  writeAcked(tx, stream, acked);
  writeRecovering(tx, null);
  if (epoch === before) {
    if (why) keepRecovery(tx, { why, at, resent: countResent(tx, stream) });
    return [];
  }
  const voided = [
    ...voidWords(tx, { above: since }, epoch),
    ...voidWords(tx, { ids: idsBehind(tx, stream, acked) }, epoch),
  ];
  // The city was put back to before a backup that it had proven: nobody but its own people can mend that.
  const gone = purgedUpTo(tx);
  if (gone > since) writeMachineSetting(tx, 'purge_doubt', JSON.stringify({ at, since, hub: gone }));
  dropBatches(tx);
  writeInboxAfter(tx, epoch, Math.min(inboxAfter(tx, before), since));
  writeEpoch(tx, epoch);
  appendHomeless(tx);
  // The first greeting of all is no recovery.
  if (before !== null)
    keepRecovery(tx, { why: why ?? 'city_restored', at, resent: countUnanswered(tx) - unanswered });
  return voided;
}

function idsBehind(tx: WriteTx, stream: string, acked: number): readonly string[] {
  return linksAfter(tx, stream, acked, Number.MAX_SAFE_INTEGER).map((link) => link.id);
}
