/** What handlers, sync and the data process share: one context, made once at the start and passed on. */
import type { Deed } from '../db/access.ts';
import type { Clock, Ids } from '../db/clock.ts';
import type { ReadDb, WriteTx } from '../db/handle.ts';
import type { RetentionLook } from '../db/purge.ts';
import { readAccounts } from '../db/queries/account.ts';
import { type Identity, readIdentity } from '../db/queries/device.ts';
import type { KeptFile } from '../db/queries/file.ts';
import { provenRole } from '../db/role-proof.ts';
import { seenTime } from '../db/seen-time.ts';
import type { Author, Writer } from '../db/write.ts';
import type { LogResult, LogState } from '../shared/contract/ipc/access.ts';
import type { BackupLook, BackupRow, BackupState, OldStore } from '../shared/contract/ipc/backup.ts';
import { callRules } from '../shared/contract/ipc/call-rules.ts';
import type { ProblemValue } from '../shared/contract/ipc/common.ts';
import type { CourierLook, Exported, Imported } from '../shared/contract/ipc/courier.ts';
import { whileReadOnly } from '../shared/contract/ipc/read-only-rules.ts';
import type { Announcement, AnnouncementBody, ChangedKind, Method } from '../shared/contract/ipc/registry.ts';
import type { SyncRoad, SyncState } from '../shared/contract/ipc/sync.ts';
import type { PreparedUpdate, UpdateState } from '../shared/contract/ipc/update.ts';
import type { LossReply, MachinesReply, Revoked, RevokeMachine } from '../shared/contract/sync/machines.ts';
import type { FiguresAsked, FiguresReply } from '../shared/contract/sync/messages.ts';
import type { BackupReason } from '../shared/domain/backup-rules.ts';
import type { Actor, Event } from '../shared/domain/event.ts';
import { type ReadOnlyReason, readOnlyProblems } from '../shared/domain/read-only.ts';
import type { RetentionRule } from '../shared/domain/retention.ts';
import { ROLE_LIFE_DAYS, type RoleStanding } from '../shared/domain/role-paper.ts';
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
  /** Machines of this office and of those below it, what stood on a lost one, taking the rights of its key away. */
  machines(): Promise<MachinesReply>;
  loss(no: number): Promise<LossReply>;
  revoke(wish: RevokeMachine): Promise<Revoked>;
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
  /** Sets the data of this machine aside and begins with none, soon after the answer. */
  beginAnew(): void;
  /** Which dossiers may be taken off this machine, over all of them, on a thread. */
  lookAtRetention(rule: RetentionRule): Promise<RetentionLook>;
  /** A new backup, after which those of before and the journal up to here go: they hold what was taken off. */
  forgetOlder(): Promise<BackupState>;
  /** What the last start brought back has been read. */
  readRecovery(): BackupState;
}

/** The access log. `by`: absent = who acts now; null = the machine by itself. Before enrolment nothing is noted. */
export interface AccessLog {
  /** In the transaction of the act. */
  within(tx: WriteTx, deed: Deed, by?: Actor | null): void;
  /** In a transaction of its own; where the disk takes nothing the deed goes on, and the next entry says how many are missing. */
  note(deed: Deed, by?: Actor | null): void;
  /** Whether the next entry would reach the disk; what waits in memory is tried first. */
  kept(): boolean;
  /** Some entries wait in memory alone. */
  waiting(): boolean;
  /** Once while somebody keeps it open or comes back within ten minutes. */
  opening(deed: Deed): void;
}

export interface Desk {
  readonly access: AccessLog;
  readonly backups: BackupPort;
  readonly updates: UpdatePort;
  readonly db: ReadDb;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly settings: Settings;
  /** Why nothing is written, sent, healed or copied now; null = everything is. */
  readOnly(): ReadOnlyReason | null;
  /** Account that signed in; null = the one that the machine was enrolled for (tools, tests). */
  who(): string | null;
  announce<A extends Announcement>(announcement: A, body: AnnouncementBody<A>): void;
}

export interface ReadCtx {
  readonly desk: Desk;
  readonly db: ReadDb;
  readonly identity: Acting | null;
  readonly sync: SyncPort;
}
/** A write handler runs inside the transaction: it decides and records; it never waits. */
export interface WriteCtx extends Writer {
  readonly desk: Desk;
  readonly identity: Acting;
}
export interface TaskCtx extends ReadCtx {
  /** Own transactions of a task; announces what changed after each commit. */
  write<T>(work: (writer: Writer) => T): T;
  changed(...kinds: ChangedKind[]): void;
}

export function requireIdentity<I extends Identity>(identity: I | null): I {
  return identity ?? fail('NOT_ENROLLED');
}

/** This machine with the person who acts at it now. */
export interface Acting extends Identity {
  /** What proves the role; see role-proof.ts. */
  readonly standing: RoleStanding;
  /** Epoch ms of the city's time; null where nothing proves it. */
  readonly roleUntil: number | null;
}

/** Somebody whom the city never named, or names no more, may read only. */
export function actingIdentity({ db, who, clock }: Pick<Desk, 'db' | 'who' | 'clock'>): Acting | null {
  const identity = readIdentity(db);
  if (!identity) return null;
  const id = who() ?? identity.account.id;
  const { paper, ...row } = readAccounts(db).find((one) => one.id === id) ?? {
    ...{ ...identity.account, paper: null },
    known: identity.account.id === id && identity.accountKnown,
  };
  const proven = provenRole(db, identity, { id, paper });
  const acting = { ...identity, accountKnown: row.known, roleUntil: proven?.until ?? null };
  if (!proven) return { ...acting, account: { id, name: row.name, role: row.role }, standing: 'unproven' };
  const standing = seenTime(db, clock) > proven.until ? 'expired' : 'current';
  return { ...acting, account: proven.account, standing };
}

/** Asked before anything else: a stranger is not told what is wrong with the input. The write path asks again. */
export function requireMay({ account: { role }, accountKnown, standing }: Acting, call: Method): void {
  const rule = callRules[call];
  if (rule.needs !== 'reading') {
    if (!accountKnown) fail('ACCOUNT_UNKNOWN');
    if (standing === 'unproven') fail('ROLE_UNPROVEN');
  }
  if (!rule.roles.includes(role)) fail('FORBIDDEN', { role, verb: call });
  if (rule.needs === 'current' && standing === 'expired') fail('ROLE_EXPIRED', { days: ROLE_LIFE_DAYS });
}

/** The one refusal of a store that may not be written. */
export function requireWritable({ access, readOnly }: Pick<Desk, 'access' | 'readOnly'>, call: Method): void {
  const reason = readOnly();
  const may = reason === null ? 'yes' : whileReadOnly(call, reason);
  if (reason !== null && may === 'no') fail(readOnlyProblems[reason]);
  if (may === 'kept' && !access.kept()) fail('ACCESS_NOT_KEPT');
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
