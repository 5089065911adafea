/** Streams of this machine: which is written now, its places (view `chain`), how far it is acknowledged, and the opening of a new one. */
import { eq } from 'drizzle-orm';
import type { ReplaceStream } from '../../shared/contract/sync/messages.ts';
import { GENESIS } from '../../shared/domain/event.ts';
import { must } from '../../shared/lib/must.ts';
import type { Link, Tip } from '../../shared/protocol/desk-ports.ts';
import { once, type ReadDb, type WriteTx } from '../handle.ts';
import { batch, ownStream } from '../schema/event.ts';
import { deviceState } from '../schema/local.ts';

export function currentStream(db: ReadDb): string {
  const statement = once(db, 'stream.current', () =>
    db.$client.prepare('SELECT stream FROM device_state').pluck(),
  );
  return must(statement.get(), 'enrolled') as string;
}

/** The last place of a stream; genesis while it is empty. */
export function streamTip(db: ReadDb, stream: string): Tip {
  const statement = once(db, 'stream.tip', () =>
    db.$client.prepare('SELECT seq, hash FROM chain WHERE stream = ? ORDER BY seq DESC LIMIT 1'),
  );
  return (statement.get(stream) as Tip | undefined) ?? { seq: 0, hash: GENESIS };
}

export function hashAt(db: ReadDb, stream: string, seq: number): string | undefined {
  if (seq === 0) return GENESIS;
  const statement = once(db, 'stream.hash', () =>
    db.$client.prepare('SELECT hash FROM chain WHERE stream = ? AND seq = ?').pluck(),
  );
  return statement.get(stream, seq) as string | undefined;
}

/** Places of a stream after a number, in order. */
export function linksAfter(db: ReadDb, stream: string, after: number, limit: number): Link[] {
  const statement = once(db, 'stream.links', () =>
    db.$client.prepare(
      'SELECT seq, id, raw, hash FROM chain WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?',
    ),
  );
  return statement.all(stream, after, limit) as Link[];
}

/** Whether every place of a stream after a number still has its content here. */
export function isWholeAfter(db: ReadDb, stream: string, after: number): boolean {
  const gone = db.$client.prepare(
    'SELECT 1 FROM chain WHERE stream = ? AND seq > ? AND event_n IN (SELECT event_n FROM purged_event) LIMIT 1',
  );
  return gone.get(stream, after) === undefined;
}

/** Device time of the newest event that this machine wrote; null before the first. */
export function lastWrittenAt(db: ReadDb): string | null {
  const at = once(db, 'stream.lastAt', () =>
    db.$client
      .prepare(
        'SELECT at FROM event WHERE n = (SELECT event_n FROM chain WHERE stream = ? ORDER BY seq DESC LIMIT 1)',
      )
      .pluck(),
  );
  const replaced = once(db, 'stream.replaced', () =>
    db.$client.prepare('SELECT replaces FROM own_stream WHERE id = ?').pluck(),
  );
  // A new stream may still be empty.
  for (let stream: string | null = currentStream(db); stream !== null; ) {
    const found = at.get(stream) as string | undefined;
    if (found !== undefined) return found;
    stream = (replaced.get(stream) as string | null | undefined) ?? null;
  }
  return null;
}

/** Places of a stream up to this number have a receipt that stands. */
export function ackedSeq(db: ReadDb, stream: string): number {
  const statement = once(db, 'stream.acked', () =>
    db.$client.prepare('SELECT acked FROM own_stream WHERE id = ?').pluck(),
  );
  return (statement.get(stream) as number | undefined) ?? 0;
}

export function writeAcked(tx: WriteTx, stream: string, acked: number): void {
  tx.update(ownStream).set({ acked }).where(eq(ownStream.id, stream)).run();
}

/** Every stream that this machine wrote, the oldest first. */
export function ownStreams(db: ReadDb): string[] {
  return db.$client.prepare('SELECT id FROM own_stream ORDER BY rowid').pluck().all() as string[];
}

interface Place extends Tip {
  readonly raw: string;
  /** The event's row. */
  readonly n: number;
  /** The event as it was first written, where it stands here again; null where this is its first place. */
  readonly made: string | null;
}
/** All places of a stream in order, without holding them all in memory. */
export function* placesOf(db: ReadDb, stream: string): Generator<Place> {
  yield* db.$client
    .prepare<[string, string], Place>(
      `SELECT seq, hash, raw, n, NULL AS made FROM event WHERE stream = ? AND branch = 0
       UNION ALL SELECT r.seq, r.hash, r.raw, e.n, e.raw FROM resent r JOIN event e ON e.n = r.event_n WHERE r.stream = ? ORDER BY 1`,
    )
    .iterate(stream, stream);
}

/** The stream that the city gave at enrolment. */
export function insertFirstStream(tx: WriteTx, id: string, openedAt: string): void {
  const row = { id, openedAt, why: 'enrolled' as const, replaces: null, told: null, acked: 0 };
  tx.insert(ownStream).values(row).onConflictDoNothing().run();
}

/** `opened` takes the place of the present stream; sealed batches of the old one are of no use any more. */
export function replaceCurrent(
  tx: WriteTx,
  opened: { readonly stream: string; readonly why: ReplaceStream['why']; readonly at: string },
): void {
  const { stream: id, why, at } = opened;
  const replaces = currentStream(tx);
  tx.update(ownStream).set({ closedAt: at }).where(eq(ownStream.id, replaces)).run();
  tx.insert(ownStream).values({ id, why, replaces, openedAt: at, told: null, acked: 0 }).run();
  tx.update(deviceState).set({ stream: id }).run();
  tx.delete(batch).run();
}

/** Further places of events that stand here already. */
export function insertLinks(tx: WriteTx, stream: string, links: readonly Link[]): void {
  const statement = once(tx, 'stream.resend', () =>
    tx.$client.prepare(
      'INSERT INTO resent (stream, seq, event_n, raw, hash) SELECT ?, ?, n, ?, ? FROM event WHERE id = ?',
    ),
  );
  for (const { seq, id, raw, hash } of links)
    must(statement.run(stream, seq, raw, hash, id).changes === 1 || undefined, `event of place ${seq}`);
}

/** Own events without a word of the city for which no place of the present stream is on its way, in the order of their making. */
export function homelessEvents(db: ReadDb): { readonly id: string; readonly raw: string }[] {
  const stream = currentStream(db);
  return db.$client
    .prepare(
      `SELECT e.id, e.raw FROM event e WHERE e.own = 1 AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_n = e.n)
         AND e.n NOT IN (SELECT event_n FROM chain WHERE stream = ? AND seq > ?) ORDER BY e.n`,
    )
    .all(stream, ackedSeq(db, stream)) as { id: string; raw: string }[];
}

interface Untold {
  readonly stream: string;
  readonly replacedBy: string;
  readonly why: ReplaceStream['why'];
}
/** Streams that were replaced without the knowledge of the city of this epoch, oldest first. */
export function untoldStreams(db: ReadDb, epoch: string): Untold[] {
  return db.$client
    .prepare(
      'SELECT replaces AS stream, id AS replacedBy, why FROM own_stream WHERE replaces IS NOT NULL AND told IS NOT ? ORDER BY rowid',
    )
    .all(epoch) as Untold[];
}

export function markTold(tx: WriteTx, replaced: string, epoch: string): void {
  tx.update(ownStream).set({ told: epoch }).where(eq(ownStream.replaces, replaced)).run();
}
