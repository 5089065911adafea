/**
 * One exchange with the city: hello, batches with their receipts, inbox. Every phase can be cut and started again:
 * batches are sealed before they are sent, receipts and inbox pages are applied whole, and where to go on from is
 * always the city's signed word compared with our own chain, never a memory of having sent.
 */
import { randomBytes } from 'node:crypto';
import { inTransaction } from '../../db/handle.ts';
import { ackedSeq, countAttempt, dropBatch } from '../../db/queries/delivery.ts';
import { type Identity, inboxAfter, writeHelloFacts } from '../../db/queries/device.ts';
import { hashAt, streamTip } from '../../db/queries/event.ts';
import type { ChangedKind } from '../../shared/contract/ipc/registry.ts';
import {
  type HelloReply,
  helloReply,
  inboxReply,
  receipt,
  signed,
} from '../../shared/contract/sync/messages.ts';
import {
  BATCH_MAX_BYTES,
  BATCH_MAX_EVENTS,
  MEDIA,
  PROTOCOL,
  TYP,
} from '../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA } from '../../shared/domain/event.ts';
import { fail, Problem } from '../../shared/problem.ts';
import type { Desk } from '../context.ts';
import { applyInbox, applyReceipt, checkReceipt } from './apply.ts';
import type { CityClient } from './city-client.ts';
import { sign, verify } from './jws.ts';
import { type Limits, nextBatch, type SealedBatch } from './seal.ts';

export interface Exchange {
  readonly desk: Desk;
  readonly identity: Identity;
  readonly city: CityClient;
  readonly signal: AbortSignal;
  progress(done: number, total: number): void;
  changed(kinds: readonly ChangedKind[]): void;
}

export async function exchange(run: Exchange): Promise<void> {
  const greeting = await greet(run);
  await sendBatches(run, greeting);
  await readInbox(run, greeting);
}

async function greet({ desk, identity, city, signal }: Exchange): Promise<HelloReply> {
  const tip = streamTip(desk.db, identity.stream);
  const nonce = randomBytes(16).toString('hex');
  const at = desk.clock.now();
  const jws = await sign(
    {
      v: 1,
      proto: PROTOCOL,
      schema: EVENT_SCHEMA,
      app: desk.settings.version,
      device: identity.device,
      stream: identity.stream,
      seq: tip.seq,
      head: tip.hash,
      epoch: identity.epoch,
      nonce,
      at: new Date(at).toISOString(),
    },
    TYP.hello,
    identity.privateKey,
  );
  const answer = await city.call(
    {
      method: 'POST',
      path: '/v1/hello',
      headers: { 'content-type': MEDIA.json },
      body: JSON.stringify({ jws }),
    },
    signed,
    signal,
  );
  const reply = await verify(answer.jws, {
    typ: TYP.helloReply,
    key: identity.cityKey,
    schema: helloReply,
    otherwise: 'CITY_SIGNATURE',
  });
  if (reply.nonce !== nonce || reply.stream !== identity.stream) fail('CITY_SIGNATURE');
  // The city's last event must stand in our own chain, hash for hash; otherwise one of the two was restored or cloned.
  if (hashAt(desk.db, identity.stream, reply.acked.seq) !== reply.acked.hash) fail('CITY_STREAM_FORK');
  inTransaction(desk.db, (tx) =>
    writeHelloFacts(tx, { epoch: reply.epoch, clockOffsetMs: at - Date.parse(reply.at) }),
  );
  return reply;
}

async function sendBatches(run: Exchange, greeting: HelloReply): Promise<void> {
  const { desk, identity, signal } = run;
  // The earlier of the two words: an event that the city has but whose receipt was lost here is sent again to get it,
  // and one whose receipt stands here but that the city no longer holds (it was restored) is sent again to be held.
  const start = Math.min(ackedSeq(desk.db, identity.stream), greeting.acked.seq);
  const total = streamTip(desk.db, identity.stream).seq - start;
  let acked = start;
  let limits: Limits = {
    events: Math.min(greeting.limits.events, BATCH_MAX_EVENTS),
    bytes: Math.min(greeting.limits.bytes, BATCH_MAX_BYTES),
  };
  for (;;) {
    if (signal.aborted) fail('SYNC_CANCELLED');
    run.progress(acked - start, Math.max(total, acked - start));
    const batch = await nextBatch({ db: desk.db, now: desk.clock.now() }, identity, { acked, limits });
    if (!batch) return;
    const size = batch.toSeq - batch.fromSeq + 1;
    try {
      await sendBatch(run, batch, greeting.epoch);
      acked = batch.toSeq;
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'BATCH_TOO_LARGE' || size === 1) throw error;
      inTransaction(desk.db, (tx) => dropBatch(tx, batch.id));
      limits = { ...limits, events: Math.max(1, Math.floor(size / 2)) };
    }
  }
}

async function sendBatch(
  { desk, identity, city, signal, changed }: Exchange,
  batch: SealedBatch,
  epoch: string,
): Promise<void> {
  inTransaction(desk.db, (tx) => countAttempt(tx, batch.id));
  const path = `/v1/streams/${identity.stream}/${batch.fromSeq}-${batch.toSeq}`;
  const headers = { 'content-type': MEDIA.batch, 'smc-batch': batch.header };
  const answer = await city.call({ method: 'PUT', path, headers, body: batch.body }, signed, signal);
  const content = await verify(answer.jws, {
    typ: TYP.receipt,
    key: identity.cityKey,
    schema: receipt,
    otherwise: 'CITY_SIGNATURE',
  });
  checkReceipt(desk.db, content, { batch, device: identity.device, stream: identity.stream, epoch });
  changed([...applyReceipt(desk.db, content, answer.jws).changed, 'sync']);
}

async function readInbox(
  { desk, identity, city, signal, changed }: Exchange,
  { epoch, challenge }: HelloReply,
): Promise<void> {
  for (let more = true; more; ) {
    const after = inboxAfter(desk.db, epoch);
    const path = `/v1/inbox?after=${after}`;
    const proof = await sign(
      { device: identity.device, challenge, method: 'GET', path },
      TYP.request,
      identity.privateKey,
    );
    const answer = await city.call(
      { method: 'GET', path, headers: { authorization: `SMC ${proof}` } },
      signed,
      signal,
    );
    const page = await verify(answer.jws, {
      typ: TYP.inbox,
      key: identity.cityKey,
      schema: inboxReply,
      otherwise: 'CITY_SIGNATURE',
    });
    if (page.epoch !== epoch || page.device !== identity.device || page.after !== after)
      fail('CITY_SIGNATURE');
    if (page.events.length > 0 || page.next !== after)
      changed(applyInbox(desk.db, page, new Date(desk.clock.now()).toISOString()).changed);
    more = page.more && page.next > after;
  }
}
