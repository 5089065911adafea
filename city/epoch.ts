/**
 * The epoch of the city's log. A database that was put back to an older copy begins a new one by itself: at the start (mark file,
 * PostgreSQL's own identity) and in the running hub (mark, a receipt that a desk shows). Always read from the database, so that
 * several hub processes agree.
 */
import type { Receipt } from '../shared/contract/sync/messages.ts';
import { fail } from '../shared/problem.ts';
import { isOtherBranch, provesLoss, type Sighting } from '../shared/protocol/epoch.ts';
import type { Clock } from './clock.ts';
import type { CityDb, CityTx } from './db/handle.ts';
import {
  type Beginning,
  beginEpoch,
  type DatabaseSelf,
  databaseSelf,
  describeEpoch,
  type Epoch,
  type EpochRow,
  readEpoch,
  readEpochs,
} from './db/queries/epoch.ts';
import { streamPlace } from './db/queries/place.ts';
import type { HubMark, Mark } from './hub-mark.ts';
import type { HubKeys } from './keys.ts';

interface Parts {
  readonly db: CityDb;
  readonly keys: Pick<HubKeys, 'receiptPublic'>;
  readonly clock: Clock;
  readonly mark: HubMark;
}

export async function epochAtStart(hub: Parts): Promise<void> {
  const [self, last] = [await databaseSelf(hub.db), await readEpoch(hub.db)];
  // Desks pinned the old key: under a new one every receipt would look forged. Better not to start.
  if (last && last.receiptKey !== hub.keys.receiptPublic.x)
    throw new Error('hub-keys.json does not belong to this database: put the right key file back');
  const why = reasonAtStart(last, hub.mark.read(), self);
  if (why) await begin(hub, { why, after: last?.id ?? null, ...self });
  else if (last && last.systemId === null) await describeEpoch(hub.db, last.id, self);
  await currentEpoch(hub);
}

function reasonAtStart(
  last: EpochRow | null,
  mark: Mark | null,
  self: DatabaseSelf,
): Beginning['why'] | null {
  if (!last) return mark ? 'mark' : 'first';
  if (isBehind(last, mark)) return 'mark';
  const moved = last.systemId !== null && self.systemId !== null && last.systemId !== self.systemId;
  const turned = last.timeline !== null && self.timeline !== null && last.timeline !== self.timeline;
  return moved || turned ? 'database' : null;
}

/** Whether the database knows less than this hub has answered for. */
function isBehind(last: EpochRow, mark: Mark | null): boolean {
  if (!mark) return false;
  const lost = last.counter === mark.counter ? last.id !== mark.epoch : last.counter < mark.counter;
  return lost || (last.id === mark.epoch && last.newest < mark.hub);
}

/** The epoch as it stands; begins a new one where the database was put back under the running hub. */
export async function currentEpoch(hub: Parts): Promise<EpochRow> {
  // Read first: a batch that commits meanwhile raises the mark above what the query still sees.
  const mark = hub.mark.read();
  let row = (await readEpoch(hub.db)) ?? fail('HUB_BUSY');
  if (isBehind(row, mark)) {
    await begin(hub, { why: 'mark', after: row.id, ...(await databaseSelf(hub.db)) });
    row = (await readEpoch(hub.db)) ?? fail('HUB_BUSY');
  }
  hub.mark.raise({ epoch: row.id, counter: row.counter, hub: row.newest });
  return row;
}

/** What a desk shows of what this city signed. */
export interface Shown {
  readonly receipt: Receipt | null;
  readonly sighting: Sighting | null;
}

/** If the city promised, or once held, what the log does not hold, the log was put back. */
export async function epochByWitness(hub: Parts, { receipt, sighting }: Shown): Promise<EpochRow> {
  const row = await currentEpoch(hub);
  const epochs = await readEpochs(hub.db);
  const lost =
    (receipt && (await isBroken(hub, row, receipt))) || (sighting && isGone(epochs, row, sighting));
  if (!lost) return row;
  await begin(hub, { why: 'witness', after: row.id, ...(await databaseSelf(hub.db)) });
  return currentEpoch(hub);
}

async function isBroken({ db }: Parts, { newest }: EpochRow, receipt: Receipt): Promise<boolean> {
  const { acked } = await streamPlace(db, receipt.stream);
  return provesLoss(receipt, { epochs: await readEpochs(db), newest, acked });
}

const isGone = (epochs: Parameters<typeof isOtherBranch>[0], { id }: EpochRow, sighting: Sighting) =>
  sighting.seen.epoch === id && isOtherBranch(epochs, sighting);

/** Under the order lock: numbers may only be given while the epoch stands and nothing is missing. The desk greets again. */
export async function requireEpoch(tx: CityTx, epoch: Epoch, mark: HubMark): Promise<void> {
  const row = await readEpoch(tx);
  if (row?.id !== epoch.id || isBehind(row, mark.read())) fail('HUB_BUSY');
}

async function begin(hub: Parts, more: Pick<Beginning, 'why' | 'after'> & DatabaseSelf): Promise<void> {
  await beginEpoch(hub.db, {
    ...more,
    counter: hub.mark.read()?.counter ?? 0,
    receiptKey: hub.keys.receiptPublic.x,
    now: new Date(hub.clock.now()),
  });
}
