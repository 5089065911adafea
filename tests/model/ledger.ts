/** What an outside observer writes down, to hold desks and city to it later. */

import type { Event } from '../../shared/domain/event.ts';
import { fold, subjectKey } from '../../shared/domain/project.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { isProblemCode } from '../../shared/problem.ts';
import { appliedTo, type CityDb, placeKey } from './city-db.ts';
import type { Desk } from './desk.ts';
import { readJson } from './keys.ts';

/** A property that does not hold. */
export class Broken extends Error {
  override readonly name = 'Broken';
  readonly property: string;
  constructor(property: string, what: string) {
    super(`${property}: ${what}`);
    this.property = property;
  }
}
export function hold(condition: boolean, property: string, what: () => string): asserts condition {
  if (!condition) throw new Broken(property, what());
}

const said = new Map<string, string>();
const MOST = 20_000;

/** An event without its place in a stream. */
export function saidIn(raw: string): string {
  const old = said.get(raw);
  if (old !== undefined) return old;
  const { stream: _s, seq: _n, prev: _p, hash: _h, ...rest } = readJson(raw) as Record<string, unknown>;
  const text = canonicalJson(rest);
  if (said.size > MOST) said.clear();
  said.set(raw, text);
  return text;
}

export class Ledger {
  /** What each event said when it was made. */
  readonly made = new Map<string, string>();
  /** Hashes that a machine wrote at a place, by machine and by place. */
  readonly written = new Map<string, Set<string>>();
  /** Every word that the city ever committed. */
  readonly stored = new Set<string>();
  readonly receipts = new Map<string, string>();
  /** Grows where a database and its mark were put back together: until a desk shows a witness nobody can know. */
  unseenRestores = 0;
  private readonly noted = new WeakSet<object>();

  note(desk: Desk): void {
    for (const [stream, chain] of desk.db.chains) {
      if (this.noted.has(chain)) continue;
      this.noted.add(chain);
      for (const { seq, hash, id, raw } of chain) {
        const key = placeKey(stream, seq);
        const hashes = this.written.get(key) ?? new Set();
        this.written.set(key, hashes.add(hash));
        const first = this.made.get(id);
        hold(
          first === undefined || first === saidIn(raw),
          'P8',
          () => `${desk.name} wrote ${id} again with another content`,
        );
        this.made.set(id, saidIn(raw));
      }
    }
  }

  wasStored(id: string, hub: number, verdict: string): boolean {
    return this.stored.has(`${hub} ${id} ${verdict}`);
  }

  committed(before: CityDb, after: CityDb): void {
    for (const word of after.words.slice(before.words.length)) {
      this.stored.add(`${word.hub} ${word.id} ${word.verdict.kind}`);
      const { kind, code } = word.verdict;
      const named = kind === 'accepted' || kind === 'merged' || (code !== undefined && isProblemCode(code));
      hold(named, 'P6', () => `${kind} without a reason that a clerk can read: ${code}`);
    }
    this.checkStreams(before, after);
    this.checkEffects(before, after);
  }

  /** P3: each stream is a gap-free beginning of what its device wrote. */
  private checkStreams(before: CityDb, after: CityDb): void {
    for (const [id, stream] of after.streams) {
      const old = before.streams.get(id);
      if ((old?.acked ?? 0) === stream.acked) continue;
      let prev = old?.head;
      hold(stream.acked > (old?.acked ?? 0), 'P3', () => `stream ${id} goes back`);
      for (let seq = (old?.acked ?? 0) + 1; seq <= stream.acked; seq++) {
        const place = after.places.get(placeKey(id, seq));
        hold(place !== undefined, 'P3', () => `stream ${id} has no place ${seq}`);
        const wrote = this.written.get(placeKey(id, seq))?.has(place.hash) ?? false;
        hold(wrote, 'P3', () => `nobody wrote what stream ${id} holds at ${seq}`);
        const event = readJson(place.raw) as Event;
        hold(prev === undefined || event.prev === prev, 'P3', () => `chain of ${id} broken at ${seq}`);
        prev = place.hash;
        hold(after.rows.has(place.id), 'P6', () => `event ${place.id} is acknowledged and not kept`);
      }
    }
  }

  /** P2: what a subject is equals the fold of its applied events, each once. */
  private checkEffects(before: CityDb, after: CityDb): void {
    const touched = new Set<string>();
    for (const [key, subject] of after.subjects) if (before.subjects.get(key) !== subject) touched.add(key);
    for (const [key, ids] of after.bySubject) if (before.bySubject.get(key) !== ids) touched.add(key);
    for (const key of touched) {
      const events = appliedTo(after, key);
      const ids = new Set(events.map((e) => e.id));
      hold(ids.size === events.length, 'P2', () => `an event takes effect twice on ${key}`);
      const [is, should] = [after.subjects.get(key), fold(events)];
      hold(
        canonicalJson(is ?? null) === canonicalJson(should ?? null),
        'P2',
        () => `${key} at revision ${is?.state.revision} is not the fold of its ${events.length} events`,
      );
      hold(
        events.every((e) => subjectKey(e.subject) === key),
        'P2',
        () => `strange event on ${key}`,
      );
    }
  }

  /** P5: the same batch in the same epoch has one receipt, to the byte. */
  answered(epoch: string, batch: string, jws: string): void {
    const key = `${this.unseenRestores} ${epoch} ${batch}`;
    const old = this.receipts.get(key);
    hold(old === undefined || old === jws, 'P5', () => `two receipts of batch ${batch} in one epoch`);
    this.receipts.set(key, jws);
  }
}
