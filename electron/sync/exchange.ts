/** One exchange: the protocol of `shared/protocol` over this machine's store and HTTP, with what is shown meanwhile. */
import { gzipSync } from 'node:zlib';
import { inTransaction } from '../../db/handle.ts';
import { daysToAsk, keepCityDay } from '../../db/queries/day.ts';
import { type Identity, writeDeviceNo } from '../../db/queries/device.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { noteSeenTime } from '../../db/seen-time.ts';
import { sha256 } from '../../db/write.ts';
import type { ChangedKind } from '../../shared/contract/ipc/registry.ts';
import type { SyncPhase } from '../../shared/contract/ipc/sync.ts';
import type { DigestReply } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import type { CityPort, Sealing } from '../../shared/protocol/desk-ports.ts';
import { exchange as runProtocol } from '../../shared/protocol/exchange.ts';
import type { Desk } from '../context.ts';
import type { CityClient } from './city-client.ts';
import { httpCity, readDigest } from './city-port.ts';
import { sqliteStore } from './desk-store.ts';
import { sign } from './jws.ts';
import { sendFiles } from './send-files.ts';

/** A day this old is asked for no more. */
const OPEN_DAYS = 14;

export interface Exchange {
  readonly desk: Desk;
  readonly identity: Identity;
  readonly client: CityClient;
  readonly signal: AbortSignal;
  phase(name: SyncPhase): void;
  progress(done: number, total: number): void;
  changed(kinds: readonly ChangedKind[]): void;
  /** The stream stands elsewhere than before: time for its high-water mark. */
  marked(): void;
}

export async function exchange(run: Exchange): Promise<void> {
  const { desk, identity, client, signal } = run;
  const now = () => desk.clock.now();
  const http = {
    ...{ client, identity, app: desk.settings.version, now, signal },
    card: readMachineSetting(desk.db, 'city_card'),
    greeted: (jws: string, at: string) =>
      inTransaction(desk.db, (tx) => {
        writeMachineSetting(tx, 'city_greeting', jws);
        noteSeenTime(tx, desk.clock, Date.parse(at));
      }),
    readmitted: (no: number) => {
      inTransaction(desk.db, (tx) => writeDeviceNo(tx, no));
      run.changed(['session']);
    },
  };
  const city = httpCity(http);
  await runProtocol({
    store: sqliteStore(desk.db, { now, changed: run.changed, marked: run.marked }),
    city: watched(city, run.phase),
    sealing: sealingOf(identity),
    newStream: () => desk.ids.uuid(),
    now,
    cancelled: () => signal.aborted,
    progress: run.progress,
    sendFiles: (size, { epoch }, under) => sendFiles({ desk, city, epoch, under, signal }, size),
    readDigests: (under) => readDigests(run, (day) => under((now) => readDigest(http, day, now))),
  });
}

/** Today and the days before of which the city said anything new. */
async function readDigests(
  { desk: { db, clock }, signal, changed }: Exchange,
  read: (day: string) => Promise<DigestReply>,
): Promise<void> {
  const { date: today } = localTime(clock.now());
  for (const day of daysToAsk(db, { today, from: addDays(today, -OPEN_DAYS) })) {
    if (signal.aborted) fail('SYNC_CANCELLED');
    const reply = await read(day);
    inTransaction(db, (tx) => keepCityDay(tx, reply));
    changed(['day']);
  }
}

export function sealingOf({ privateKey }: Identity): Sealing {
  return {
    sha256,
    pack: (lines) => gzipSync(lines.join('\n')),
    signHeader: (header) => sign(header, TYP.batch, privateKey),
  };
}

/** The same city; each call says first which part of the exchange it belongs to. */
function watched(city: CityPort, phase: (name: SyncPhase) => void): CityPort {
  const during =
    <A extends unknown[], R>(name: SyncPhase, call: (...args: A) => R) =>
    (...args: A): R => {
      phase(name);
      return call(...args);
    };
  return {
    hello: during('hello', city.hello),
    sendBatch: during('send', city.sendBatch),
    inbox: during('inbox', city.inbox),
    own: during('recover', city.own),
    missing: during('recover', city.missing),
    returned: during('recover', city.returned),
    replaceStream: during('recover', city.replaceStream),
    anchorAccess: during('send', city.anchorAccess),
  };
}
