/** A receipt counts only for the very batch that was sent, event by event, however well it is signed. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readIdentity } from '../../../db/queries/device.ts';
import { linksAfter, streamTip } from '../../../db/queries/stream.ts';
import type { Receipt } from '../../../shared/contract/sync/messages.ts';
import { must } from '../../../shared/lib/must.ts';
import { receiptFits } from '../../../shared/protocol/receipt-fits.ts';
import { storeOf } from '../../support/city-answer.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, type TestDesk } from '../../support/temp-desk.ts';

let desk: TestDesk;
let good: Receipt;
const batch = { id: 'b'.repeat(64), fromSeq: 1, toSeq: 2, header: '', body: new Uint8Array() };
const check = (receipt: Receipt) => {
  const { stream, epoch } = must(readIdentity(desk.desk.db), 'identity');
  return receiptFits(storeOf(desk), receipt, { batch, stream, epoch });
};

beforeAll(async () => {
  desk = openTestDesk();
  for (const chain of ['birth', 'death'] as const)
    await desk.call('dossier.receive', reception(randomUUID(), chain));
  const { device, stream, epoch } = must(readIdentity(desk.desk.db), 'identity');
  const events = linksAfter(desk.desk.db, stream, 0, 2);
  good = {
    v: 1,
    epoch,
    device,
    stream,
    from: 1,
    to: 2,
    head: streamTip(desk.desk.db, stream).hash,
    batch: batch.id,
    hub: { first: 1, last: 2 },
    verdicts: events.map((e) => ({ seq: e.seq, id: e.id, hub: e.seq, kind: 'accepted', revision: 1 })),
    at: '2026-11-20T03:00:00.000Z',
  };
});
afterAll(() => dropTestDesk(desk));

test('the right receipt is taken', () => {
  expect(check(good)).toBe(true);
});

const other = '00000000-0000-4000-8000-00000000000f';
test.each<[string, (receipt: Receipt) => Receipt]>([
  ['of another batch', (r) => ({ ...r, batch: 'c'.repeat(64) })],
  ['of another machine', (r) => ({ ...r, device: other })],
  ['of another stream', (r) => ({ ...r, stream: other })],
  ['of another epoch than the one that greeted', (r) => ({ ...r, epoch: other })],
  ['of a shorter range', (r) => ({ ...r, to: 1, verdicts: r.verdicts.slice(0, 1) })],
  ['with a verdict missing', (r) => ({ ...r, verdicts: r.verdicts.slice(0, 1) })],
  ['with a verdict twice', (r) => ({ ...r, verdicts: [...r.verdicts, ...r.verdicts.slice(0, 1)] })],
  ['with verdicts in another order', (r) => ({ ...r, verdicts: r.verdicts.toReversed() })],
  ['that names other events', (r) => ({ ...r, verdicts: r.verdicts.map((v) => ({ ...v, id: other })) })],
  ['over another chain head', (r) => ({ ...r, head: 'a'.repeat(64) })],
])('a receipt %s is refused', (_, change) => {
  expect(check(change(good))).toBe(false);
});
