/**
 * One exchange of a desk with the city: hello, recovery where it is needed, files, batches with their receipts, inbox, digests. Every phase can be cut
 * and started again: batches are sealed before they are sent, receipts and inbox pages are applied whole, and where to go on from is
 * always the city's signed word compared with our own chain.
 */
import type { HelloReply } from '../contract/sync/messages.ts';
import { BATCH_MAX_BYTES, BATCH_MAX_EVENTS } from '../contract/sync/version.ts';
import { fail, Problem } from '../problem.ts';
import type { CityPort, DeskStore, Limits, SealedBatch, Sealing } from './desk-ports.ts';
import { type Challenged, freshChallenge } from './fresh-challenge.ts';
import { receiptFits } from './receipt-fits.ts';
import { recover } from './recover.ts';
import { nextBatch } from './seal.ts';
import { standingOf } from './standing.ts';

export type FileSize = 'small' | 'large';

export interface Exchange {
  readonly store: DeskStore;
  readonly city: CityPort;
  readonly sealing: Sealing;
  /** A random id for a stream that has to be opened. */
  newStream(): string;
  /** Epoch ms of the desk's clock: for the clock warning only. */
  now(): number;
  cancelled(): boolean;
  /** Events done and to do in this run. */
  progress(done: number, total: number): void;
  /** What events refer to: small files between recovery and batches, large ones last. Answers whether the city may have new words. */
  sendFiles(size: FileSize, greeting: HelloReply, under: Challenged): Promise<boolean>;
  /** At the end: what the city says that it holds of this machine's days. */
  readDigests?(under: Challenged): Promise<void>;
}

export async function exchange(begun: Exchange): Promise<void> {
  const { city, under } = freshChallenge(begun.city, (fresh) => greet({ ...begun, city: fresh }, null));
  const run = { ...begun, city };
  const greeting = await join(run);
  await run.sendFiles('small', greeting, under);
  await sendBatches(run, greeting);
  await readInbox(run, greeting);
  if (await run.sendFiles('large', greeting, under)) await readInbox(run, greeting);
  await anchorAccess(run, greeting);
  await run.readDigests?.(under);
}

/** Greets until desk and city agree on where the stream stands. */
async function join(run: Exchange): Promise<HelloReply> {
  const { store } = run;
  let greeting = await greet(run, null);
  let standing = standingOf(store, greeting);
  if (standing.kind === 'city_forgot') {
    greeting = await greet(run, store.newestReceipt(store.stream()));
    standing = standingOf(store, greeting);
  }
  switch (standing.kind) {
    case 'joined':
      // The first exchange of all learns its epoch here.
      if (store.epoch() === null) store.settle(greeting.epoch, greeting.since, store.acked(store.stream()));
      return greeting;
    case 'city_forgot':
      return fail('CITY_STREAM_FORK');
    case 'apart':
      return recover({ ...run, greet: () => greet(run, null) }, greeting, standing);
  }
}

async function greet({ store, city, now }: Exchange, witness: string | null): Promise<HelloReply> {
  const stream = store.stream();
  const { seq, hash } = store.tip(stream);
  const sentAt = now();
  const standing = { stream, seq, head: hash, epoch: store.epoch() };
  const reply = await city.hello({ ...standing, witness, seen: store.seen() });
  if (reply.stream !== stream) fail('CITY_SIGNATURE');
  store.keepGreeting(reply, sentAt - Date.parse(reply.at));
  return reply;
}

async function sendBatches(run: Exchange, greeting: HelloReply): Promise<void> {
  const { store, sealing } = run;
  const stream = store.stream();
  // The earlier of the two words: an event that the city has but whose receipt was lost here is sent again to get it.
  const start = Math.min(store.acked(stream), greeting.acked.seq);
  let acked = start;
  let limits: Limits = {
    events: Math.min(greeting.limits.events, BATCH_MAX_EVENTS),
    bytes: Math.min(greeting.limits.bytes, BATCH_MAX_BYTES),
  };
  for (;;) {
    if (run.cancelled()) fail('SYNC_CANCELLED');
    run.progress(acked - start, Math.max(store.tip(stream).seq, acked) - start);
    const batch = await nextBatch(store, sealing, { stream, acked, limits });
    if (!batch) return;
    const size = batch.toSeq - batch.fromSeq + 1;
    try {
      await sendBatch(run, greeting, { stream, batch });
      acked = batch.toSeq;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'BATCH_TOO_LARGE' || size === 1) throw error;
      store.dropSealed(batch.id);
      limits = { ...limits, events: Math.max(1, Math.floor(size / 2)) };
    }
  }
}

async function sendBatch(
  { store, city }: Exchange,
  { epoch }: HelloReply,
  { stream, batch }: { readonly stream: string; readonly batch: SealedBatch },
): Promise<void> {
  store.countAttempt(batch.id);
  const { receipt, jws } = await city.sendBatch(stream, batch);
  if (!receiptFits(store, receipt, { stream, batch, epoch })) fail('CITY_SIGNATURE');
  store.keepReceipt(receipt, jws);
}

/** Reading goes on where nothing is written: what no batch carried is said by itself. */
async function anchorAccess({ store, city }: Exchange, greeting: HelloReply): Promise<void> {
  const head = store.accessHead();
  if (!head || head.seq <= store.accessAnchored()) return;
  const { anchor, jws } = await city.anchorAccess({ stream: store.stream(), head }, greeting);
  store.keepAnchor(anchor, jws);
}

async function readInbox({ store, city }: Exchange, greeting: HelloReply): Promise<void> {
  for (let more = true; more; ) {
    const after = store.inboxAfter(greeting.epoch);
    const page = await city.inbox(after, greeting);
    if (page.events.length > 0 || page.next !== after) store.keepInbox(page);
    more = page.more && page.next > after;
  }
}
