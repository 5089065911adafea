/** Sending by USB stick: a bundle out, receipts in. No exchange by network runs meanwhile; what both roads carry is the same. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { FileStore } from '../../db/file-seal.ts';
import { readFile } from '../../db/file-store.ts';
import { inTransaction } from '../../db/handle.ts';
import { countWaiting, hasReceiptOf } from '../../db/queries/delivery.ts';
import { type Identity, readIdentity } from '../../db/queries/device.ts';
import { fileKeyOf, filesToSend, type KeptFile } from '../../db/queries/file.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import type { CourierLook, Exported, Imported } from '../../shared/contract/ipc/courier.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { type Disk, filesAt, putWhole } from '../../shared/courier/disk.ts';
import { SUFFIX } from '../../shared/courier/envelope.ts';
import { stickProblem } from '../../shared/courier/stick-problem.ts';
import { takesNotes } from '../../shared/domain/read-only.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail, Problem } from '../../shared/problem.ts';
import {
  type Answer,
  batchesOf,
  type Load,
  loadOf,
  type Taken,
  takeReceipts,
} from '../../shared/protocol/courier.ts';
import type { DeskStore } from '../../shared/protocol/desk-ports.ts';
import { type CourierPort, type Desk, problemValue, requireIdentity } from '../context.ts';
import { openAnswer } from './courier-answer.ts';
import { bundleBytes, headerOf } from './courier-bundle.ts';
import { keepSent, requireRoom, soundFiles, sumOf } from './courier-scans.ts';
import { sqliteStore } from './desk-store.ts';
import { sealingOf } from './exchange.ts';
import { sign } from './jws.ts';

export interface CourierAround {
  /** Runs while no exchange does. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  /** The stream stands elsewhere than before. */
  marked(): void;
}

const disk: Disk = { ...fs, join: path.join };
type LastBundle = NonNullable<CourierLook['last']> &
  Pick<Load, 'stream' | 'to'> & {
    /** Scans in it. */
    readonly files: readonly string[];
  };

export function makeCourier(desk: Desk, { alone, marked }: CourierAround): CourierPort {
  const { db } = desk;
  let progress: CourierLook['progress'] = null;
  let cancelled = false;
  const now = () => desk.clock.now();
  const changed = (kinds: Parameters<typeof desk.announce<'changed'>>[1]) => desk.announce('changed', kinds);
  const storeOf = (): DeskStore => {
    const store = sqliteStore(db, { now, changed: (kinds) => changed([...kinds]), marked });
    // Not kept, a batch is sealed anew another time: the city tells repeats by their places.
    return takesNotes(desk.readOnly()) ? store : { ...store, keepSealed: () => undefined };
  };
  const filesOf = (): FileStore => ({ folder: desk.settings.dataFolder, key: fileKeyOf(db) });
  const unsent = (store: DeskStore) => filesToSend(db, store.epoch() ?? '');

  return {
    look() {
      const identity = readIdentity(db);
      return {
        waiting: identity ? countWaiting(db) : 0,
        scans: sumOf(identity ? unsent(storeOf()) : []),
        ready: readMachineSetting(db, 'box_key') !== null,
        last: identity ? openBundle(storeOf(), unsent, readMachineSetting(db, 'courier_last')) : null,
        progress,
      };
    },
    cancel() {
      cancelled = true;
    },
    async write(place, withScans = true) {
      cancelled = false;
      const identity = requireIdentity(readIdentity(db));
      const boxKey = readMachineSetting(db, 'box_key') ?? fail('COURIER_KEY_MISSING');
      const target = await targetAt(place, bundleName(identity, now()));
      return alone(async () => {
        const store = storeOf();
        const open = withScans ? unsent(store) : [];
        // The key of the scans is made with the first one: not in a store that may not be written.
        const scans = open.length > 0 ? await soundFiles(filesOf(), open) : [];
        const load = loadOf(store) ?? (scans.length > 0 ? emptyLoad(store) : fail('COURIER_NOTHING'));
        const total = load.to - load.from + 1;
        const scanBytes = sumOf(scans).bytes;
        if (scans.length > 0) await requireRoom(target.folder, scanBytes);
        progress = { done: 0, total, bytes: 0, scanBytes };
        const show = (more: Partial<NonNullable<typeof progress>>) => {
          progress = { done: 0, bytes: 0, ...progress, ...more, total, scanBytes };
        };
        try {
          const bytes = await putWhole(disk, {
            ...target,
            bytes: bundleBytes({
              boxKey,
              signHeader: () => signHeader(identity, load, now()),
              scans,
              contentOf: (sha256) => readFile(filesOf(), sha256),
              batches: batchesOf(store, sealingOf(identity), load),
              reached: (to) => show({ done: to - load.from + 1 }),
            }),
            cancelled: () => cancelled,
            progress: (written) => show({ bytes: written }),
          });
          const done: Exported = { name: target.name, events: total, scans: scans.length, bytes };
          const at = new Date(now()).toISOString();
          const files = scans.map((f) => f.sha256);
          const last: LastBundle = { ...done, at, stream: load.stream, to: load.to, files };
          if (takesNotes(desk.readOnly()))
            inTransaction(db, (tx) => writeMachineSetting(tx, 'courier_last', JSON.stringify(last)));
          changed(['sync']);
          return done;
        } finally {
          progress = null;
        }
      });
    },
    async read(place) {
      const identity = requireIdentity(readIdentity(db));
      const files = await filesAt(disk, path.resolve(place), 'receipts');
      return alone(async () => {
        const store = storeOf();
        const imported = takeAll(await openAll(identity, files), (answer) => {
          const taken = takeReceipts(store, answer, (epoch) => hasReceiptOf(db, epoch));
          return { ...taken, scans: keepSent(db, unsent(store), answer) };
        });
        changed(['sync']);
        return { ...imported, waiting: countWaiting(db) };
      });
    },
  };
}

/** The newest bundle, as long as a place or a scan of it has no answer. */
function openBundle(
  store: DeskStore,
  unsent: (store: DeskStore) => readonly KeptFile[],
  text: string | null,
): CourierLook['last'] {
  if (text === null) return null;
  const {
    stream,
    to,
    files = [],
    scans = 0,
    ...last
  } = JSON.parse(text) as Partial<LastBundle> & Omit<LastBundle, 'files' | 'scans'>;
  const waits = stream === store.stream() && store.acked(stream) < to;
  return waits || unsent(store).some((f) => files.includes(f.sha256)) ? { ...last, scans } : null;
}

/** Only scans wait: the bundle holds no batch. */
function emptyLoad(store: DeskStore): Load {
  const stream = store.stream();
  const { seq } = store.tip(stream);
  return { stream, from: seq + 1, to: seq };
}

/** `<office>-<machine>-<yymmdd-hhmm>`: tells the operator whose it is, and holds nobody's name. */
function bundleName({ office, no }: Identity, now: number): string {
  const { date, time } = localTime(now);
  return `${office}-${no}-${date.slice(2).replaceAll('-', '')}-${time.replace(':', '')}${SUFFIX.bundle}`;
}

/** A folder, or the name of a file to be in a folder that is there. */
async function targetAt(place: string, name: string): Promise<{ folder: string; name: string }> {
  const whole = path.resolve(place);
  if (whole.endsWith(SUFFIX.bundle)) return { folder: path.dirname(whole), name: path.basename(whole) };
  try {
    return (await fs.stat(whole)).isDirectory() ? { folder: whole, name } : fail('STICK_GONE');
  } catch (error) {
    throw stickProblem(error);
  }
}

function signHeader(identity: Identity, { stream, from, to }: Load, now: number): Promise<string> {
  const { device, office, epoch, privateKey } = identity;
  const at = new Date(now).toISOString();
  return sign(headerOf({ device, stream, office, epoch, from, to, at }), TYP.courier, privateKey);
}

interface Tried {
  readonly name: string;
  readonly outcome: Answer | Problem;
}

async function openAll(identity: Identity, files: readonly string[]): Promise<readonly Tried[]> {
  const tried: Tried[] = [];
  for (const file of files)
    tried.push({ name: path.basename(file), outcome: await problemOrValue(openAnswer(identity, file)) });
  return tried;
}

function problemOrValue<T>(work: Promise<T>): Promise<T | Problem> {
  return work.catch((error: unknown) => {
    if (error instanceof Problem) return error;
    throw error;
  });
}

/** Oldest answer first, so that each joins on to the one before. A stick carries files of several machines, and old ones. */
function takeAll(
  tried: readonly Tried[],
  takeOne: (answer: Answer) => Taken & { readonly scans: number },
): Omit<Imported, 'waiting'> {
  const madeAt = ({ outcome }: Tried) => (outcome instanceof Problem ? '' : outcome.at);
  const sorted = [...tried].sort((a, b) => madeAt(a).localeCompare(madeAt(b)));
  const sum = {
    fresh: 0,
    known: 0,
    scans: 0,
    others: 0,
    apart: null as Imported['apart'],
    stopped: null as string | null,
  };
  const failed: { name: string; problem: Problem }[] = [];
  let taken = 0;
  for (const { name, outcome } of sorted) {
    const result = outcome instanceof Problem ? outcome : orProblem(() => takeOne(outcome));
    if (result instanceof Problem) failed.push({ name, problem: result });
    else {
      taken++;
      sum.fresh += result.fresh;
      sum.known += result.known;
      sum.scans += result.scans;
      sum.apart = result.apart;
      sum.stopped = (outcome as Answer).stopped;
    }
  }
  const [others, refused] = [
    failed.filter((f) => f.problem.code === 'COURIER_OTHER_DEVICE'),
    failed.filter((f) => f.problem.code !== 'COURIER_OTHER_DEVICE'),
  ];
  const first = refused[0] ?? others[0];
  if (taken === 0 && first) throw first.problem;
  return {
    ...sum,
    others: others.length,
    refused: refused.map(({ name, problem }) => ({ name, problem: problemValue(problem) })),
  };
}

function orProblem<T>(work: () => T): T | Problem {
  try {
    return work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
