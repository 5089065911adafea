/** Fills a desk with invented dossiers through the product's own write path, many to a transaction; loading is not what is measured. */
import { inTransaction } from '../../db/handle.ts';
import { insertReceipt, keepWord } from '../../db/queries/delivery.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { linksAfter, writeAcked } from '../../db/queries/stream.ts';
import { write } from '../../db/write.ts';
import { actingIdentity, authorOf } from '../../electron/context.ts';
import { syntheticDossier } from '../../electron/demo/people.ts';
import { receiveDossier } from '../../electron/handlers/reception.ts';
import { communesOn } from '../../shared/catalogue/units.ts';
import { addDays } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import type { TestDesk } from '../support/temp-desk.ts';

const SEED = 7;
const BLOCK = 1000;
const RECEIPT_OF = 500;
/** The present wards exist, and every invented identity paper was issued before this day. */
const FIRST_DAY = '2025-10-01';
const DAYS = 400;

/** Dossiers on 400 days in a row, as many each day; answers ms per dossier. The desk's clock is put back. */
export function fillDesk(desk: TestDesk, n: number): number {
  const identity = must(actingIdentity(desk.desk), 'identity');
  const now = new Date(desk.clock.now()).toISOString();
  const commune = must(communesOn(identity.office, FIRST_DAY)[0], 'commune of the office');
  const start = performance.now();
  for (let from = 0; from < n; from += BLOCK) {
    write(authorOf(desk.desk, identity), (writer) => {
      for (let i = from; i < Math.min(from + BLOCK, n); i++) {
        const day = addDays(FIRST_DAY, Math.floor((i * DAYS) / n));
        desk.clock.set(`${day}T03:00:00Z`);
        const { chain, values } = syntheticDossier(SEED, i, { today: day, ward: commune.name });
        const input = {
          id: desk.desk.ids.uuid(),
          chain,
          channel: 'truc_tiep',
          commune: commune.key,
          values,
          received: null,
          atOnce: null,
        } as const;
        receiveDossier({ ...writer, desk: desk.desk, identity }, input);
      }
    });
  }
  desk.clock.set(now);
  return (performance.now() - start) / n;
}

/** As if the city had received everything: a clerk's store is mostly that. */
export function markReceived(desk: TestDesk): void {
  const { db } = desk.desk;
  const { stream, epoch } = must(readIdentity(db), 'identity');
  const at = new Date(desk.clock.now()).toISOString();
  for (let after = 0; ; after += RECEIPT_OF) {
    const events = linksAfter(db, stream, after, RECEIPT_OF);
    const last = events.at(-1);
    if (!last) return;
    inTransaction(db, (tx) => {
      const id = `bench-${after}`;
      insertReceipt(tx, { id, stream, fromSeq: after + 1, toSeq: last.seq, epoch, at, jws: '' });
      writeAcked(tx, stream, last.seq);
      const verdict = { kind: 'accepted', revision: 1 } as const;
      const receipt = { id, epoch };
      for (const { seq, id: eventId } of events)
        keepWord(tx, { eventId, verdict, hubSeq: seq, epoch, receipt, at }, { present: true });
    });
  }
}
