/** What the city would answer, put into the store without a network: verdicts for all events that still wait. */
import { createHash } from 'node:crypto';
import { readIdentity } from '../../db/queries/device.ts';
import { parseEvent } from '../../db/queries/event.ts';
import { ackedSeq, linksAfter } from '../../db/queries/stream.ts';
import { sqliteStore } from '../../electron/sync/desk-store.ts';
import type { InboxReply, Receipt } from '../../shared/contract/sync/messages.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { Verdict } from '../../shared/domain/verdict.ts';
import { must } from '../../shared/lib/must.ts';
import type { TestDesk } from './temp-desk.ts';

export const accepted: Verdict = { kind: 'accepted', revision: 1 };
export const rejected: Verdict = {
  kind: 'rejected',
  code: 'FIELD_REQUIRED',
  field: 'child.fullName',
  revision: 0,
};

/** The desk's own store as the exchange uses it. */
export function storeOf(
  { desk }: TestDesk,
  changed: Parameters<typeof sqliteStore>[1]['changed'] = () => undefined,
) {
  return sqliteStore(desk.db, { now: () => desk.clock.now(), changed, marked: () => undefined });
}

/** A page of the city's inbox with these events, numbered from `after` on. */
export function inboxPage(
  { desk }: TestDesk,
  events: readonly Event[],
  { after = 0, verdict = accepted }: { readonly after?: number; readonly verdict?: Verdict } = {},
): InboxReply {
  const { device, epoch } = must(readIdentity(desk.db), 'identity');
  const held = events.map((event, i) => ({ hub: after + i + 1, event, verdict, mark: 'm'.repeat(86) }));
  return { v: 1, epoch, device, after, next: after + events.length, more: false, events: held, seen: null };
}

/** Returns how many events were answered. */
export function cityAnswers(desk: TestDesk, judge: (event: Event) => Verdict): number {
  const { db } = desk.desk;
  const { device, stream, epoch } = must(readIdentity(db), 'identity');
  const waiting = linksAfter(db, stream, ackedSeq(db, stream), 1000);
  const [first, last] = [waiting[0], waiting.at(-1)];
  if (!first || !last) return 0;
  const batch = createHash('sha256').update(`${stream} ${first.seq}-${last.seq}`).digest('hex');
  const receipt: Receipt = {
    v: 1,
    ...{ epoch, device, stream, batch, from: first.seq, to: last.seq, head: last.hash },
    hub: { first: first.seq, last: last.seq },
    verdicts: waiting.map(({ seq, id, raw }) => ({ ...judge(parseEvent(raw)), seq, id, hub: seq })),
    at: new Date(desk.desk.clock.now()).toISOString(),
  };
  // Readable as a receipt; whether one is signed is asked where it comes in.
  storeOf(desk).keepReceipt(receipt, `e30.${Buffer.from(JSON.stringify(receipt)).toString('base64url')}.x`);
  return waiting.length;
}
