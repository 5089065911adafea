/** What was taken off this machine, against what this machine signed of it and what the city had proven: nothing else may be gone. */
import { z } from 'zod';
import { helloReply } from '../shared/contract/sync/messages.ts';
import { TYP } from '../shared/contract/sync/version.ts';
import { accessEntry, purgedText } from '../shared/domain/access.ts';
import { type Finding, found } from '../shared/domain/access-chain.ts';
import type { ReadDb } from './handle.ts';
import { purgeDigest } from './purge.ts';
import { payloadIn } from './queries/anchor.ts';
import { type PurgeRow, purges, rowsOfPurge } from './queries/purge.ts';
import { sha256 } from './write.ts';

interface Around {
  readonly device: string;
  readonly signed: (who: 'device' | 'city', text: string, signature: string) => boolean;
}

export function* purgeFindings(db: ReadDb, around: Around): Generator<Finding> {
  for (const row of purges(db)) yield* findingsOf(db, row, around);
  yield* strays(db);
}

function* findingsOf(db: ReadDb, row: PurgeRow, { device, signed }: Around): Generator<Finding> {
  const rows = rowsOfPurge(db, row.id);
  const [first, last] = [rows[0]?.n ?? 0, rows.at(-1)?.n ?? 0];
  if (!isProven(row, signed) || !isLogged(db, row)) yield found('event', 'changed', first, last);
  for (const { n, raw, seal, hub } of rows) {
    const text = purgedText({ device, n, purge: row.id, hash: sha256(raw) });
    if (!signed('device', text, seal)) yield found('event', 'unsigned', n);
    else if (hub === null || hub > row.hub) yield found('event', 'changed', n);
  }
}

/** The city named a verified backup that reached so far. */
function isProven({ proof, hub }: PurgeRow, signed: Around['signed']): boolean {
  const [head = '', payload = '', signature = ''] = proof.split('.');
  const typ = z.looseObject({ typ: z.literal(TYP.helloReply) }).safeParse(payloadIn(`.${head}`));
  const said = helloReply.safeParse(payloadIn(proof)).data;
  return typ.success && said?.backup?.hub === hub && signed('city', `${head}.${payload}`, signature);
}

/** The entry of the access log that says all of it. */
function isLogged(db: ReadDb, row: PurgeRow): boolean {
  const entries = db.$client
    .prepare(
      "SELECT raw FROM access WHERE action = 'retention.purge' AND json_valid(raw) AND json_extract(raw, '$.facts.purge') = ?",
    )
    .pluck()
    .all(row.id) as string[];
  const digest = purgeDigest(db, row);
  return entries.some((raw) => {
    const { facts } =
      accessEntry.safeParse(payloadIn(`.${Buffer.from(raw).toString('base64url')}`)).data ?? {};
    return facts?.purge === row.id && facts.digest === digest;
  });
}

/** Rows that no purge knows. */
function* strays(db: ReadDb): Generator<Finding> {
  const known = db.$client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'purged_event'").pluck();
  if (known.get() === 0) return;
  const rows = db.$client
    .prepare('SELECT event_n FROM purged_event WHERE purge_id NOT IN (SELECT id FROM purge) ORDER BY 1')
    .pluck()
    .all() as number[];
  for (const n of rows) yield found('event', 'changed', n);
}
