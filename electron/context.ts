/** What handlers, sync and the data process share: one context, made once at the start and passed on. */
import type { Clock, Ids } from '../db/clock.ts';
import type { ReadDb } from '../db/handle.ts';
import { readAccounts } from '../db/queries/account.ts';
import { type Identity, readIdentity } from '../db/queries/device.ts';
import type { KeptFile } from '../db/queries/file.ts';
import type { Author, Writer } from '../db/write.ts';
import type { BackupLook, BackupRow, BackupState, OldStore } from '../shared/contract/ipc/backup.ts';
import type { ProblemValue } from '../shared/contract/ipc/common.ts';
import type { CourierLook, Exported, Imported } from '../shared/contract/ipc/courier.ts';
import type { Announcement, AnnouncementBody, ChangedKind } from '../shared/contract/ipc/registry.ts';
import type { SyncRoad, SyncState } from '../shared/contract/ipc/sync.ts';
import type { PreparedUpdate, UpdateState } from '../shared/contract/ipc/update.ts';
import type { FiguresAsked, FiguresReply } from '../shared/contract/sync/messages.ts';
import type { BackupReason } from '../shared/domain/backup-rules.ts';
import type { Event } from '../shared/domain/event.ts';
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

/** The release that the city hands out. */
export interface UpdateCity {
  /** As it was signed (compact JWS). */
  manifest(): Promise<string>;
  /** As far as one answer goes. */
  installerFrom(sha256: string, offset: number): Promise<AsyncIterable<Uint8Array>>;
}

/** Updates of the program, as handlers see them. `mayInstall` is theirs to say. */
export interface UpdatePort {
  state(): Omit<UpdateState, 'mayInstall'>;
  check(): Promise<void>;
  /** From a folder on this machine or a stick. */
  take(place: string): Promise<void>;
  load(): Promise<void>;
  cancel(): void;
  later(until: 'day_end' | 'tomorrow'): void;
  /** Everything that must hold before an installation, and the backup. */
  prepare(): Promise<PreparedUpdate>;
  readOutcome(): void;
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
  /** Work on the city's release. */
  updates<T>(work: (city: UpdateCity) => Promise<T>, signal: AbortSignal): Promise<T>;
  enrol(input: { url: string; code: string; deviceName: string }): Promise<void>;
}

export type BackupRef = Pick<BackupRow, 'where' | 'name'>;
/** Backups and checks of the store, as handlers see them. */
export interface BackupPort {
  state(): BackupState;
  list(): readonly BackupRow[];
  /** `asked` where nothing is said. */
  make(reason?: BackupReason): Promise<BackupState>;
  check(): Promise<BackupState>;
  look(ref: BackupRef): Promise<BackupLook>;
  /** Begins again with this backup, soon after the answer. */
  restore(ref: BackupRef): Promise<void>;
  setPlace(place: string | null): BackupState;
  findOld(place: string): Promise<readonly OldStore[]>;
  /** Begins again with one of those found, soon after the answer. */
  takeOld(name: string): Promise<void>;
  /** What the last start brought back has been read. */
  readRecovery(): BackupState;
}

export interface Desk {
  readonly backups: BackupPort;
  readonly updates: UpdatePort;
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
