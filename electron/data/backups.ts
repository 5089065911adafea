/** Backups of an open desk: when they are made, where they stand, what the checks found, and what a person asks for. */
import path from 'node:path';
import type { z } from 'zod';
import type { Deed } from '../../db/access.ts';
import { backupFolder, listBackups, ownBackups } from '../../db/backup/folder.ts';
import { stageAnew } from '../../db/backup/take.ts';
import { inTransaction } from '../../db/handle.ts';
import { type Journal, openJournal } from '../../db/journal/live.ts';
import type { DataKey } from '../../db/key-store.ts';
import { readMigrations } from '../../db/migrate.ts';
import { type MachineSetting, readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { chooseRestore, markDamaged } from '../../db/self-heal.ts';
import { type LogResult, type LogState, logState } from '../../shared/contract/ipc/access.ts';
import {
  type BackupState,
  dataCheck,
  type Recovery,
  recovery as recoverySchema,
} from '../../shared/contract/ipc/backup.ts';
import { DAY_END } from '../../shared/contract/ipc/sync.ts';
import { type BackupReason, backupIsDue } from '../../shared/domain/backup-rules.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { type BackupPort, type BackupRef, type Desk, problemValue } from '../context.ts';
import { asProblem, runOnThread } from './backup-thread.ts';
import { makeSecondPlace } from './second-place.ts';

export interface Backups extends BackupPort {
  /** Starts the clock: backups by day, checks by week. */
  schedule(): void;
  /** Somebody works. */
  touched(): void;
  /** A page of the store could not be read. */
  damaged(): void;
  close(): Promise<void>;
}
interface Around {
  readonly desk: Omit<Desk, 'backups' | 'updates'>;
  readonly key: DataKey;
  readonly migrationsFolder: string;
  readonly recovery: Recovery | null;
  readonly report: (error: unknown) => void;
  /** Closes the desk and starts it again; absent in tools, which are told at their next start. */
  readonly restart?: () => void;
  /** Asked before the backup of a night; true where it made one itself. */
  readonly beforeNight?: () => Promise<boolean>;
}

const LOOK_MS = 60_000;
const FIRST_CHECK_MS = 20_000;
const WEEK_MS = 7 * 86_400_000;

export function makeBackups(around: Around): Backups {
  const { desk, key, recovery, report } = around;
  const { db, clock, settings } = desk;
  const folder = settings.dataFolder;
  const versions = readMigrations(around.migrationsFolder).length;
  const store = around.desk;
  let running: Promise<unknown> | null = null;
  let problem: Problem | null = null;
  let lastAsked = clock.mono();
  /** Where a person looked for the copies of another machine. */
  let oldPlace: string | null = null;
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  const secondPlace = () => readMachineSetting(db, 'backup_place');
  const changed = () => closed || desk.announce('changed', ['backup']);
  const rests = () => desk.readOnly() !== null;
  const second = makeSecondPlace({ folder, key, clock, report, changed, rests, place: secondPlace() });
  const journal: Journal = openJournal(db, { folder, key, clock, report, wrote: () => second.wrote() });
  if (recovery) keep('recovery', JSON.stringify(recovery));

  const now = () => new Date(clock.now()).toISOString();
  function keep(name: MachineSetting, value: string | null, deed: Deed | null = null): void {
    inTransaction(db, (tx) => {
      writeMachineSetting(tx, name, value);
      if (deed) desk.access.within(tx, deed);
    });
  }
  const told = <S extends z.ZodType>(name: MachineSetting, schema: S): z.output<S> | null => {
    const text = readMachineSetting(db, name);
    return text === null ? null : schema.parse(JSON.parse(text));
  };
  const newestIn = (place: string) => {
    const at = ownBackups(place, key)[0]?.at;
    return at === undefined ? null : new Date(at).toISOString();
  };

  function state(): BackupState {
    const place = secondPlace();
    const at = second.carriedAt();
    const failed = problem ?? second.problem();
    return {
      newest: newestIn(backupFolder(folder)),
      running: running !== null,
      journalWhole: journal.whole(),
      second:
        place === null
          ? null
          : {
              ...{ place, there: second.there(), newest: newestIn(second.folder() ?? place) },
              ...{ journal: at === null ? null : new Date(at).toISOString(), behind: second.behind() },
            },
      quick: told('check_quick', dataCheck),
      full: told('check_full', dataCheck),
      problem: failed && problemValue(failed),
      recovery: told('recovery', recoverySchema),
      logFound: foundIn(logFound()),
    };
  }

  /** One long work at a time. */
  async function alone<T>(work: () => Promise<T>): Promise<T> {
    if (running) fail('BACKUP_RUNNING');
    const run = work();
    running = run;
    changed();
    try {
      return await run;
    } finally {
      running = null;
      changed();
    }
  }

  const purgedAt = () => {
    const at = readMachineSetting(db, 'purged_at');
    return at === null ? null : Date.parse(at);
  };
  const make = (reason: BackupReason) =>
    alone(async () => {
      try {
        journal.resume();
        const made = await runOnThread({
          ...{ job: 'backup', folder, key, at: clock.now(), reason },
          ...{ second: second.folder(), purgedAt: purgedAt() },
        });
        problem = made.second && asProblem(made.second);
        // What was written while it ran stands in the segment before; the next commit begins one that follows it.
        if (!closed) journal.turn();
        if (!made.second) await second.backedUp();
      } catch (error) {
        problem = error instanceof Problem ? error : null;
        throw error;
      }
    });

  /** Its disk was plugged in again: what it missed. */
  const catchUp = () =>
    alone(async () => {
      const place = second.folder();
      if (place === null) return;
      const failed = await runOnThread({ job: 'second', folder, key, place, purgedAt: purgedAt() });
      problem = failed && asProblem(failed);
      if (!failed) await second.backedUp();
    });

  const check = (full: boolean) =>
    alone(async () => {
      const { ok } = await runOnThread({ job: 'check', folder, key, full });
      if (closed) return;
      const found = JSON.stringify({ at: now(), ok });
      keep('check_quick', found);
      if (full) keep('check_full', found);
      if (!ok) damaged();
      else await lookAtLog(full ? 'whole' : 'tail');
    });

  /** Apart from the pages: a log that somebody bent is told, never healed from a backup. */
  async function lookAtLog(wanted: 'tail' | 'whole'): Promise<LogResult> {
    const { found, entries, events } = await runOnThread({ job: 'log', folder, key, wanted });
    const result: LogResult = { at: now(), entries, events, found: [...found] };
    if (!closed) keep('check_log', JSON.stringify({ ...logFound(), [wanted]: result }));
    return result;
  }
  const logFound = (): LogState => told('check_log', logState) ?? { tail: null, whole: null };

  function damaged(): void {
    // Where nothing else holds as much, starting again would find the same.
    if (closed || recovery?.kind === 'kept') return;
    markDamaged(folder);
    around.restart?.();
  }

  function look(): void {
    if (running) return;
    const last = ownBackups(backupFolder(folder), key)[0]?.at ?? null;
    const dayEnd = readMachineSetting(db, 'day_end') ?? DAY_END;
    const idle = clock.mono() - lastAsked;
    const full = told('check_full', dataCheck);
    if (backupIsDue({ now: clock.now(), dayEnd, last, idle, hole: !journal.whole() })) background(nightly());
    else if (full && clock.now() - Date.parse(full.at) >= WEEK_MS) background(check(true));
    else if (!full) background(check(true));
    else if (second.there() && isBehindBackup()) background(catchUp());
    else if (second.there() && second.behind()) void second.bring();
  }
  let atNight = false;
  /** What goes from this machine by itself goes first, and brings a backup of its own. */
  async function nightly(): Promise<void> {
    if (atNight) return;
    atNight = true;
    try {
      if (!(await around.beforeNight?.())) await make('night');
    } finally {
      atNight = false;
    }
  }
  const isBehindBackup = () => {
    const [here, away] = [newestIn(backupFolder(folder)), newestIn(second.folder() ?? '')];
    return here !== null && (away === null || away < here);
  };
  function background(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      if (!(error instanceof Problem)) report(error);
    });
  }

  const fileOf = ({ where, name }: BackupRef) => {
    const place = where === 'here' ? backupFolder(folder) : second.folder();
    const found = place === null ? undefined : listBackups(place).find((one) => one.name === name);
    return found ?? fail('BACKUP_NOT_FOUND');
  };

  return {
    state,
    list: () => {
      const away = second.folder();
      const rows = (where: BackupRef['where'], place: string | null) =>
        place === null
          ? []
          : listBackups(place).map(({ name, at, reason, bytes }) => ({
              ...{ where, name, reason, bytes },
              at: new Date(at).toISOString(),
            }));
      return [...rows('here', backupFolder(folder)), ...rows('second', away)].sort((a, b) =>
        b.at.localeCompare(a.at),
      );
    },
    async make(reason = 'asked') {
      await make(reason);
      return state();
    },
    async check() {
      await check(true);
      return state();
    },
    logState: logFound,
    checkLog: () => alone(() => lookAtLog('whole')),
    look: (ref) => alone(() => runOnThread({ job: 'look', folder, key, file: fileOf(ref).file, versions })),
    async restore(ref, by) {
      const { file, at } = fileOf(ref);
      await alone(() => runOnThread({ job: 'look', folder, key, file, versions }));
      chooseRestore(folder, { file, at: new Date(at).toISOString(), by });
      // The answer goes out first.
      setTimeout(() => around.restart?.(), 200);
    },
    setPlace(place, deed) {
      if (place !== null && isInside(place, folder)) fail('BACKUP_PLACE_SAME');
      keep('backup_place', place, deed);
      problem = null;
      second.choose(place);
      if (place !== null) background(catchUp());
      changed();
      return state();
    },
    async findOld(place) {
      oldPlace = place;
      return runOnThread({ job: 'find', place });
    },
    async takeOld(name) {
      const found = oldPlace === null ? [] : await runOnThread({ job: 'find', place: oldPlace });
      if (oldPlace === null || !found.some((one) => one.name === name)) return fail('OLD_STORE_EMPTY');
      const from = path.join(oldPlace, name);
      await alone(() => runOnThread({ job: 'take', folder, from }));
      setTimeout(() => around.restart?.(), 200);
    },
    lookAtRetention: (rule) => alone(() => runOnThread({ job: 'retention', folder, key, rule })),
    async forgetOlder() {
      // The commit of the mark is the first of the new segment, so that the backup reaches into it and nothing of before is needed.
      journal.cut();
      keep('purged_at', now());
      await make('asked');
      return state();
    },
    beginAnew() {
      stageAnew(folder);
      setTimeout(() => around.restart?.(), 200);
    },
    readRecovery() {
      keep('recovery', null);
      changed();
      return state();
    },
    touched: () => {
      lastAsked = store.clock.mono();
    },
    damaged,
    schedule() {
      timers.add(setTimeout(() => running || background(check(false)), FIRST_CHECK_MS));
      timers.add(setInterval(look, LOOK_MS));
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await running?.catch(() => undefined);
      await second.close();
      journal.close();
    },
  };
}

function isInside(place: string, folder: string): boolean {
  const relative = path.relative(path.resolve(folder), path.resolve(place));
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

/** A store that was put back openly lacks what came after; that is no finding to be alarmed by. */
function foundIn({ tail, whole }: LogState): number {
  const kinds = [...(tail?.found ?? []), ...(whole?.found ?? [])].map((one) => one.kind);
  return kinds.filter((kind) => kind !== 'put_back').length;
}
