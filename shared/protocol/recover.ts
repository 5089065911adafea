/**
 * Recovery: after the city or this desk was put back, cloned, or replaced. Everything that either side still holds ends up on both.
 * Nothing is remembered as done before the last step, so a cut anywhere only means beginning again.
 */
import {
  type HelloReply,
  MISSING_PAGE,
  RETURNED_PAGE,
  type ReplaceStream,
} from '../contract/sync/messages.ts';
import { fail, Problem } from '../problem.ts';
import type { CityPort, DeskStore, Sealing } from './desk-ports.ts';
import { restream } from './restream.ts';

export interface Recovery {
  readonly store: DeskStore;
  readonly city: CityPort;
  readonly sealing: Pick<Sealing, 'sha256'>;
  newStream(): string;
  greet(): Promise<HelloReply>;
}

/** Answers the greeting with which sending goes on. */
export async function recover(
  run: Recovery,
  greeting: HelloReply,
  { why, broken }: { readonly why: ReplaceStream['why']; readonly broken: boolean },
): Promise<HelloReply> {
  const { store, city } = run;
  const lacking = await askMissing(run, greeting);
  await bringBack(run, greeting, lacking);
  const renew = broken || !isRest(run, greeting, lacking);
  // After the question: what another road brings meanwhile is either lacking or among these. Where the stream goes on, words up to `since` stand.
  await pullOwn(run, greeting, why === 'city_restored' && !renew ? greeting.since : 0);
  let now = greeting;
  if (renew) {
    const stream = run.newStream();
    store.openStream({ stream, why, links: restream(ownAmong(run, lacking), stream, run.sealing.sha256) });
    now = await run.greet();
    // Put back in the middle of it: all that was asked is asked again by the next exchange.
    if (now.epoch !== greeting.epoch) fail('CITY_STREAM_FORK');
  }
  for (const { stream, replacedBy, why: reason } of store.untold(now.epoch)) {
    const shared = sharedPlace(store, stream, lacking);
    await city.replaceStream({ stream: replacedBy, replaces: stream, shared, why: reason }, now);
    store.told(stream, now.epoch);
  }
  // Last: from here on the recovery counts as done. The earlier of the two words, as in sending: a receipt may still be fetched.
  store.settle(now.epoch, now.since, Math.min(store.acked(store.stream()), now.acked.seq));
  return now;
}

/**
 * What the city holds of this device, on whatever stream: a store that was put back gets its own future back, and an event that came
 * to the city by another road than this stream (a twin of this machine, another desk that kept it) gets its word.
 */
async function pullOwn({ store, city }: Recovery, greeting: HelloReply, from: number): Promise<void> {
  for (let after = from, more = true; more; ) {
    const page = await city.own(after, greeting);
    store.keepOwn(page);
    more = page.more && page.next > after;
    after = page.next;
  }
}

/** Have and need over every event kept here, own and others': the city alone knows what it holds. */
async function askMissing({ store, city }: Recovery, greeting: HelloReply): Promise<ReadonlySet<string>> {
  const lacking = new Set<string>();
  for (let n = 0; ; ) {
    const page = store.idsAfter(n, MISSING_PAGE);
    const last = page.at(-1);
    if (!last) return lacking;
    const ids = page.map((row) => row.id);
    for (const id of await city.missing(ids, greeting)) lacking.add(id);
    n = last.n;
  }
}

/** Events of others whose own desks may be gone: the city believes its own marks on them. */
async function bringBack(
  { store, city }: Recovery,
  greeting: HelloReply,
  lacking: ReadonlySet<string>,
): Promise<void> {
  const events = store.marked([...lacking]);
  for (let at = 0, size = RETURNED_PAGE; at < events.length; ) {
    const page = events.slice(at, at + size);
    try {
      await city.returned(page, greeting);
      at += page.length;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'BATCH_TOO_LARGE') throw error;
      size = Math.ceil(page.length / 2);
      // One that passes no proxy even alone: what this desk wrote itself must not wait for it.
      if (page.length === 1) at++;
    }
  }
}

const ownAmong = ({ store }: Recovery, lacking: ReadonlySet<string>) => store.ownAmong([...lacking]);

/**
 * The same stream goes on only where everything that the city lacks is the rest of it, and all of that can still be sent. Otherwise what it lacks is written again on a
 * new stream, in the order in which it was made: what builds on another event must come after it.
 */
function isRest(run: Recovery, greeting: HelloReply, lacking: ReadonlySet<string>): boolean {
  const { store } = run;
  if (!store.whole(store.stream(), greeting.acked.seq)) return false;
  const rest = new Set(idsOfChain(store, store.stream(), greeting.acked.seq));
  return ownAmong(run, lacking).every((event) => rest.has(event.id));
}

/** The last place of a stream up to which the city holds every event of it. */
function sharedPlace(store: DeskStore, stream: string, lacking: ReadonlySet<string>): number {
  let shared = 0;
  for (const id of idsOfChain(store, stream, 0)) {
    if (lacking.has(id)) break;
    shared++;
  }
  return shared;
}

const PAGE = 1_000;

function* idsOfChain(store: DeskStore, stream: string, after: number): Generator<string> {
  for (let from = after; ; ) {
    const links = store.links(stream, from, PAGE);
    yield* links.map((link) => link.id);
    const last = links.at(-1);
    if (!last || links.length < PAGE) return;
    from = last.seq;
  }
}
