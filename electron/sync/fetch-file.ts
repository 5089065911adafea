/** Scans from the city, one at a time, each from where it was cut. Beside an exchange: nothing of it touches the stream. */
import { finishPart, openPart } from '../../db/file-part.ts';
import { type Identity, readIdentity } from '../../db/queries/device.ts';
import { fileKeyOf, type KeptFile } from '../../db/queries/file.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { type Challenged, freshChallenge } from '../../shared/protocol/fresh-challenge.ts';
import { type Desk, requireIdentity, type ScanPort } from '../context.ts';
import type { CityClient } from './city-client.ts';
import { type FilePort, httpCity } from './city-port.ts';
import { sqliteStore } from './desk-store.ts';

interface Running {
  readonly sha256: string;
  readonly cancel: AbortController;
  readonly ended: Promise<void>;
}

export function makeFetcher(desk: Desk, clientFor: (url: string) => Promise<CityClient>): ScanPort {
  let running: Running | null = null;

  async function fetch(file: KeptFile): Promise<void> {
    // Opened twice, it is fetched once; another one waits until this one ended.
    while (running) {
      const { sha256, ended } = running;
      if (sha256 === file.sha256) return ended;
      await ended.catch(() => undefined);
    }
    const cancel = new AbortController();
    const ended = fetchOnce(desk, file, { clientFor, signal: cancel.signal }).finally(() => {
      running = null;
    });
    running = { sha256: file.sha256, cancel, ended };
    return ended;
  }

  return {
    fetch,
    async cancel() {
      running?.cancel.abort();
      await running?.ended.catch(() => undefined);
    },
  };
}

interface Around {
  readonly clientFor: (url: string) => Promise<CityClient>;
  readonly signal: AbortSignal;
}

async function fetchOnce(desk: Desk, file: KeptFile, { clientFor, signal }: Around): Promise<void> {
  const identity = requireIdentity(readIdentity(desk.db));
  const client = await clientFor(identity.cityUrl);
  try {
    await fetchAll(desk, file, { ...cityOf(desk, identity, { client, signal }), signal });
  } catch (error) {
    throw wordsFor(error);
  } finally {
    client.close();
  }
}

/** For somebody who waits for a picture, not for an exchange. */
function wordsFor(error: unknown): unknown {
  if (!(error instanceof Problem)) return error;
  const options = { cause: error };
  if (error.code === 'CITY_UNREACHABLE') return new Problem('SCAN_ELSEWHERE', {}, options);
  return error.code === 'SYNC_CANCELLED' ? new Problem('SCAN_FETCH_STOPPED', {}, options) : error;
}

interface Reach {
  readonly city: FilePort;
  readonly under: Challenged;
}

/** A greeting for its challenge alone: what it says of the stream is for the exchange. */
function cityOf(
  desk: Desk,
  identity: Identity,
  { client, signal }: { readonly client: CityClient; readonly signal: AbortSignal },
): Reach {
  const now = () => desk.clock.now();
  const about = { client, identity, app: desk.settings.version, now, signal };
  const city = httpCity({ ...about, card: null, readmitted: () => undefined });
  const store = sqliteStore(desk.db, { now, changed: () => undefined, marked: () => undefined });
  const { under } = freshChallenge(city, (fresh) => {
    const stream = store.stream();
    const { seq, hash } = store.tip(stream);
    return fresh.hello({ stream, seq, head: hash, epoch: store.epoch(), witness: null, seen: null });
  });
  return { city, under };
}

async function fetchAll(
  desk: Desk,
  file: KeptFile,
  { city, under, signal }: Reach & { readonly signal: AbortSignal },
): Promise<void> {
  const { sha256, size } = file;
  const store = { folder: desk.settings.dataFolder, key: fileKeyOf(desk.db) };
  const moved = (done: number) => desk.announce('fetch-progress', { sha256, done, all: size });
  const part = await openPart(store, file);
  try {
    while (part.received() < size) {
      if (signal.aborted) fail('SYNC_CANCELLED');
      const offset = part.received();
      moved(offset);
      await part.add(await under((now) => city.contentFrom(sha256, offset, now)), moved);
      // An answer too short for one piece would be asked for without end.
      if (part.received() === offset) fail('SCAN_HASH_WRONG');
    }
  } finally {
    await part.close();
  }
  await finishPart(store, file);
}
