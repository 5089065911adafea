/** The rule by which a log is whole: each entry is what was hashed, linked to the one before it, and signed by this machine. */
import { z } from 'zod';
import { canonicalJson } from '../lib/canonical-json.ts';
import { type AccessEntry, type AccessHead, accessEntry, accessHash, accessText } from './access.ts';
import { GENESIS, type Sha256Hex } from './event.ts';

/**
 * `changed`: says something else than what was hashed. `unsigned`: this machine did not sign it. `missing`: is not there (any more).
 * `moved`: belongs elsewhere, or stands between others. `unlinked`: does not follow the one before it. `anchor`: the city signed
 * something else. `put_back`: the city knows it, but the store was put back to before it, openly.
 */
export const findingKinds = [
  'changed',
  'unsigned',
  'missing',
  'moved',
  'unlinked',
  'anchor',
  'put_back',
] as const;
export const finding = z.strictObject({
  table: z.enum(['access', 'event', 'receipt']),
  /** Number of the row (`access.seq`, `event.n`, `receipt.rowid`); the first one of several. */
  row: z.int(),
  /** The last one of several that are missing. */
  to: z.int(),
  kind: z.enum(findingKinds),
});
export type Finding = z.infer<typeof finding>;
type Kind = Finding['kind'];

export const found = (table: Finding['table'], kind: Kind, row: number, to = row): Finding => ({
  table,
  row,
  to,
  kind,
});

export interface SignedRow extends AccessHead {
  readonly raw: string;
  readonly signature: string;
  /** What stands in the columns beside it is what it says. */
  readonly columnsFit: (entry: AccessEntry) => boolean;
}
export interface ChainCheck {
  readonly device: string;
  readonly sha256: Sha256Hex;
  isSigned(text: string, signature: string): boolean;
}

/** Row by row from the place after `from`; answers how many events the entries say that there were. */
export function* accessFindings(
  rows: Iterable<SignedRow>,
  check: ChainCheck,
  from: AccessHead | null,
): Generator<Finding, number> {
  let before: AccessHead = from ?? { seq: 0, hash: GENESIS };
  let events = 0;
  for (const row of rows) {
    if (row.seq > before.seq + 1) yield found('access', 'missing', before.seq + 1, row.seq - 1);
    const entry = readEntry(row.raw);
    const wrong = entry === null ? 'changed' : faultOf(row, entry, check);
    if (wrong) yield found('access', wrong, row.seq);
    else if (row.seq === before.seq + 1 && entry?.prev !== before.hash)
      yield found('access', 'unlinked', row.seq);
    if (!wrong && entry) events = Math.max(events, entry.events);
    before = row;
  }
  return events;
}

function readEntry(raw: string): AccessEntry | null {
  try {
    return accessEntry.parse(JSON.parse(raw));
  } catch {
    return null;
  }
}

function faultOf(row: SignedRow, entry: AccessEntry, check: ChainCheck): Kind | null {
  const whole = canonicalJson(entry) === row.raw && accessHash(entry, check.sha256) === row.hash;
  if (!whole) return 'changed';
  if (entry.seq !== row.seq) return 'moved';
  if (!row.columnsFit(entry)) return 'changed';
  const own = entry.device === check.device && check.isSigned(accessText(row.hash), row.signature);
  return own ? null : 'unsigned';
}
