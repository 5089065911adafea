/** A machine at a counter: its store, the mark beside it, what it writes and what it shows. */
import { gzipSync } from 'node:zlib';
import type { LocalView, viewOf } from '../../db/local-view.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { type Event, eventHash } from '../../shared/domain/event.ts';
import { subjectKey } from '../../shared/domain/project.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import type { CityPort, DeskStore, Link, Sealing } from '../../shared/protocol/desk-ports.ts';
import type { exchange } from '../../shared/protocol/exchange.ts';
import { append, copyDesk, type DeskDb, deskStore, emptyDesk, insertKept, type Kept } from './desk-db.ts';
import { idOf } from './ids.ts';
import { keysOf, sha256, signJws } from './keys.ts';

/** Outside the database: the furthest place that this machine ever wrote. */
interface HighWater {
  readonly stream: string;
  readonly seq: number;
}
export interface DeskParts {
  readonly exchange: typeof exchange;
  readonly wrapStore: (store: DeskStore, desk: Desk) => DeskStore;
  readonly wrapPort: (port: CityPort, desk: Desk) => CityPort;
  readonly heedsHighWater: boolean;
  /** Order in which the city's events are folded on the screen. */
  readonly viewOf: typeof viewOf;
}
export interface Person {
  readonly device: string;
  readonly office: string;
  readonly actor: string;
  readonly role: Role;
}
export type Wish = Pick<Event, 'verb' | 'subject' | 'body'> & Partial<Event> & { readonly more?: object };

export const sealing = (device: string): Sealing => ({
  sha256,
  pack: (lines) => gzipSync(lines.join('\n'), { level: 1 }),
  signHeader: async (header) => signJws(keysOf(device), TYP.batch, header),
});

export class Desk {
  db: DeskDb;
  high: HighWater;
  /** Added to the model's time. */
  skew = 0;
  dead = false;
  /** Made from another machine's disk, or the other way round. */
  cloned = false;
  /** Its mark was put back as well: it cannot know what it wrote. */
  putBackWithMark = false;
  backup: { readonly db: DeskDb; readonly high: HighWater } | null = null;
  readonly name: string;
  readonly person: Person;
  readonly parts: DeskParts;
  private streams = 0;

  constructor(name: string, person: Person, parts: DeskParts) {
    this.name = name;
    this.person = person;
    this.parts = parts;
    const stream = this.newStream();
    this.db = emptyDesk(stream);
    this.high = { stream, seq: 0 };
  }

  newStream(): string {
    return idOf(this.name, 'stream', ++this.streams);
  }

  store(): DeskStore {
    return this.parts.wrapStore(deskStore(this.person.device, this.db), this);
  }

  /** What a start of the program does: a store behind its mark goes on with a stream of its own. */
  start(): void {
    const { stream, seq } = this.high;
    const behind = (this.db.chains.get(stream)?.length ?? -1) < seq;
    if (behind && this.parts.heedsHighWater) {
      deskStore(this.person.device, this.db).openStream({
        stream: this.newStream(),
        why: 'put_back',
        links: [],
      });
    }
    this.noteHigh();
  }

  noteHigh(): void {
    this.high = { stream: this.db.stream, seq: this.db.chains.get(this.db.stream)?.length ?? 0 };
  }

  restore(withMark: boolean): void {
    if (!this.backup) return;
    this.db = copyDesk(this.backup.db);
    if (withMark) {
      this.high = this.backup.high;
      this.putBackWithMark = true;
    }
    this.start();
  }

  write(id: string, wish: Wish, now: number): Event {
    const { person, db } = this;
    const tip = deskStore(person.device, db).tip(db.stream);
    const { more = {}, ...rest } = wish;
    const unsealed = {
      id,
      schema: 1,
      stream: db.stream,
      seq: tip.seq + 1,
      base: this.view(wish.subject).base,
      actor: { id: person.actor, name: person.actor, role: person.role },
      device: person.device,
      office: person.office,
      at: new Date(now + this.skew).toISOString(),
      boot: 'boot',
      mono: tip.seq,
      prev: tip.hash,
      ...rest,
      ...more,
    };
    const event: Event = { ...unsealed, hash: eventHash(unsealed, sha256) };
    const raw = canonicalJson(event);
    const link: Link = { id: event.id, seq: event.seq, hash: event.hash, raw };
    append(db, db.stream, link);
    insertKept(db, event, raw, true);
    this.noteHigh();
    return event;
  }

  eventsOf(subject: Event['subject']): Kept[] {
    const key = subjectKey(subject);
    return [...this.db.events.values()].filter((e) => subjectKey(e.event.subject) === key);
  }

  /** What this machine shows of a subject; `only` some of its events count where asked. */
  view(subject: Event['subject'], only: (id: string) => boolean = () => true): LocalView {
    const { words, cursor } = this.db;
    const counted = this.eventsOf(subject).filter((e) => only(e.id));
    const stored = counted.map(({ event, id }) => {
      const word = words.get(id);
      return { event, verdict: word?.verdict.kind ?? null, hubSeq: word?.hub ?? null };
    });
    return this.parts.viewOf(stored, cursor);
  }
}
