/** Sending as the window sees it: state, lists, receipts. */
import { decodeJwt } from 'jose';
import { itemRows, receiptById } from '../../db/queries/delivery.ts';
import { eventsByIds, parseEvent } from '../../db/queries/event.ts';
import { receiptRows } from '../../db/queries/receipt-list.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { receipt as receiptSchema } from '../../shared/contract/sync/messages.ts';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { describe, toItem } from './sync-item.ts';

export function getState({ sync }: ReadCtx): Output<'sync.state'> {
  return sync.state();
}

export function runSync({ sync }: TaskCtx): Promise<Output<'sync.run'>> {
  return sync.run();
}

export function cancelSync({ sync }: TaskCtx): null {
  sync.cancel();
  return null;
}

export function listItems(
  { db, identity }: ReadCtx,
  { list, before }: Input<'sync.items'>,
): Output<'sync.items'> {
  requireIdentity(identity);
  const rows = itemRows(db, list, before);
  return {
    items: rows.map((row) => toItem(db, row)),
    next: rows.length === 100 ? must(rows.at(-1), 'last row').n : null,
  };
}

type ReceiptRow = Output<'receipt.list'>[number];
const toRow = (row: Omit<ReceiptRow, 'short'>): ReceiptRow => ({
  ...row,
  short: row.id.slice(0, 8).toUpperCase(),
});

export function listReceipts(
  { db, identity }: ReadCtx,
  { day = null, q = '' }: Input<'receipt.list'>,
): Output<'receipt.list'> {
  requireIdentity(identity);
  return receiptRows(db, { day, q }).map(toRow);
}

export function getReceipt({ db, identity }: ReadCtx, { id }: Input<'receipt.get'>): Output<'receipt.get'> {
  const owner = requireIdentity(identity);
  const stored = receiptById(db, id) ?? fail('INPUT_INVALID', { where: 'receipt.get', detail: 'id' });
  // Verified when it was stored; here it is only read.
  const { verdicts, hub: _, ...content } = receiptSchema.parse(decodeJwt(stored.jws));
  const events = eventsByIds(
    db,
    verdicts.map((v) => v.id),
  ).map((row) => parseEvent(row.raw));
  const byId = new Map(events.map((e) => [e.id, e]));
  const accepted = verdicts.filter((v) => v.kind === 'accepted' || v.kind === 'merged').length;
  return {
    row: toRow({
      id,
      at: stored.at,
      from: content.from,
      to: content.to,
      accepted,
      returned: verdicts.length - accepted,
    }),
    jws: stored.jws,
    publicKey: JSON.stringify(owner.cityKey),
    lines: verdicts.map((v) => {
      const event = byId.get(v.id);
      const { title, code } = event ? describe(db, event) : { title: '', code: '' };
      return { seq: v.seq, verb: event?.verb ?? '', title, code, verdict: v.kind };
    }),
  };
}
