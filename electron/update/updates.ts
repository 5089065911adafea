/**
 * Updates of the program: what is offered by the city or a stick, fetched, checked, put off, and made ready for the installer.
 * Nothing is offered that is not signed by an update key of this build, made for this machine and newer than what runs.
 */
import { createReadStream, existsSync, readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { diskProblem } from '../../db/disk-problem.ts';
import { inTransaction } from '../../db/handle.ts';
import { writePrivate } from '../../db/private-file.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { lastTypedAt } from '../../db/queries/typed.ts';
import { DAY_END } from '../../shared/contract/ipc/sync.ts';
import type { UpdateState } from '../../shared/contract/ipc/update.ts';
import { PROTOCOL } from '../../shared/contract/sync/version.ts';
import {
  compareVersions,
  type Installer,
  installerFor,
  type OwnBuild,
  UPDATE_FILE,
  UPDATE_FILE_MAX_BYTES,
  type UpdateKey,
  type UpdateManifest,
  versionText,
} from '../../shared/domain/update.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { type Desk, problemValue, type SyncPort, type UpdatePort } from '../context.ts';
import { readManifest } from './read-manifest.ts';
import { openUpdateFolder } from './update-folder.ts';

export interface UpdateOptions {
  /** Public keys that were baked in when this program was built; none = it takes no updates. */
  readonly keys: readonly UpdateKey[];
  readonly folder: string;
  readonly platform: string;
}
export interface Updates extends UpdatePort {
  /** Looks at the city now and then. */
  schedule(): void;
  close(): Promise<void>;
}
interface Around {
  readonly desk: Omit<Desk, 'updates'>;
  readonly sync: () => Pick<SyncPort, 'state' | 'updates' | 'courier'>;
  readonly options: UpdateOptions;
  /** Number of the newest table change. */
  readonly schema: number;
  readonly report: (error: unknown) => void;
}
interface Offered {
  readonly manifest: UpdateManifest;
  readonly installer: Installer;
}

const FIRST_LOOK_MS = 2 * 60_000;
const LOOK_MS = 60_000;
const ASK_EVERY_MS = 6 * 3_600_000;
/** A form that somebody has just written in is half typed. */
const TYPED_MINUTES = 2;
const INSTALLING = 'installing.json';
const STICK = 'stick.txt';
const installing = z.strictObject({ version: versionText });
const stopped = ['CITY_UNREACHABLE', 'SYNC_CANCELLED', 'CITY_ANSWER_FOREIGN', 'HUB_BUSY', 'HUB_TOO_FAST'];

export function makeUpdates(around: Around): Updates {
  const { desk, options, schema, report } = around;
  const { keys, platform } = options;
  const { db, clock, settings } = desk;
  const folder = openUpdateFolder(options.folder);
  const own: OwnBuild = { version: settings.version, platform, schema, protocol: PROTOCOL };
  let offered: Offered | null = null;
  let previous: UpdateState['previous'] = null;
  let problem: Problem | null = null;
  let checkedAt: number | null = null;
  let running: Promise<unknown> | null = null;
  let cancel = new AbortController();
  let closed = false;
  const timers = new Set<NodeJS.Timeout>();
  const known = findKept().catch(report);

  const changed = () => closed || desk.announce('changed', ['update']);
  const inFolder = (name: string) => path.join(options.folder, name);
  const later = () => readMachineSetting(db, 'update_later');
  const isReady = ({ manifest, installer }: Offered) => folder.isNamed(manifest.version, installer);

  /** What an earlier run left here, verified anew. */
  async function findKept(): Promise<void> {
    for (const version of folder.versions()) {
      const manifest = await readManifest(folder.manifestOf(version), keys, clock.now()).catch(() => null);
      if (manifest?.version !== version) continue;
      if (compareVersions(version, own.version) > 0) offered ??= offerOf(manifest);
      else if (compareVersions(version, own.version) < 0 && !previous) previous = previousOf(manifest);
    }
    folder.sweep([own.version, offered?.manifest.version ?? '', previous?.version ?? '']);
  }

  function offerOf(manifest: UpdateManifest): Offered | null {
    try {
      return { manifest, installer: installerFor(manifest, own) };
    } catch {
      return null;
    }
  }

  function previousOf(manifest: UpdateManifest): UpdateState['previous'] {
    const { version } = manifest;
    const installer = manifest.files.find((file) => file.platform === platform);
    if (!installer || !folder.isNamed(version, installer)) return null;
    return { version, file: folder.fileOf(version, installer), sameTables: manifest.schema === schema };
  }

  function outcome(): UpdateState['outcome'] {
    if (!existsSync(inFolder(INSTALLING))) return null;
    const parsed = installing.safeParse(textOf(inFolder(INSTALLING)));
    if (!parsed.success) return null;
    const { version } = parsed.data;
    return { version, ok: compareVersions(own.version, version) >= 0 };
  }

  function state(): ReturnType<UpdatePort['state']> {
    const laterUntil = later();
    const ended = outcome();
    return {
      version: own.version,
      taken: keys.length > 0,
      offered: offered && {
        version: offered.manifest.version,
        at: offered.manifest.at,
        notes: offered.manifest.notes,
        size: offered.installer.size,
        here: folder.received(offered.manifest.version, offered.installer),
        ready: isReady(offered),
        from: existsSync(inFolder(STICK)) ? 'stick' : 'city',
      },
      loading: running !== null,
      due: offered !== null && (laterUntil === null || Date.parse(laterUntil) <= clock.now()),
      laterUntil,
      checkedAt: checkedAt === null ? null : new Date(checkedAt).toISOString(),
      problem: problem && problemValue(problem),
      outcome: ended,
      previous,
    };
  }

  /** One fetch or copy at a time; what is asked meanwhile is told so. */
  async function alone<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (keys.length === 0) fail('UPDATE_NOT_TAKEN');
    await known;
    if (running) fail('UPDATE_RUNNING');
    cancel = new AbortController();
    const run = work(cancel.signal);
    running = run;
    changed();
    try {
      const value = await run;
      problem = null;
      return value;
    } catch (thrown) {
      const error = diskProblem(thrown);
      problem = error instanceof Problem ? error : null;
      throw error;
    } finally {
      running = null;
      changed();
    }
  }

  /** Keeps what is newer than all that was offered before: an older one, played again, changes nothing. */
  function offer(jws: string, manifest: UpdateManifest): Offered {
    const installer = installerFor(manifest, own);
    if (offered && compareVersions(manifest.version, offered.manifest.version) < 0)
      fail('UPDATE_NOT_NEWER', { version: manifest.version, own: offered.manifest.version });
    if (manifest.version !== offered?.manifest.version) putOff(null);
    folder.keep(manifest.version, installer, jws);
    offered = { manifest, installer };
    folder.sweep([own.version, manifest.version, previous?.version ?? '']);
    return offered;
  }

  const check = () =>
    alone(async (signal) => {
      try {
        const jws = await around.sync().updates((city) => city.manifest(), signal);
        const manifest = await readManifest(jws.trim(), keys, clock.now());
        if (compareVersions(manifest.version, own.version) > 0) {
          offer(jws.trim(), manifest);
          rmSync(inFolder(STICK), { force: true });
        }
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'UPDATE_NONE') throw error;
      }
      checkedAt = clock.now();
    });

  async function fetchAll({ manifest: { version }, installer }: Offered, signal: AbortSignal): Promise<void> {
    folder.requireRoom(version, installer);
    await around.sync().updates(async (city) => {
      for (let here = folder.received(version, installer); here < installer.size; ) {
        if (signal.aborted) fail('UPDATE_STOPPED');
        await folder.add(version, installer, await city.installerFrom(installer.sha256, here));
        const now = folder.received(version, installer);
        // An answer too short for one piece would be asked for without end.
        if (now === here) break;
        here = now;
        changed();
      }
    }, signal);
    await folder.finish(version, installer);
  }

  const load = () =>
    alone(async (signal) => {
      const wanted = offered ?? fail('UPDATE_NOT_READY');
      if (isReady(wanted)) return;
      try {
        await fetchAll(wanted, signal);
      } catch (error) {
        if (!(error instanceof Problem) || !stopped.includes(error.code)) throw error;
        throw new Problem('UPDATE_STOPPED', {}, { cause: error });
      }
    });

  const take = (place: string) =>
    alone(async () => {
      const file = path.join(place, UPDATE_FILE);
      if (!existsSync(file)) fail('UPDATE_NONE', { file: UPDATE_FILE });
      if (statSync(file).size > UPDATE_FILE_MAX_BYTES) fail('UPDATE_UNREADABLE');
      const jws = readFileSync(file, 'utf8').trim();
      const wanted = offer(jws, await readManifest(jws, keys, clock.now()));
      writePrivate(inFolder(STICK), '');
      if (isReady(wanted)) return;
      const { manifest, installer } = wanted;
      const source = path.join(place, installer.name);
      if (!existsSync(source)) fail('UPDATE_FILE_MISSING', { name: installer.name });
      folder.requireRoom(manifest.version, installer);
      const start = folder.received(manifest.version, installer);
      await folder
        .add(manifest.version, installer, createReadStream(source, { start }))
        .catch((error: unknown) => {
          // A stick that was pulled out.
          throw error instanceof Problem ? error : new Problem('UPDATE_STOPPED', {}, { cause: error });
        });
      await folder.finish(manifest.version, installer);
    });

  function putOff(until: number | null): void {
    const text = until === null ? null : new Date(until).toISOString();
    inTransaction(db, (tx) => writeMachineSetting(tx, 'update_later', text));
    changed();
  }

  function requireQuiet(): void {
    const { state: line, courier } = around.sync();
    if (line().running || courier.look().progress !== null) fail('UPDATE_BATCH_OPEN');
    if (desk.backups.state().running) fail('BACKUP_RUNNING');
    const typedAt = lastTypedAt(db);
    if (typedAt !== null && clock.now() - Date.parse(typedAt) < TYPED_MINUTES * 60_000)
      fail('UPDATE_FORM_OPEN', { minutes: TYPED_MINUTES });
  }

  let askedAt: number | null = null;
  let wasDue = false;
  /** Without a line nobody is told: that is no failure of an update. */
  async function look(): Promise<void> {
    if (running) return;
    // What was put off comes due without anybody asking.
    if (state().due !== wasDue) changed();
    wasDue = state().due;
    if (askedAt === null || clock.now() - askedAt >= ASK_EVERY_MS) {
      askedAt = clock.now();
      await check();
    }
    // Put off until the day's end: it comes meanwhile.
    if (later() !== null && offered && !isReady(offered)) await load();
  }

  return {
    state,
    check,
    take,
    load,
    cancel: () => cancel.abort(),
    later(until) {
      const { date } = localTime(clock.now());
      const dayEnd = readMachineSetting(db, 'day_end') ?? DAY_END;
      const end = Date.parse(`${date}T${dayEnd}:00+07:00`);
      putOff(
        until === 'day_end' && end > clock.now() ? end : Date.parse(`${date}T00:00:00+07:00`) + 86_400_000,
      );
    },
    prepare: () =>
      alone(async () => {
        if (!offered || !isReady(offered)) return fail('UPDATE_NOT_READY');
        const { manifest, installer } = offered;
        requireQuiet();
        await desk.backups.make('update').catch((error: unknown) => {
          const code = error instanceof Problem ? error.code : 'INTERNAL';
          throw new Problem('UPDATE_BACKUP', { code }, { cause: error });
        });
        requireQuiet();
        await folder.check(manifest.version, installer);
        const { version } = manifest;
        writePrivate(inFolder(INSTALLING), JSON.stringify({ version }));
        return { version, file: folder.fileOf(version, installer) };
      }),
    readOutcome() {
      rmSync(inFolder(INSTALLING), { force: true });
      changed();
    },
    schedule() {
      if (keys.length === 0) return;
      const again = () =>
        look().catch((error: unknown) => {
          if (!(error instanceof Problem)) report(error);
          else if (stopped.includes(error.code) || error.code === 'UPDATE_STOPPED') problem = null;
        });
      timers.add(
        setTimeout(() => {
          void again();
          timers.add(setInterval(() => void again(), LOOK_MS));
        }, FIRST_LOOK_MS),
      );
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      cancel.abort();
      await running?.catch(() => undefined);
    },
  };
}

function textOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
