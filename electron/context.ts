/** What handlers, sync and the data process share: one context, made once at the start and passed on. */
import type { Deed } from '../db/access.ts';
import type { Clock, Ids } from '../db/clock.ts';
import type { ReadDb, WriteTx } from '../db/handle.ts';
import { readAccounts } from '../db/queries/account.ts';
import { type Identity, readIdentity } from '../db/queries/device.ts';
import type { KeptFile } from '../db/queries/file.ts';
import type { Author, Writer } from '../db/write.ts';
import type { LogResult, LogState } from '../shared/contract/ipc/access.ts';
import type { BackupLook, BackupRow, BackupState, OldStore } from '../shared/contract/ipc/backup.ts';
import type { ProblemValue } from '../shared/contract/ipc/common.ts';
import type { CourierLook, Exported, Imported } from '../shared/contract/ipc/courier.ts';
import type { Announcement, AnnouncementBody, ChangedKind } from '../shared/contract/ipc/registry.ts';
import type { SyncRoad, SyncState } from '../shared/contract/ipc/sync.ts';
import type { FiguresAsked, FiguresReply } from '../shared/contract/sync/messages.ts';
import type { Actor, Event } from '../shared/domain/event.ts';
import { type EventVerb, mayDo } from '../shared/domain/verbs.ts';
import { fail, type Problem, problemSentence } from '../shared/problem.ts';

export interface Settings {
  readonly version: string;
  readonly dataFolder: string;
  /** Address offered where the machine is not enrolled yet. */
  readonly cityUrl: string;
  readonly demo: boolean;
  /** How the operating system starts this program: the program, and what must follow it. */
  readonly program: readonly string[];
}

/** Sending by USB stick. A place is a folder or a file, chosen outside the window. */
export interface CourierPort {
  look(): CourierLook;
  write(place: string, withScans?: boolean): Promise<Exported>;
  read(place: string): Promise<Imported>;
  cancel(): void;
}

/** Scans that lie with the city, fetched when somebody opens one. */
export interface ScanPort {
  /** Whole on this machine when it returns. Fails with SCAN_ELSEWHERE offline, SCAN_FETCH_STOPPED, SCAN_HASH_WRONG, what the city says. */
  fetch(file: KeptFile): Promise<void>;
  /** Ends the fetch under way, and returns when it ended; what came stays for the next one. */
  cancel(): Promise<void>;
}

/** Sending, as handlers see it. */
export interface SyncPort {
  state(): SyncState;
  run(): Promise<SyncState>;
  cancel(): void;
  readonly courier: CourierPort;
  readonly scans: ScanPort;
  /** Which way to the city is taken, read anew. */
  road(): Promise<Pick<SyncRoad, 'cityUrl' | 'proxy' | 'except'>>;
  /** Plans anew: a setting of this machine changed. */
  settingsChanged(): void;
  /** Asks the city now, beside whatever is being sent. */
  figures(asked: FiguresAsked): Promise<FiguresReply>;
  enrol(input: { url: string; code: string; deviceName: string }): Promise<void>;
}

export type BackupRef = Pick<BackupRow, 'where' | 'name'>;
/** Backups and checks of the store, as handlers see them. */
export interface BackupPort {
  state(): BackupState;
  list(): readonly BackupRow[];
  make(): Promise<BackupState>;
  check(): Promise<BackupState>;
  /** What the newest checks of the access log and the events found. */
  logState(): LogState;
  /** All of it, now. */
  checkLog(): Promise<LogResult>;
  look(ref: BackupRef): Promise<BackupLook>;
  /** Begins again with this backup, soon after the answer. */
  restore(ref: BackupRef, by: Actor | null): Promise<void>;
  /** `deed` is noted with it. */
  setPlace(place: string | null, deed: Deed): BackupState;
  findOld(place: string): Promise<readonly OldStore[]>;
  /** Begins again with one of those found, soon after the answer. */
  takeOld(name: string): Promise<void>;
  /** What the last start brought back has been read. */
  readRecovery(): BackupState;
}

/** The access log. `by`: absent = who acts now; null = the machine by itself. Before enrolment nothing is noted. */
export interface AccessLog {
  /** In the transaction of the act. */
  within(tx: WriteTx, deed: Deed, by?: Actor | null): void;
  /** In a transaction of its own; where the disk takes nothing the deed goes on, and the next entry says how many are missing. */
  note(deed: Deed, by?: Actor | null): void;
  /** Once while somebody keeps it open or comes back within ten minutes. */
  opening(deed: Deed): void;
}

export interface Desk {
  readonly access: AccessLog;
  readonly backups: BackupPort;
  readonly db: ReadDb;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: Settings;
  /** Account that signed in; null = the one that the machine was enrolled for (tools, tests). */
  who(): string | null;
  announce<A extends Announcement>(announcement: A, body: AnnouncementBody<A>): void;
}

export interface ReadCtx {
  readonly desk: Desk;
  readonly db: ReadDb;
  readonly identity: Identity | null;
  readonly sync: SyncPort;
}
/** A write handler runs inside the transaction: it decides and records; it never waits. */
export interface WriteCtx extends Writer {
  readonly desk: Desk;
  readonly identity: Identity;
}
export interface TaskCtx extends ReadCtx {
  /** Own transactions of a task; announces what changed after each commit. */
  write<T>(work: (writer: Writer) => T): T;
  changed(...kinds: ChangedKind[]): void;
}

export function requireIdentity(identity: Identity | null): Identity {
  return identity ?? fail('NOT_ENROLLED');
}

/** This machine with the person who acts at it now. Somebody whom the city never named may read only. */
export function actingIdentity({ db, who }: Pick<Desk, 'db' | 'who'>): Identity | null {
  const identity = readIdentity(db);
  const id = who() ?? identity?.account.id;
  if (!identity || id === undefined) return identity;
  const account = readAccounts(db).find((one) => one.id === id);
  if (!account) return { ...identity, accountKnown: identity.account.id === id && identity.accountKnown };
  const { name, role, known } = account;
  return { ...identity, account: { id, name, role }, accountKnown: known };
}

/** Asked before anything else: a stranger is not told what is wrong with the input. The write path asks again. */
export function requireMay({ account, accountKnown }: Identity, verb: EventVerb): void {
  if (!accountKnown) fail('ACCOUNT_UNKNOWN');
  if (!mayDo(account.role, verb)) fail('FORBIDDEN', { role: account.role, verb });
}

export function authorOf(desk: Desk, identity: Identity): Author {
  return { db: desk.db, clock: desk.clock, ids: desk.ids, identity, actor: identity.account };
}

export function kindsOf(events: readonly Event[]): ChangedKind[] {
  return events.length === 0 ? [] : [...new Set(events.map((e) => e.subject.kind)), 'sync'];
}

export function problemValue(problem: Problem): ProblemValue {
  return {
    code: problem.code,
    sentence: problemSentence(problem.code, problem.details),
    details: { ...problem.details },
  };
}
