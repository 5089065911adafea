/** Which backups are kept, when one is due, and how a file is called. Pure; times are epoch ms, days are Vietnam's. */
import { localTime } from '../lib/local-date.ts';

export const backupReasons = ['night', 'update', 'asked'] as const;
export type BackupReason = (typeof backupReasons)[number];
export interface BackupName {
  readonly at: number;
  readonly reason: BackupReason;
  /** Of which store, 8 hex digits; null up to 0.5.0, whose names do not tell. */
  readonly store: string | null;
}

const NAME =
  /^so-mot-cua-(\d{4}-\d{2}-\d{2})T(\d{2})(\d{2})(\d{2})(\d{3})Z(?:-([0-9a-f]{8}))?-(night|update|asked)\.db$/;

/** No personal data: when it was made (UTC), of which store, why. */
export function backupFileName({ at, reason, store }: BackupName): string {
  const of = store === null ? '' : `-${store}`;
  return `so-mot-cua-${new Date(at).toISOString().replaceAll(/[:.]/g, '')}${of}-${reason}.db`;
}

export function readBackupName(name: string): BackupName | null {
  const [, day, h, m, s, ms, store = null, reason] = NAME.exec(name) ?? [];
  const found = backupReasons.find((one) => one === reason);
  const at = Date.parse(`${day}T${h}:${m}:${s}.${ms}Z`);
  return found && Number.isFinite(at) ? { at, reason: found, store } : null;
}

const DAYS = 7;
const WEEKS = 4;
const MONTHS = 12;
const DAY_MS = 86_400_000;

/**
 * The newest of each of the last 7 days, 4 weeks (from Monday) and 12 months that have any. Those of before `purgedAt` hold people who
 * were taken off this machine: they go as soon as a newer one stands beside them.
 */
export function keptBackups(times: readonly number[], purgedAt: number | null = null): ReadonlySet<number> {
  const clean = times.filter((at) => at >= (purgedAt ?? at));
  const newestFirst = [...(clean.length > 0 ? clean : times)].sort((a, b) => b - a);
  const firstOf = (period: (at: number) => string, most: number) => {
    const found = new Map<string, number>();
    for (const at of newestFirst) if (!found.has(period(at))) found.set(period(at), at);
    return [...found.values()].slice(0, most);
  };
  return new Set([
    ...firstOf((at) => localTime(at).date, DAYS),
    ...firstOf(mondayOf, WEEKS),
    ...firstOf((at) => localTime(at).date.slice(0, 7), MONTHS),
  ]);
}

function mondayOf(at: number): string {
  const weekday = (new Date(`${localTime(at).date}T00:00:00Z`).getUTCDay() + 6) % 7;
  return localTime(at - weekday * DAY_MS).date;
}

export interface BackupMoment {
  readonly now: number;
  /** HH:MM, Vietnam's time. */
  readonly dayEnd: string;
  /** The newest good backup; null = none. */
  readonly last: number | null;
  /** Ms since somebody last asked anything of the data. */
  readonly idle: number;
  /** The journal has a hole: only a backup covers what comes after it. */
  readonly hole: boolean;
}
const IDLE_MS = 2 * 60_000;
/** One that nobody pauses for long enough is made while somebody works: it blocks nobody. */
const PATIENCE_MS = 60 * 60_000;

/** One for each day, after the day's end, when nobody types; what was missed because the machine was off is made up for. */
export function backupIsDue({ now, dayEnd, last, idle, hole }: BackupMoment): boolean {
  const due = hole || last === null ? now : nextDayEnd(last, dayEnd);
  if (now < due) return false;
  return idle >= IDLE_MS || now - due >= PATIENCE_MS;
}

/** The first day's end after a moment. */
function nextDayEnd(after: number, dayEnd: string): number {
  const { date } = localTime(after);
  const end = Date.parse(`${date}T${dayEnd}:00+07:00`);
  return end > after ? end : end + DAY_MS;
}
