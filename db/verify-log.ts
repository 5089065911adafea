/**
 * The access log and the rows of events against what this machine signed, and against what the city signed of them. Names the rows;
 * holds none of them in memory. What the tables that follow from the events say is `verifyDesk`'s (rebuild.ts).
 */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { receipt as receiptSchema } from '../shared/contract/sync/messages.ts';
import { TYP } from '../shared/contract/sync/version.ts';
import { type AccessHead, accessEntry, sealText } from '../shared/domain/access.ts';
import { accessFindings, type ChainCheck, type Finding, found } from '../shared/domain/access-chain.ts';
import { eventHash } from '../shared/domain/event.ts';
import { isPurged } from '../shared/domain/purged-event.ts';
import { canonicalJson } from '../shared/lib/canonical-json.ts';
import { must } from '../shared/lib/must.ts';
import { isSignedBy, publicKeyOf } from './device-sign.ts';
import type { ReadDb } from './handle.ts';
import { accessAfter, accessColumns, accessTip } from './queries/access.ts';
import { type Anchor, anchors, newestAnchor, payloadIn } from './queries/anchor.ts';
import { readIdentity } from './queries/device.ts';
import { eventRow, eventsAfter, newestEvent, parseEvent } from './queries/event.ts';
import { purgedEvents } from './queries/purge.ts';
import { hashAt, ownStreams } from './queries/stream.ts';
import { purgeFindings } from './verify-purge.ts';
import { sha256 } from './write.ts';

export interface LogCheck {
  readonly entries: number;
  readonly events: number;
  readonly found: readonly Finding[];
}
export const MOST_FINDINGS = 50;

/** `isSigned`: by the device (`who` null) or the city; given from outside where the same rows are looked at again and again. */
export type IsSigned = (who: 'device' | 'city', text: string, signature: string) => boolean;

export function signedBy(db: ReadDb): IsSigned {
  const { privateKey, cityKey } = must(readIdentity(db), 'identity');
  const keys = { device: publicKeyOf(privateKey), city: publicKeyOf(cityKey) };
  return (who, text, signature) => isSignedBy(keys[who], text, signature);
}

/**
 * `tail`: only what follows the newest word of the city; else everything. `mark`: where the log stood when this machine last wrote that
 * down outside the store. Nothing is looked at before enrolment.
 */
export function verifyLog(
  db: ReadDb,
  wanted: 'tail' | 'whole',
  { mark = null, isSigned }: { readonly mark?: AccessHead | null; readonly isSigned?: IsSigned } = {},
): LogCheck {
  const identity = readIdentity(db);
  if (!identity) return { entries: 0, events: 0, found: [] };
  const signed = isSigned ?? signedBy(db);
  const list: Finding[] = [];
  for (const one of findings(db, { device: identity.device, wanted, signed, mark })) {
    list.push(one);
    if (list.length === MOST_FINDINGS) break;
  }
  return { entries: accessTip(db)?.seq ?? 0, events: newestEvent(db), found: list };
}

/** What `verifyLog` found, as plain sentences without personal data. */
export function logProblems(db: ReadDb): readonly string[] {
  return verifyLog(db, 'whole').found.map(
    ({ table, row, to, kind }) => `${table} ${row === to ? row : `${row}-${to}`}: ${kind.replace('_', ' ')}`,
  );
}

interface Wanted {
  readonly device: string;
  readonly wanted: 'tail' | 'whole';
  readonly signed: IsSigned;
  readonly mark: AccessHead | null;
}

function* findings(db: ReadDb, { device, wanted, signed, mark }: Wanted): Generator<Finding> {
  const anchor = wanted === 'tail' ? newestAnchor(db) : null;
  const check: ChainCheck = { device, sha256, isSigned: (text, sig) => signed('device', text, sig) };
  const rows = accessAfter(db, anchor?.head.seq ?? 0);
  const claimed = yield* accessFindings(withFit(rows), check, anchor?.head ?? null);
  yield* anchorFindings(db, anchor ? [anchor] : anchors(db), { device, signed });
  if (mark) yield* markFindings(db, mark);
  const from = anchor ? eventsAt(db, anchor) : 0;
  yield* eventFindings(db, from, { device, signed, claimed });
  if (wanted !== 'whole') return;
  yield* purgeFindings(db, { device, signed });
  yield* receiptFindings(db, { device, signed });
}

function* withFit(rows: Iterable<ReturnType<typeof accessAfter> extends Generator<infer R> ? R : never>) {
  for (const { raw, hash, signature, ...columns } of rows)
    yield {
      ...{ seq: columns.seq, raw, hash, signature },
      columnsFit: (entry: Parameters<typeof accessColumns>[0]) =>
        isDeepStrictEqual({ ...columns }, accessColumns(entry)),
    };
}

type Around = Pick<Wanted, 'device' | 'signed'>;

/** What the city signed must stand here; where the store was put back openly, what came after it is said to be lost, not taken away. */
function* anchorFindings(db: ReadDb, all: Iterable<Anchor>, { device, signed }: Around): Generator<Finding> {
  const at = db.$client.prepare('SELECT hash FROM access WHERE seq = ?').pluck();
  const tip = accessTip(db)?.seq ?? 0;
  const putBack = streamsPutBack(db);
  let missingTo = 0;
  let lostTo = 0;
  for (const { stream, head, jws, typ } of all) {
    if (!isWordOfCity(jws, { typ, device, signed })) {
      yield found('access', 'anchor', head.seq);
      continue;
    }
    if (at.get(head.seq) === head.hash) continue;
    if (putBack.has(stream)) lostTo = Math.max(lostTo, head.seq);
    else if (head.seq > tip) missingTo = Math.max(missingTo, head.seq);
    else yield found('access', 'anchor', head.seq);
  }
  if (missingTo > 0) yield found('access', 'missing', tip + 1, missingTo);
  if (lostTo > 0) yield found('access', 'put_back', lostTo);
}

function* markFindings(db: ReadDb, { seq, hash }: AccessHead): Generator<Finding> {
  const here = db.$client.prepare('SELECT hash FROM access WHERE seq = ?').pluck().get(seq);
  const tip = accessTip(db)?.seq ?? 0;
  if (seq > tip) yield found('access', 'missing', tip + 1, seq);
  else if (here !== hash) yield found('access', 'unlinked', seq);
}

/** Streams that another one replaced because the store was put back. */
function streamsPutBack(db: ReadDb): ReadonlySet<string> {
  return new Set(
    db.$client
      .prepare(
        "SELECT replaces FROM own_stream WHERE replaces IS NOT NULL AND why IN ('put_back', 'behind', 'forked')",
      )
      .pluck()
      .all() as string[],
  );
}

function isWordOfCity(jws: string, { typ, device, signed }: Around & { readonly typ: string }): boolean {
  const [head = '', payload = '', signature = ''] = jws.split('.');
  const protectedHead = payloadIn(`.${head}`);
  const said = z.looseObject({ device: z.string() }).safeParse(payloadIn(jws)).data;
  return (
    z.looseObject({ typ: z.literal(typ) }).safeParse(protectedHead).success &&
    said?.device === device &&
    signed('city', `${head}.${payload}`, signature)
  );
}

/** How many events stood here at an anchored entry. */
function eventsAt(db: ReadDb, { head }: Anchor): number {
  const raw = db.$client.prepare('SELECT raw FROM access WHERE seq = ?').pluck().get(head.seq);
  return accessEntry.safeParse(raw === undefined ? null : payloadOfRaw(String(raw))).data?.events ?? 0;
}
function payloadOfRaw(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return null;
  }
}

/** Rows without a gap, each as it was put here and signed then. Those of before the first signature are told by the log's first entry. */
function* eventFindings(
  db: ReadDb,
  from: number,
  { device, signed, claimed }: Around & { readonly claimed: number },
): Generator<Finding> {
  const tip = accessTip(db)?.seq ?? 0;
  const unsealed = unsealedAtFirst(db);
  const purged = purgedEvents(db);
  let last = from;
  let entries = 0;
  for (const { n, own, branch, seal, ...row } of eventsAfter(db, from)) {
    if (n > last + 1) yield found('event', 'missing', last + 1, n - 1);
    last = n;
    if (!isItself(row, purged.has(n))) {
      yield found('event', 'changed', n);
      continue;
    }
    if (seal === null) {
      if (n > unsealed) yield found('event', 'unsigned', n);
      continue;
    }
    const [access = '', signature = ''] = seal.split('.');
    const text = sealText({ device, n, own: own === 1, branch, hash: row.hash }, Number(access));
    if (!signed('device', text, signature)) yield found('event', 'unsigned', n);
    else entries = Math.max(entries, Number(access));
  }
  if (claimed > last) yield found('event', 'missing', last + 1, claimed);
  if (entries > tip) yield found('access', 'missing', tip + 1, entries);
}

type EventColumns = ReturnType<typeof eventRow>;
function isItself(row: EventColumns, purged: boolean): boolean {
  try {
    const event = parseEvent(row.raw);
    const itself = purged ? isPurged(event, row.raw) : eventHash(event, sha256) === event.hash;
    return itself && isDeepStrictEqual({ ...row }, eventRow(event));
  } catch {
    return false;
  }
}

/** Events that an older program put here, as the first entry says; in a log that has not begun, those before the first signature. */
function unsealedAtFirst(db: ReadDb): number {
  const raw = db.$client
    .prepare("SELECT raw FROM access WHERE action = 'log.begin' ORDER BY seq LIMIT 1")
    .pluck()
    .get();
  const begun = accessEntry.safeParse(raw === undefined ? null : payloadOfRaw(String(raw))).data;
  if (begun) return Number(begun.facts.unsealed ?? 0);
  const first = db.$client.prepare('SELECT min(n) FROM event WHERE seal IS NOT NULL').pluck().get() as
    | number
    | null;
  return first === null ? newestEvent(db) : first - 1;
}

/** Receipts: signed by the city, and what they say of the chains stands here. */
function* receiptFindings(db: ReadDb, { device, signed }: Around): Generator<Finding> {
  const rows = db.$client
    .prepare<[], ReceiptRow>(
      'SELECT rowid AS n, id, stream, from_seq AS "from", to_seq AS "to", epoch, at, jws FROM receipt ORDER BY rowid',
    )
    .iterate();
  const own = new Set(ownStreams(db));
  for (const row of rows) {
    const said = receiptSchema.safeParse(payloadIn(row.jws)).data;
    const columns = said && {
      id: said.batch,
      stream: said.stream,
      from: said.from,
      to: said.to,
      epoch: said.epoch,
      at: said.at,
    };
    const { n, jws, ...stored } = row;
    if (!columns || canonicalJson(columns) !== canonicalJson(stored)) yield found('receipt', 'changed', n);
    else if (!isWordOfCity(jws, { typ: TYP.receipt, device, signed })) yield found('receipt', 'unsigned', n);
    else if (own.has(row.stream)) {
      const here = hashAt(db, row.stream, row.to);
      // Of a stream that was put back the city may hold more than came back here.
      if (here !== undefined && here !== said?.head) yield found('receipt', 'anchor', n);
    }
  }
  // Without its receipt an event would count as received by nobody's word.
  const bare = db.$client
    .prepare(
      `SELECT d.event_n FROM delivery d LEFT JOIN receipt r ON r.id = d.receipt_id AND r.epoch = d.receipt_epoch
       WHERE d.receipt_id IS NOT NULL AND r.id IS NULL ORDER BY 1 LIMIT 1`,
    )
    .pluck()
    .get() as number | undefined;
  if (bare !== undefined) yield found('receipt', 'missing', bare);
}
interface ReceiptRow {
  readonly n: number;
  readonly id: string;
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  readonly epoch: string;
  readonly at: string;
  readonly jws: string;
}
