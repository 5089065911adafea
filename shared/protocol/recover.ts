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
  why: ReplaceStream['why'],
): Promise<HelloReply> {
  const { store, city } = run;
  if (why !== 'city_restored') await pullOwn(run, greeting);
  const lacking = await askMissing(run, greeting);
  await bringBack(run, greeting, lacking);
  let now = greeting;
  if (needsStream(run, greeting, { lacking, why })) {
    const stream = run.newStream();
    store.openStream({ stream, why, links: restream(ownAmong(run, lacking), stream, run.sealing.sha256) });
    now = await run.greet();
  }
  for (const { stream, replacedBy, why: reason } of store.untold()) {
    const shared = sharedPlace(store, stream, lacking);
    await city.replaceStream({ stream: replacedBy, replaces: stream, shared, why: reason }, now.challenge);
    store.told(stream);
  }
  // Last: from here on the recovery counts as done. The earlier of the two words, as in sending: a receipt may still be fetched.
  store.settle(now.epoch, now.since, Math.min(store.acked(store.stream()), now.acked.seq));
  return now;
}

/** All that the city holds of this device, on whatever stream: a store that was put back gets its own future back. */
async function pullOwn({ store, city }: Recovery, { challenge }: HelloReply): Promise<void> {
  for (let after = 0, more = true; more; ) {
    const page = await city.own(after, challenge);
    store.keepOwn(page);
    more = page.more && page.next > after;
    after = page.next;
  }
}

/** Have and need over every event kept here, own and others': the city alone knows what it holds. */
async function askMissing(
  { store, city }: Recovery,
  { challenge }: HelloReply,
): Promise<ReadonlySet<string>> {
  const lacking = new Set<string>();
  for (let n = 0; ; ) {
    const page = store.idsAfter(n, MISSING_PAGE);
    const last = page.at(-1);
    if (!last) return lacking;
    const ids = page.map((row) => row.id);
    for (const id of await city.missing(ids, challenge)) lacking.add(id);
    n = last.n;
  }
}

/** Events of others whose own desks may be gone: the city believes its own marks on them. */
async function bringBack(
  { store, city }: Recovery,
  { challenge }: HelloReply,
  lacking: ReadonlySet<string>,
): Promise<void> {
  const events = store.marked([...lacking]);
  for (let i = 0; i < events.length; i += RETURNED_PAGE)
    await city.returned(events.slice(i, i + RETURNED_PAGE), challenge);
}

const ownAmong = ({ store }: Recovery, lacking: ReadonlySet<string>) => store.ownAmong([...lacking]);

/**
 * The same stream goes on only where the city's place stands in it and everything that it lacks is the rest of it. Otherwise what it
 * lacks is written again on a new stream, in the order in which it was made: what builds on another event must come after it.
 */
function needsStream(
  run: Recovery,
  greeting: HelloReply,
  { lacking, why }: { readonly lacking: ReadonlySet<string>; readonly why: ReplaceStream['why'] },
): boolean {
  if (why !== 'city_restored' && why !== 'put_back') return true;
  const { store } = run;
  const rest = new Set(idsOfChain(store, store.stream(), greeting.acked.seq));
  return ownAmong(run, lacking).some((event) => !rest.has(event.id));
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
