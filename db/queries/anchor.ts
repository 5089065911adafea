/** What the city signed of the access log: in receipts, and in answers of their own. */
import { z } from 'zod';
import { accessAnchor, receipt } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import type { AccessHead } from '../../shared/domain/access.ts';
import type { ReadDb } from '../handle.ts';
import { readMachineSetting } from './machine.ts';

export interface Anchor {
  /** The stream that was written then. */
  readonly stream: string;
  readonly head: AccessHead;
  /** The city's clock, ISO 8601 UTC. */
  readonly at: string;
  readonly jws: string;
  readonly typ: string;
}

/** What a JWS says, unchecked; null where it cannot be read. */
export function payloadIn(jws: string): unknown {
  try {
    return JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

function inReceipt(jws: string): Anchor | null {
  const read = receipt.pick({ stream: true, access: true, at: true }).loose().safeParse(payloadIn(jws)).data;
  return read?.access ? { stream: read.stream, head: read.access, at: read.at, jws, typ: TYP.receipt } : null;
}

/** The newest answer to a greeting without a batch. */
function answered(db: ReadDb): Anchor | null {
  const jws = readMachineSetting(db, 'access_anchor');
  const read = jws === null ? undefined : accessAnchor.safeParse(payloadIn(jws)).data;
  return jws !== null && read
    ? { stream: read.stream, head: read.head, at: read.at, jws, typ: TYP.access }
    : null;
}

/** Every one that is kept, oldest receipts first, without holding them all in memory. */
export function* anchors(db: ReadDb): Generator<Anchor> {
  const receipts = db.$client.prepare('SELECT jws FROM receipt ORDER BY rowid').pluck().iterate();
  for (const jws of receipts) {
    const found = inReceipt(z.string().parse(jws));
    if (found) yield found;
  }
  const last = answered(db);
  if (last) yield last;
}

/** Up to where the city has confirmed the log of the stream that is written now. */
export function newestAnchor(db: ReadDb): Anchor | null {
  const found = [
    ...(
      db.$client
        .prepare(
          'SELECT jws FROM receipt WHERE stream = (SELECT stream FROM device_state) ORDER BY to_seq DESC, rowid DESC LIMIT 1',
        )
        .pluck()
        .all() as string[]
    ).map(inReceipt),
    answered(db),
  ].filter((one) => one !== null);
  const stream = db.$client.prepare('SELECT stream FROM device_state').pluck().get();
  return found.filter((one) => one.stream === stream).sort((a, b) => b.head.seq - a.head.seq)[0] ?? null;
}
