/**
 * Accesses of a time in which the store may not be written: sealed frames in files beside it, each synced before the answer goes out.
 * Whoever opens that store to write takes them into the access log, once. While no file can be written either they wait in memory.
 */
import {
  closeSync,
  existsSync,
  fdatasyncSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { accessEntry } from '../shared/domain/access.ts';
import { recordAccess } from './access.ts';
import type { Clock } from './clock.ts';
import { inTransaction, type ReadDb, type WriteTx } from './handle.ts';
import type { DataKey } from './key-store.ts';
import { syncFolder } from './private-file.ts';
import { readIdentity } from './queries/device.ts';
import { readMachineSetting, writeMachineSetting } from './queries/machine.ts';
import { logPrint } from './queries/print.ts';
import { createFrames, type FrameKind, type FrameWriter, framesOf, startOf } from './sealed-frames.ts';
import { named } from './sqlite-problem.ts';

export const ASIDE_FOLDER = 'access-aside';
const KIND: FrameKind = { magic: 'SMCA1', purpose: 'so-mot-cua/access-aside/v1' };
const NAME = /^(\d{8})\.aside$/;
/** Beyond it the oldest are given up, and counted. */
const MOST_WAITING = 2_000;

/** An entry as it is known when nothing can be chained: without number, link and device. */
const asideEntry = accessEntry.omit({ v: true, seq: true, prev: true, device: true, events: true });
export type AsideEntry = z.infer<typeof asideEntry>;

interface Place {
  readonly folder: string;
  readonly key: DataKey;
}
export interface Aside {
  /** False where it waits in memory alone. */
  keep(entry: AsideEntry): boolean;
  /** Tries to write what waits; whether the next one would reach the disk. */
  ready(): boolean;
  /** Some wait in memory alone. */
  waiting(): boolean;
  close(): void;
}

/** A new file at the first entry after each opening, so that none grows behind a half-written frame. */
export function openAside({ folder, key }: Place): Aside {
  const place = path.join(folder, ASIDE_FOLDER);
  let file: FrameWriter | null = null;
  let waiting: AsideEntry[] = [];

  function begin(): FrameWriter {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    const next = (numbersIn(place).at(-1) ?? 0) + 1;
    const made = createFrames(path.join(place, nameOf(next)), KIND, key);
    syncFolder(place);
    return made;
  }
  function append(to: FrameWriter, entries: readonly AsideEntry[]): void {
    const { size } = fstatSync(to.handle);
    try {
      for (const entry of entries) to.append(entry);
      fdatasyncSync(to.handle);
    } catch (error) {
      // Half a frame would hide those after it, and be taken for one that was lost.
      ftruncateSync(to.handle, size);
      throw error;
    }
  }
  function end(): void {
    if (file) closeSync(file.handle);
    file = null;
  }
  function ready(): boolean {
    try {
      file ??= begin();
      append(file, waiting);
      waiting = [];
      return true;
    } catch {
      try {
        end();
      } catch {
        file = null;
      }
      return false;
    }
  }
  return {
    keep(entry) {
      waiting = waiting.length < MOST_WAITING ? [...waiting, entry] : [...thinned(waiting), entry];
      return ready();
    },
    ready,
    waiting: () => waiting.length > 0,
    close() {
      if (waiting.length > 0) ready();
      end();
    },
  };
}

/** The oldest goes, and stands in a number of those that are missing. */
function thinned([first, second, ...rest]: readonly AsideEntry[]): AsideEntry[] {
  if (!first || !second) return [];
  const count = first.action === 'log.missed' ? Number(first.facts.count) : 1;
  return [{ ...second, ...MISSED, facts: { count: count + 1 } }, ...rest];
}
const MISSED = { actor: null, action: 'log.missed', subject: null, outcome: 'done', why: null } as const;

const nameOf = (number: number) => `${String(number).padStart(8, '0')}.aside`;

function numbersIn(place: string): number[] {
  if (!existsSync(place)) return [];
  return readdirSync(place)
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** Names in their order. */
export const asideFiles = (folder: string): string[] =>
  numbersIn(path.join(folder, ASIDE_FOLDER)).map((number) => path.join(folder, ASIDE_FOLDER, nameOf(number)));

/** What of a file can be read, and how many entries of it cannot. */
export function readAside(file: string, key: DataKey): { entries: unknown[]; lost: number } {
  const entries: unknown[] = [];
  const frames = framesOf(readFileSync(file), KIND, key);
  for (let next = frames.next(); ; next = frames.next()) {
    if (next.done) return { entries, lost: next.value };
    entries.push(next.value);
  }
}

/**
 * Into the access log of a store that may be written, with the device time of then. A file goes once its entries are committed; that it was
 * taken is committed with them, so that a power cut between the two neither doubles nor loses one.
 */
export function takeAside(db: ReadDb, { folder, key }: Place, clock: Clock): void {
  const files = asideFiles(folder);
  if (files.length === 0 || readIdentity(db) === null) return;
  const here = new Set(files.map((file) => saltOf(readFileSync(file))));
  for (const file of files) {
    const salt = saltOf(readFileSync(file));
    const taken = takenIn(db).filter((one) => here.has(one));
    let lost = 0;
    if (!taken.includes(salt))
      named(() =>
        inTransaction(db, (tx) => {
          lost = takeAll(tx, readAside(file, key), clock);
          writeMachineSetting(tx, 'access_taken', JSON.stringify([...taken, salt]));
        }),
      );
    if (lost > 0) setAside(folder, file, salt);
    else rmSync(file);
  }
  syncFolder(path.join(folder, ASIDE_FOLDER));
}

const saltOf = (bytes: Buffer) => bytes.subarray(KIND.magic.length, startOf(KIND)).toString('hex');
const takenIn = (db: ReadDb) =>
  z.array(z.string()).parse(JSON.parse(readMachineSetting(db, 'access_taken') ?? '[]'));

/** Answers how many could not be read: their number is told in the log. */
function takeAll(tx: WriteTx, { entries, lost }: ReturnType<typeof readAside>, clock: Clock): number {
  for (const entry of entries) takeOne(tx, asideEntry.parse(entry));
  if (lost > 0) recordAccess(tx, { clock, actor: null }, { action: 'log.missed', facts: { count: lost } });
  return lost;
}

function takeOne(tx: WriteTx, entry: AsideEntry): void {
  const { at, boot, mono, actor, why, subject, facts, ...deed } = entry;
  const then: Clock = { now: () => Date.parse(at), mono: () => mono, boot };
  recordAccess(
    tx,
    { clock: then, actor },
    {
      ...deed,
      ...(subject && { subject }),
      ...(why !== null && { why }),
      facts: { ...facts, beside: 1 },
    },
  );
  // The dossier's page tells what was printed.
  if (deed.action === 'slip.log' && subject && actor)
    logPrint(tx, { dossierId: subject.id, kind: String(facts.paper), at, actor: actor.id });
}

/** One that holds what cannot be read is kept for whoever looks into it. */
function setAside(folder: string, file: string, salt: string): void {
  const place = path.join(folder, 'set-aside');
  mkdirSync(place, { recursive: true, mode: 0o700 });
  renameSync(file, path.join(place, `access-${salt.slice(0, 12)}.aside`));
}
