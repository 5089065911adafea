/** Applying what the city answered: each receipt or inbox page in one transaction, whole or not at all; repeat is harmless. */
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import {
  dropBatch,
  insertDelivery,
  insertReceipt,
  receiptById,
  subjectsToReproject,
} from '../../db/queries/delivery.ts';
import { writeInboxAfter } from '../../db/queries/device.ts';
import { hasEvent, hashAt, idsBetween, insertEvent } from '../../db/queries/event.ts';
import { reproject } from '../../db/rebuild.ts';
import { named } from '../../db/sqlite-problem.ts';
import { sha256 } from '../../db/write.ts';
import type { InboxReply, Receipt } from '../../shared/contract/sync/messages.ts';
import { eventHash, type SubjectKind } from '../../shared/domain/event.ts';
import { fail } from '../../shared/problem.ts';
import type { SealedBatch } from './seal.ts';

/** A receipt answers exactly the batch that was sent, event by event, or it is nobody's. */
export function checkReceipt(
  db: ReadDb,
  receipt: Receipt,
  { batch, ...expect }: { batch: SealedBatch; device: string; stream: string; epoch: string },
): void {
  const sent = idsBetween(db, expect.stream, { from: batch.fromSeq, to: batch.toSeq });
  const fits =
    receipt.batch === batch.id &&
    receipt.from === batch.fromSeq &&
    receipt.to === batch.toSeq &&
    receipt.device === expect.device &&
    receipt.stream === expect.stream &&
    receipt.epoch === expect.epoch &&
    receipt.head === hashAt(db, expect.stream, batch.toSeq) &&
    receipt.verdicts.length === sent.length &&
    receipt.verdicts.every((v, i) => v.seq === batch.fromSeq + i && v.id === sent[i]);
  if (!fits) fail('CITY_SIGNATURE');
}

export function applyReceipt(db: ReadDb, receipt: Receipt, jws: string): { changed: readonly SubjectKind[] } {
  return named(() =>
    inTransaction(db, (tx) => {
      dropBatch(tx, receipt.batch);
      if (receiptById(tx, receipt.batch)) return { changed: [] };
      insertReceipt(tx, {
        id: receipt.batch,
        stream: receipt.stream,
        fromSeq: receipt.from,
        toSeq: receipt.to,
        epoch: receipt.epoch,
        at: receipt.at,
        jws,
      });
      for (const { id, hub, seq: _, ...verdict } of receipt.verdicts)
        insertDelivery(tx, { eventId: id, verdict, hubSeq: hub, receiptId: receipt.batch, at: receipt.at });
      for (const { kind, id } of subjectsToReproject(tx, receipt.stream, receipt.from, receipt.to))
        reproject(tx, kind, id);
      return { changed: ['dossier', 'sheet'] };
    }),
  );
}

/** Events of others in this office's scope. The city's signature vouches for the page, the hash for each event. */
export function applyInbox(db: ReadDb, page: InboxReply, at: string): { changed: readonly SubjectKind[] } {
  return named(() =>
    inTransaction(db, (tx) => {
      const touched = new Map<string, { kind: SubjectKind; id: string }>();
      for (const { hub, event, verdict } of page.events) {
        if (eventHash(event, sha256) !== event.hash) fail('CITY_SIGNATURE');
        if (!hasEvent(tx, event.id)) insertEvent(tx, event);
        insertDelivery(tx, { eventId: event.id, verdict, hubSeq: hub, receiptId: null, at });
        touched.set(`${event.subject.kind} ${event.subject.id}`, event.subject);
      }
      for (const { kind, id } of touched.values()) reproject(tx, kind, id);
      writeInboxAfter(tx, page.epoch, page.next);
      return { changed: [...new Set([...touched.values()].map((s) => s.kind))] };
    }),
  );
}
