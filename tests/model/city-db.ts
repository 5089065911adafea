/** The city's database in plain maps, with a transaction that is whole or not at all, and copies for backup and restore. */
import type { Receipt } from '../../shared/contract/sync/messages.ts';
import { type Event, GENESIS } from '../../shared/domain/event.ts';
import { type Subject, subjectKey } from '../../shared/domain/project.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { isApplied, type Verdict } from '../../shared/domain/verdict.ts';
import { must } from '../../shared/lib/must.ts';
import type { EpochRow } from '../../shared/protocol/epoch.ts';
import type { Held, HubTx, Memory, Reading, Result, Stream } from '../../shared/protocol/hub-ports.ts';

/** The first copy of an event. */
export interface Row {
  readonly id: string;
  readonly raw: string;
  readonly hash: string;
  readonly device: string;
  /** Null where another desk brought it back. */
  readonly stream: string | null;
  readonly seq: number | null;
  readonly reading: Reading;
  readonly hub: number;
}
export interface Word {
  readonly id: string;
  readonly hub: number;
  readonly verdict: Verdict;
  readonly scope: readonly string[];
}
export interface Place {
  readonly seq: number;
  readonly id: string;
  readonly hash: string;
  readonly raw: string;
  /** Set where a place repeats an id with another content. */
  readonly refused: Verdict | null;
}
export interface StreamRow extends Stream {
  readonly replacedBy: string | null;
  readonly lineage: readonly { readonly stream: string; readonly upTo: number }[];
  /** Number of the newest replacement by this stream. */
  readonly hub: number | null;
}
export interface KeptReceipt {
  readonly receipt: Receipt;
  readonly jws: string;
}

export interface CityDb {
  seq: number;
  /** Oldest first. */
  epochs: readonly EpochRow[];
  readonly streams: Map<string, StreamRow>;
  readonly rows: Map<string, Row>;
  /** By `placeKey`. */
  readonly places: Map<string, Place>;
  /** In the order of their numbers; the first word on an event is among them. */
  readonly words: Word[];
  readonly newest: Map<string, Word>;
  /** By epoch and batch. */
  readonly receipts: Map<string, KeptReceipt>;
  readonly subjects: Map<string, Subject>;
  readonly bySubject: Map<string, readonly string[]>;
  readonly alerts: string[];
}

export const epochOf = (db: CityDb): EpochRow => must(db.epochs.at(-1), 'epoch');
export const placeKey = (stream: string, seq: number): string => `${stream}/${seq}`;

export function emptyCity(epoch: EpochRow): CityDb {
  return {
    seq: 0,
    epochs: [epoch],
    streams: new Map(),
    rows: new Map(),
    places: new Map(),
    words: [],
    newest: new Map(),
    receipts: new Map(),
    subjects: new Map(),
    bySubject: new Map(),
    alerts: [],
  };
}

/** Rows are never changed in place, so a copy shares them. */
export function copyCity(db: CityDb): CityDb {
  return {
    seq: db.seq,
    epochs: db.epochs,
    streams: new Map(db.streams),
    rows: new Map(db.rows),
    places: new Map(db.places),
    words: [...db.words],
    newest: new Map(db.newest),
    receipts: new Map(db.receipts),
    subjects: new Map(db.subjects),
    bySubject: new Map(db.bySubject),
    alerts: [...db.alerts],
  };
}

export interface DeviceRow {
  readonly id: string;
  readonly office: string;
  readonly accounts: ReadonlyMap<string, Role>;
}

export function newStream(id: string, device: string): StreamRow {
  return { id, device, acked: 0, head: GENESIS, frozen: false, replacedBy: null, lineage: [], hub: null };
}

/** What stands at a number of the log: an event, or a stream that took another one's place. */
export function entryAt(db: CityDb, hub: number): string | null {
  const word = db.words.findLast((w) => w.hub === hub);
  return word?.id ?? [...db.streams.values()].find((s) => s.hub === hub)?.id ?? null;
}

/** Applied events of a subject in the order of their revisions. */
export function appliedTo(db: CityDb, key: string): Event[] {
  const found = (db.bySubject.get(key) ?? []).flatMap((id) => {
    const [row, word] = [must(db.rows.get(id), 'row'), must(db.newest.get(id), 'word')];
    return isApplied(word.verdict) && row.reading.kind === 'event'
      ? [{ event: row.reading.event, revision: word.verdict.revision }]
      : [];
  });
  return found.sort((a, b) => a.revision - b.revision).map((f) => f.event);
}

export function say(db: CityDb, word: Omit<Word, 'hub'>): number {
  const hub = ++db.seq;
  const full = { ...word, hub };
  db.words.push(full);
  db.newest.set(word.id, full);
  return hub;
}

export function insertRow(db: CityDb, row: Omit<Row, 'hub'>, word: Pick<Word, 'verdict' | 'scope'>): number {
  const hub = say(db, { id: row.id, ...word });
  db.rows.set(row.id, { ...row, hub });
  index(db, row);
  return hub;
}

export function index(db: CityDb, { id, reading }: Pick<Row, 'id' | 'reading'>): void {
  if (reading.kind !== 'event') return;
  const key = subjectKey(reading.event.subject);
  db.bySubject.set(key, [...(db.bySubject.get(key) ?? []), id]);
}

/** The newest word on a place of a stream. */
export function resultAt(db: CityDb, stream: string, seq: number): Result | undefined {
  const place = db.places.get(placeKey(stream, seq));
  if (!place) return undefined;
  const [row, word] = [must(db.rows.get(place.id), 'row'), must(db.newest.get(place.id), 'word')];
  return {
    seq,
    id: place.id,
    hash: place.hash,
    hub: place.refused ? row.hub : word.hub,
    verdict: place.refused ?? word.verdict,
  };
}

export function hubTx(db: CityDb, devices: ReadonlyMap<string, DeviceRow>): HubTx {
  return {
    lockStream: async (stream, device) => {
      const found = db.streams.get(stream);
      return found?.device === device ? found : null;
    },
    findReceipt: async (batch, epoch) => db.receipts.get(`${epoch}/${batch}`)?.jws ?? null,
    storedRange: async (stream, { from, to }) => {
      const found = new Map<number, Result>();
      for (let seq = from; seq <= to; seq++) {
        const result = resultAt(db, stream, seq);
        if (result) found.set(seq, result);
      }
      return found;
    },
    lockOrder: async () => undefined,
    firstCopies: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const row = db.rows.get(id);
          const word = db.newest.get(id);
          return row && word
            ? [[id, { id, raw: row.raw, hub: word.hub, verdict: word.verdict }] as const]
            : [];
        }),
      ),
    loadMemory: async (events) => loadMemory(db, events),
    sender: async (device, stream) => {
      const row = must(devices.get(device), 'device');
      return {
        office: row.office,
        roles: row.accounts,
        lineage: db.streams.get(stream)?.lineage ?? [],
      };
    },
    insertEvents: async (judged) => {
      const numbers = new Map<number, number>();
      for (const { line, verdict, scope } of judged) {
        const { id, hash, device, stream, seq } = line.envelope;
        const { reading, raw } = line;
        db.places.set(placeKey(stream, seq), { seq, id, hash, raw, refused: null });
        numbers.set(seq, insertRow(db, { id, raw, hash, device, stream, seq, reading }, { verdict, scope }));
      }
      return numbers;
    },
    insertRepeats: async (results) => {
      for (const { line, verdict } of results) {
        const { id, hash, stream, seq } = line.envelope;
        const refused = verdict.kind === 'rejected' && verdict.field === 'id' ? verdict : null;
        db.places.set(placeKey(stream, seq), { seq, id, hash, raw: line.raw, refused });
      }
    },
    heldOf: async (subjects) => {
      const keys = new Set(subjects.map(subjectKey));
      return heldWhere(db, devices, (key) => keys.has(key));
    },
    insertLaterWords: async (words) => {
      for (const word of words) say(db, word);
    },
    saveSubjects: async (subjects) => {
      for (const subject of subjects)
        db.subjects.set(subjectKey({ kind: subject.kind, id: subject.state.id }), subject);
    },
    advanceStream: async ({ id, acked, head }) => {
      db.streams.set(id, { ...must(db.streams.get(id), 'stream'), acked, head });
    },
    keepAccessHead: async () => undefined,
    insertReceipt: async (receipt, jws) => {
      db.receipts.set(`${receipt.epoch}/${receipt.batch}`, { receipt, jws });
    },
  };
}

function loadMemory(db: CityDb, events: readonly Event[]): Memory {
  const keys = new Set(events.map((e) => subjectKey(e.subject)));
  const [subjects, applied] = [new Map<string, Subject>(), new Map<string, Event[]>()];
  for (const key of keys) {
    const subject = db.subjects.get(key);
    if (subject) subjects.set(key, subject);
    applied.set(key, appliedTo(db, key));
  }
  return { subjects, applied, changed: new Set(), files: new Set() };
}

export function heldWhere(
  db: CityDb,
  devices: ReadonlyMap<string, DeviceRow>,
  wanted: (key: string) => boolean,
): Held[] {
  return [...db.rows.values()].flatMap(({ id, reading, device, stream }) => {
    if (reading.kind !== 'event' || !wanted(subjectKey(reading.event.subject))) return [];
    if (db.newest.get(id)?.verdict.kind !== 'held') return [];
    const { office, accounts } = must(devices.get(device), 'device');
    const lineage = (stream && db.streams.get(stream)?.lineage) || [];
    return [{ event: reading.event, sender: { office, roles: accounts, lineage } }];
  });
}
