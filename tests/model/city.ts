/** The city hub of the model: its start, its epochs, its transactions. What its doors check and answer is in `city-doors.ts`. */
import type { Receipt } from '../../shared/contract/sync/messages.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { isOtherBranch, provesLoss, type Sighting } from '../../shared/protocol/epoch.ts';
import type { HubTx, Reading } from '../../shared/protocol/hub-ports.ts';
import { judgeAgain } from '../../shared/protocol/later-words.ts';
import type { receiveBatch } from '../../shared/protocol/receive-batch.ts';
import {
  type CityDb,
  copyCity,
  type DeviceRow,
  emptyCity,
  epochOf,
  heldWhere,
  hubTx,
  index,
} from './city-db.ts';
import { idOf } from './ids.ts';
import { keysOf, sha256 } from './keys.ts';
import { readAgain } from './reading.ts';
import { Killed } from './wire.ts';

/** What lies beside the database and is not put back with it. */
export interface CityMark {
  readonly epoch: string;
  readonly seq: number;
}
/** Places at which a seeded defect breaks the hub. */
export interface HubParts {
  readonly receiveBatch: typeof receiveBatch;
  readonly wrapTx: (tx: HubTx, city: City) => HubTx;
  readonly checksBatchSignature: boolean;
  readonly checksMarks: boolean;
  readonly checksHashes: boolean;
  readonly freezes: boolean;
  readonly noticesAtStart: boolean;
  readonly noticesWitness: boolean;
  /** Heeds how far a desk says that it has read. */
  readonly noticesSeen: boolean;
  /** What a desk has read tells how far an older epoch is shared with it. */
  readonly noticesBranches: boolean;
  /** What holds is told by the epoch that the desk named. */
  readonly relativeSince: boolean;
  /** Answers although the commit failed. */
  readonly answersFirst: boolean;
  readonly judgesAgainAtStart: boolean;
}
/** What an outside observer of the database sees of each commit. */
export interface Observer {
  committed(before: CityDb, after: CityDb): void;
}

export class City {
  db: CityDb;
  mark: CityMark;
  /** Added to the model's time. */
  skew = 0;
  /** An older hub does not know every verb. */
  old = false;
  /** A hub of another protocol altogether. */
  foreign = false;
  dies = false;
  readonly keys = keysOf('city');
  readonly devices = new Map<string, DeviceRow>();
  readonly revoked = new Set<string>();
  readonly parts: HubParts;
  readonly now: () => number;
  private epochs = 0;
  private observer: Observer;

  constructor(parts: HubParts, now: () => number, observer: Observer) {
    this.parts = parts;
    this.now = () => now() + this.skew;
    this.observer = observer;
    this.db = emptyCity({ id: this.epochId(), since: 0 });
    this.mark = this.markNow();
  }

  private epochId(): string {
    return idOf('epoch', ++this.epochs);
  }
  private markNow(): CityMark {
    const { seq } = this.db;
    return { epoch: epochOf(this.db).id, seq };
  }

  look<T>(work: (tx: HubTx, db: CityDb) => Promise<T>): Promise<T> {
    return work(this.parts.wrapTx(hubTx(this.db, this.devices), this), this.db);
  }

  /** One transaction. A hub that dies before the commit leaves nothing behind. */
  async change<T>(work: (tx: HubTx, db: CityDb) => Promise<T>): Promise<T> {
    const draft = copyCity(this.db);
    const value = await work(this.parts.wrapTx(hubTx(draft, this.devices), this), draft);
    if (this.dies) {
      this.dies = false;
      if (this.parts.answersFirst) return value;
      throw new Killed('the hub died before the commit');
    }
    const before = this.db;
    this.db = draft;
    this.observer.committed(before, draft);
    this.mark = this.markNow();
    return value;
  }

  /** Whatever happens meanwhile is not written down: somebody else plays the city's part. */
  async silently<T>(work: () => Promise<T>): Promise<T> {
    const { observer, db, mark } = this;
    this.observer = { committed: () => undefined };
    try {
      return await work();
    } finally {
      this.observer = observer;
      this.db = db;
      this.mark = mark;
    }
  }

  /** A database put in the place of the present one; the mark beside it goes back only where the whole folder was copied. */
  async restore(db: CityDb, mark: CityMark | null): Promise<void> {
    this.db = copyCity(db);
    if (mark) this.mark = mark;
    await this.start();
  }

  async start(): Promise<void> {
    const { seq } = this.db;
    const { mark } = this;
    // Whatever is not a going on from the mark is another database.
    const behind = seq < mark.seq || epochOf(this.db).id !== mark.epoch;
    if (behind && this.parts.noticesAtStart) this.newEpoch(seq);
    if (this.parts.judgesAgainAtStart) await this.judgeHeld();
  }

  private newEpoch(since: number): void {
    const { epochs } = this.db;
    this.db = { ...copyCity(this.db), epochs: [...epochs, { id: this.epochId(), since }] };
    this.mark = this.markNow();
  }

  /** A desk shows what the city once signed. How far back the database went nobody knows: surely not to before its epoch began. */
  heedWitness(receipt: Receipt): void {
    const { epochs, seq, streams } = this.db;
    const acked = streams.get(receipt.stream)?.acked ?? 0;
    const loss = provesLoss(receipt, { epochs, newest: seq, acked });
    if (loss && this.parts.noticesWitness) this.newEpoch(epochOf(this.db).since);
  }

  /** A desk shows how far it once read: in the present epoch that must still stand. */
  heedSighting(sighting: Sighting): void {
    const { epochs } = this.db;
    const { id, since } = epochOf(this.db);
    if (sighting.seen.epoch === id && isOtherBranch(epochs, sighting)) this.newEpoch(since);
  }

  /** A newer program reads what an older one could only keep, and judges all that is held. */
  private judgeHeld(): Promise<void> {
    return this.change(async (tx, db) => {
      for (const row of db.rows.values()) {
        const reading: Reading = row.reading.kind === 'newer' ? readAgain(row.raw, this.old) : row.reading;
        if (reading.kind === row.reading.kind) continue;
        db.rows.set(row.id, { ...row, reading });
        index(db, { id: row.id, reading });
      }
      const held = heldWhere(db, this.devices, () => true);
      const memory = await tx.loadMemory(held.map((h) => h.event));
      for (const { event } of held) memory.changed.add(`${event.subject.kind}/${event.subject.id}`);
      const words = judgeAgain({ memory, today: localTime(this.now()).date }, held);
      await tx.insertLaterWords(words, this.now());
      await tx.saveSubjects([...memory.changed].flatMap((key) => memory.subjects.get(key) ?? []));
    });
  }

  challenge(device: string): string {
    return sha256(`challenge ${this.keys.name} ${device}`);
  }
}
