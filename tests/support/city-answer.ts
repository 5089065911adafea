/** What the city would answer, put into the store without a network: verdicts for all events that still wait. */
import { createHash } from 'node:crypto';
import { ackedSeq } from '../../db/queries/delivery.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { parseEvent, rawAfter } from '../../db/queries/event.ts';
import { applyReceipt } from '../../electron/sync/apply.ts';
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

/** Returns how many events were answered. */
export function cityAnswers({ desk }: TestDesk, judge: (event: Event) => Verdict): number {
  const { device, stream, epoch } = must(readIdentity(desk.db), 'identity');
  const waiting = rawAfter(desk.db, stream, ackedSeq(desk.db, stream), 1000).map((row) =>
    parseEvent(row.raw),
  );
  const [first, last] = [waiting[0], waiting.at(-1)];
  if (!first || !last) return 0;
  const batch = createHash('sha256').update(`${stream} ${first.seq}-${last.seq}`).digest('hex');
  applyReceipt(
    desk.db,
    {
      v: 1,
      ...{ epoch, device, stream, batch, from: first.seq, to: last.seq, head: last.hash },
      hub: { first: first.seq, last: last.seq },
      verdicts: waiting.map((e) => ({ ...judge(e), seq: e.seq, id: e.id, hub: e.seq })),
      at: new Date(desk.clock.now()).toISOString(),
    },
    'receipt.of.a.test',
  );
  return waiting.length;
}
