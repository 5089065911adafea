/** Appends to the access log. Part of the transaction of the act, where it has one. */
import {
  type AccessEntry,
  type AccessHead,
  accessEntry,
  accessHash,
  accessText,
} from '../shared/domain/access.ts';
import { type Actor, GENESIS } from '../shared/domain/event.ts';
import { canonicalJson } from '../shared/lib/canonical-json.ts';
import type { Clock } from './clock.ts';
import { deviceSigner } from './device-sign.ts';
import type { WriteTx } from './handle.ts';
import { accessTip, insertAccess } from './queries/access.ts';
import { countUnsealed, newestEvent } from './queries/event.ts';
import { sha256 } from './write.ts';

export interface Deed {
  readonly action: AccessEntry['action'];
  readonly subject?: AccessEntry['subject'];
  readonly outcome?: AccessEntry['outcome'];
  readonly why?: string;
  readonly facts?: AccessEntry['facts'];
}

/** Null before enrolment: there is no key to sign with, and nobody to name. */
export function recordAccess(
  tx: WriteTx,
  by: { readonly clock: Clock; readonly actor: Actor | null },
  deed: Deed,
): AccessHead | null {
  const signer = deviceSigner(tx);
  if (!signer) return null;
  const tip = accessTip(tx);
  if (!tip && deed.action !== 'log.begin') {
    const facts = { unsealed: countUnsealed(tx) };
    recordAccess(tx, { ...by, actor: null }, { action: 'log.begin', facts });
  }
  const { seq, hash: prev } = accessTip(tx) ?? { seq: 0, hash: GENESIS };
  const { clock, actor } = by;
  const entry = accessEntry.parse({
    v: 1,
    seq: seq + 1,
    prev,
    device: signer.device,
    actor: actor && { id: actor.id, name: actor.name, role: actor.role },
    at: new Date(clock.now()).toISOString(),
    boot: clock.boot,
    mono: Math.max(0, Math.round(clock.mono())),
    action: deed.action,
    subject: deed.subject ?? null,
    outcome: deed.outcome ?? 'done',
    why: deed.why ?? null,
    facts: deed.facts ?? {},
    events: newestEvent(tx),
  });
  const hash = accessHash(entry, sha256);
  insertAccess(tx, entry, { raw: canonicalJson(entry), hash, signature: signer.sign(accessText(hash)) });
  return { seq: entry.seq, hash };
}
