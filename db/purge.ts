/**
 * Takes the people of closed dossiers off this machine. Their events keep place, hash and receipt, so that the chain stays whole and no
 * exchange or restore brings the contents back; what figures are made from stays (shared/domain/purged-event.ts). Only what the city
 * proved to hold in a backup that was restored and found equal goes.
 */
import { helloReply } from '../shared/contract/sync/messages.ts';
import { TYP } from '../shared/contract/sync/version.ts';
import { purgedText } from '../shared/domain/access.ts';
import type { Actor } from '../shared/domain/event.ts';
import { purgedEvent } from '../shared/domain/purged-event.ts';
import { type KeptReason, keptBecause, type RetentionRule } from '../shared/domain/retention.ts';
import { canonicalJson } from '../shared/lib/canonical-json.ts';
import { must } from '../shared/lib/must.ts';
import { recordAccess } from './access.ts';
import type { Clock } from './clock.ts';
import { deviceSigner } from './device-sign.ts';
import type { ReadDb, WriteTx } from './handle.ts';
import { readIdentity, readRecovering } from './queries/device.ts';
import { parseEvent } from './queries/event.ts';
import { forgetFile } from './queries/file.ts';
import { readMachineSetting } from './queries/machine.ts';
import { dossiersOfPurge, type PurgeRow, retentionFacts, rowsOfPurge, scansOf } from './queries/purge.ts';
import { reproject } from './rebuild.ts';
import { readSigned } from './signed.ts';
import { sha256 } from './write.ts';

/** The city's newest verified backup as its newest greeting names it; null = none, or city and desk have yet to agree on where they stand. */
export function namedBackup(
  db: ReadDb,
): { readonly hub: number; readonly at: string; readonly proof: string } | null {
  const identity = readIdentity(db);
  const proof = readMachineSetting(db, 'city_greeting');
  if (!identity || proof === null || readRecovering(db) !== null) return null;
  const said = readSigned(proof, { key: identity.cityKey, typ: TYP.helloReply, schema: helloReply });
  return said?.backup && said.epoch === identity.epoch ? { ...said.backup, proof } : null;
}

export interface RetentionLook {
  /** Ids of those whose people may go. */
  readonly ready: readonly string[];
  /** First and last day on which anything happened to them. */
  readonly days: { readonly from: string; readonly to: string } | null;
  readonly kept: Readonly<Record<KeptReason, number>>;
}

/** Over all dossiers that still have their people here. */
export function lookAtRetention(db: ReadDb, rule: RetentionRule): RetentionLook {
  const kept = { open: 0, young: 0, unsent: 0, returned: 0, typing: 0, scan: 0, no_backup: 0 };
  const ready: string[] = [];
  const lastDays: string[] = [];
  for (const facts of retentionFacts(db)) {
    const why = whyKept(db, facts, rule);
    if (why) kept[why]++;
    else {
      ready.push(facts.id);
      lastDays.push(facts.lastDay);
    }
  }
  const [from, to] = [lastDays.sort()[0], lastDays.at(-1)];
  return { ready, kept, days: from && to ? { from, to } : null };
}

type Facts = ReturnType<typeof retentionFacts> extends Generator<infer F> ? F : never;
function whyKept(db: ReadDb, facts: Facts, rule: RetentionRule): KeptReason | null {
  const why = keptBecause({ ...facts, scans: 0 }, rule);
  if (why !== null && why !== 'no_backup') return why;
  const { epoch } = must(readIdentity(db), 'identity');
  const scans = scansOf(db, facts.id, epoch).filter((scan) => !scan.held).length;
  return keptBecause({ ...facts, scans }, rule);
}

export interface Purge {
  readonly row: PurgeRow;
  readonly rule: RetentionRule;
  readonly clock: Clock;
  readonly actor: Actor | null;
  /** Before the row goes: killed in between, a row without its content means no more than a scan that has to be fetched again. */
  readonly removeScan: (sha256: string) => void;
}

/** Those of `ids` for which the rule holds at this moment: somebody may have typed since they were looked at. Answers how many. */
export function purgeDossiers(
  tx: WriteTx,
  ids: readonly string[],
  { row, rule, clock, actor, removeScan }: Purge,
): number {
  const ready = [...retentionFacts(tx, ids)].filter((facts) => whyKept(tx, facts, rule) === null);
  if (ready.length === 0) return 0;
  const { epoch } = must(readIdentity(tx), 'identity');
  tx.$client.prepare('INSERT INTO purge VALUES (@id, @at, @actor, @days, @hub, @proof)').run(row);
  const note = tx.$client.prepare('INSERT OR IGNORE INTO purged_dossier (id, purge_id) VALUES (?, ?)');
  const scans = new Set<string>();
  for (const { id } of ready) {
    for (const { sha256: name } of scansOf(tx, id, epoch)) scans.add(name);
    note.run(id, row.id);
    purgeEvents(tx, id, row.id);
    reproject(tx, 'dossier', id);
  }
  for (const name of scans) {
    removeScan(name);
    forgetFile(tx, name);
  }
  const events = rowsOfPurge(tx, row.id);
  const facts = {
    purge: row.id,
    dossiers: ready.length,
    events: events.length,
    digest: purgeDigest(tx, row),
  };
  recordAccess(tx, { clock, actor }, { action: 'retention.purge', facts });
  return ready.length;
}

function purgeEvents(tx: WriteTx, dossier: string, purge: string): void {
  const { device, sign } = must(deviceSigner(tx), 'device');
  const rows = tx.$client
    .prepare(
      `SELECT n, raw FROM event WHERE subject_kind = 'dossier' AND subject_id = ? AND n NOT IN (SELECT event_n FROM purged_event)`,
    )
    .all(dossier) as { n: number; raw: string }[];
  const add = tx.$client.prepare('INSERT INTO purged_event (event_n, purge_id, seal) VALUES (?, ?, ?)');
  const put = tx.$client.prepare('UPDATE event SET raw = ? WHERE n = ?');
  const again = tx.$client.prepare('SELECT stream, seq, raw FROM resent WHERE event_n = ?');
  const putAgain = tx.$client.prepare('UPDATE resent SET raw = ? WHERE stream = ? AND seq = ?');
  for (const { n, raw } of rows) {
    const left = leftOf(raw);
    add.run(n, purge, sign(purgedText({ device, n, purge, hash: sha256(left) })));
    put.run(left, n);
    for (const place of again.all(n) as { stream: string; seq: number; raw: string }[])
      putAgain.run(leftOf(place.raw), place.stream, place.seq);
  }
}

const leftOf = (raw: string) => canonicalJson(purgedEvent(parseEvent(raw)));

/** All that one purge did, as one hash: it stands in the access log, whose head the city signs. */
export function purgeDigest(db: ReadDb, row: PurgeRow): string {
  const events = rowsOfPurge(db, row.id).map(({ n, raw }) => [n, sha256(raw)] as const);
  return sha256(canonicalJson({ row, dossiers: dossiersOfPurge(db, row.id), events }));
}
