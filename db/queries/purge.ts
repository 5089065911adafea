/** What of this store's dossiers was taken off, and what the rule of it asks of each. */
import { z } from 'zod';
import type { RetentionFacts } from '../../shared/domain/retention.ts';
import { type LocalDate, localTime, showDate } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { once, type ReadDb } from '../handle.ts';
import { OPEN_RETURN } from './delivery.ts';
import { ackedSeq, currentStream } from './stream.ts';

/** Numbers of the events whose content went; none in a copy of before purges. */
export function purgedEvents({ $client }: ReadDb): ReadonlySet<number> {
  const known = $client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'purged_event'").pluck();
  if (known.get() === 0) return new Set();
  return new Set($client.prepare('SELECT event_n FROM purged_event').pluck().all() as number[]);
}

/** Vietnam's date on which the people of a dossier were taken off this machine; null = they were not. */
export function purgedOn(db: ReadDb, id: string): LocalDate | null {
  const statement = once(db, 'purge.on', () =>
    db.$client
      .prepare('SELECT p.at FROM purged_dossier d JOIN purge p ON p.id = d.purge_id WHERE d.id = ?')
      .pluck(),
  );
  const at = statement.get(id) as string | undefined;
  return at === undefined ? null : localTime(Date.parse(at)).date;
}

/** Nothing is written on a dossier whose people are no longer here: what it said cannot be seen. Fails with DOSSIER_PURGED. */
export function requireUnpurged(db: ReadDb, id: string): void {
  const day = purgedOn(db, id);
  if (day !== null) fail('DOSSIER_PURGED', { day: showDate(day) });
}

/** Of a list of dossiers those that were, with the day. */
export function purgedAmong(db: ReadDb, ids: readonly string[]): ReadonlyMap<string, LocalDate> {
  const statement = once(db, 'purge.among', () =>
    db.$client.prepare(
      `SELECT d.id, p.at FROM purged_dossier d JOIN purge p ON p.id = d.purge_id WHERE d.id IN (SELECT value FROM json_each(?))`,
    ),
  );
  const rows = statement.all(JSON.stringify(ids)) as { id: string; at: string }[];
  return new Map(rows.map(({ id, at }) => [id, localTime(Date.parse(at)).date]));
}

const factsRow = z.object({
  id: z.string(),
  outcome: z.enum(['under_way', 'whole', 'part', 'none']),
  toDo: z.literal([0, 1]),
  lastDay: z.string(),
  unsent: z.int(),
  returned: z.int(),
  hub: z.int(),
  drafts: z.int(),
});

/** Of every dossier that still has a content here, or of those named; scans are asked apart (`scansOf`), for few come so far. */
export function* retentionFacts(
  db: ReadDb,
  ids: readonly string[] | null = null,
): Generator<Omit<RetentionFacts, 'scans'> & { readonly id: string }> {
  const among = ids === null ? '' : 'AND e.subject_id IN (SELECT value FROM json_each(@ids))';
  const rows = db.$client
    .prepare(
      `SELECT o.id, o.outcome,
         EXISTS (SELECT 1 FROM dossier_mark m WHERE m.dossier_n = o.n AND m.mark = 'to_give') AS toDo,
         max(v.lastDay, coalesce((SELECT max(ended_on) FROM component c WHERE c.dossier_id = o.id), '')) AS lastDay,
         v.unsent, v.returned, v.hub, (SELECT count(*) FROM draft f WHERE f.id = o.id) AS drafts
       FROM (SELECT e.subject_id AS id, max(e.day) AS lastDay, coalesce(max(d.hub_seq), 0) AS hub,
               sum(d.event_n IS NULL OR (e.own = 1 AND d.receipt_id IS NULL)
                 OR e.n IN (SELECT event_n FROM chain WHERE stream = @stream AND seq > @acked)) AS unsent,
               sum(coalesce(d.verdict = 'held' OR (${OPEN_RETURN}), 0)) AS returned
             FROM event e LEFT JOIN delivery d ON d.event_n = e.n WHERE e.subject_kind = 'dossier' ${among}
             GROUP BY e.subject_id HAVING sum(e.n NOT IN (SELECT event_n FROM purged_event)) > 0) v
       JOIN dossier o ON o.id = v.id ORDER BY o.n`,
    )
    .iterate({ stream: currentStream(db), acked: ackedSeq(db, currentStream(db)), ids: JSON.stringify(ids) });
  for (const row of rows) {
    const { toDo, ...facts } = factsRow.parse(row);
    yield { ...facts, toDo: toDo === 1 };
  }
}

/** Scans of a dossier whose contents stand here; `held`: the city of this epoch has all of it. */
export function scansOf(
  db: ReadDb,
  dossier: string,
  epoch: string,
): readonly { readonly sha256: string; readonly held: boolean }[] {
  const statement = once(db, 'purge.scans', () =>
    db.$client.prepare(
      `SELECT f.sha256, f.state = 'fetched' OR (f.state = 'attached' AND f.sent_to IS ?) AS held FROM file f WHERE f.sha256 IN
         (SELECT json_extract(raw, '$.body.file.sha256') FROM event
          WHERE subject_kind = 'dossier' AND subject_id = ? AND verb = 'dossier.attach' AND json_valid(raw))`,
    ),
  );
  const rows = statement.all(epoch, dossier) as { sha256: string; held: 0 | 1 }[];
  return rows.map(({ sha256, held }) => ({ sha256, held: held === 1 }));
}

export interface PurgeRow {
  readonly id: string;
  /** ISO 8601 UTC, this machine's clock. */
  readonly at: string;
  /** Account; null = the machine by itself. */
  readonly actor: string | null;
  readonly days: number;
  /** Up to this number of its log the city had proven a backup. */
  readonly hub: number;
  /** The greeting that said so (JWS). */
  readonly proof: string;
}
const purgeRow = z.object({
  ...{ id: z.string(), at: z.string(), actor: z.string().nullable(), days: z.int(), hub: z.int() },
  proof: z.string(),
}) satisfies z.ZodType<PurgeRow>;

export function purges({ $client }: ReadDb): readonly PurgeRow[] {
  const known = $client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'purge'").pluck().get();
  if (known === 0) return [];
  return z.array(purgeRow).parse($client.prepare('SELECT * FROM purge ORDER BY rowid').all());
}

export interface PurgedRow {
  readonly n: number;
  readonly raw: string;
  readonly seal: string;
  readonly hub: number | null;
}
/** Of one purge, in order. */
export function rowsOfPurge({ $client }: ReadDb, purge: string): readonly PurgedRow[] {
  return $client
    .prepare(
      `SELECT p.event_n AS n, e.raw, p.seal, d.hub_seq AS hub FROM purged_event p JOIN event e ON e.n = p.event_n
       LEFT JOIN delivery d ON d.event_n = e.n WHERE p.purge_id = ? ORDER BY p.event_n`,
    )
    .all(purge) as PurgedRow[];
}

export function dossiersOfPurge({ $client }: ReadDb, purge: string): readonly string[] {
  return $client
    .prepare('SELECT id FROM purged_dossier WHERE purge_id = ? ORDER BY id')
    .pluck()
    .all(purge) as string[];
}

/** The city's greatest number among what is no longer here in full; 0 = nothing was ever purged. */
export function purgedUpTo(db: ReadDb): number {
  return db.$client
    .prepare(
      'SELECT coalesce(max(hub_seq), 0) FROM delivery WHERE event_n IN (SELECT event_n FROM purged_event)',
    )
    .pluck()
    .get() as number;
}
