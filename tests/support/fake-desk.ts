/** A desk in test code: keys, enrolment, chained events, sealed batches, signed requests. No code of the real desk. */
import { createHash, randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { CompactSign, type CryptoKey, compactVerify, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import {
  type EnrolReply,
  enrolReply,
  type Hello,
  type HelloReply,
  helloReply,
  type InboxReply,
  inboxReply,
  type OwnReply,
  ownReply,
  type PublicJwk,
  publicJwk,
  type Receipt,
  receipt,
} from '../../shared/contract/sync/messages.ts';
import { ALG, MEDIA, TYP } from '../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA, type Event, eventHash, GENESIS } from '../../shared/domain/event.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export interface DeskKeys {
  readonly privateKey: CryptoKey;
  readonly key: PublicJwk;
}
export interface FakeDesk extends DeskKeys {
  readonly url: string;
  readonly me: EnrolReply;
  stream: string;
  seq: number;
  head: string;
}
export interface Sealed {
  readonly stream: string;
  readonly from: number;
  readonly to: number;
  readonly header: string;
  readonly body: Uint8Array;
}
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function newKeys(): Promise<DeskKeys> {
  const { privateKey, publicKey } = await generateKeyPair(ALG, { crv: 'Ed25519' });
  const { kty, crv, x } = await exportJWK(publicKey);
  return { privateKey, key: publicJwk.parse({ kty, crv, x }) };
}

export function sign(key: CryptoKey, typ: string, payload: object): Promise<string> {
  return new CompactSign(new TextEncoder().encode(canonicalJson(payload)))
    .setProtectedHeader({ alg: ALG, typ })
    .sign(key);
}

async function answerOf(response: Response): Promise<Answer> {
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export async function post(url: string, body: unknown): Promise<Answer> {
  return answerOf(
    await fetch(url, { method: 'POST', headers: { 'content-type': MEDIA.json }, body: JSON.stringify(body) }),
  );
}

export function json<S extends z.ZodType>(answer: Answer, schema: S): z.infer<S> {
  return schema.parse(JSON.parse(answer.text));
}
export const codeOf = (answer: Answer): string => json(answer, z.looseObject({ code: z.string() })).code;

async function open<S extends z.ZodType>(
  desk: FakeDesk,
  answer: Answer,
  expected: { typ: string; schema: S },
): Promise<z.infer<S>> {
  if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
  const { jws } = json(answer, z.strictObject({ jws: z.string() }));
  const { payload, protectedHeader } = await compactVerify(jws, await importJWK(desk.me.receiptKey, ALG), {
    algorithms: [ALG],
  });
  if (protectedHeader.typ !== expected.typ) throw new Error(`typ ${protectedHeader.typ}`);
  return expected.schema.parse(JSON.parse(new TextDecoder().decode(payload)));
}

export async function sendEnrol(
  url: string,
  code: string,
  keys: DeskKeys,
  name = 'Máy thử',
): Promise<Answer> {
  const request = { v: 1, code, key: keys.key, name, at: '2026-11-20T02:00:00Z' };
  return post(`${url}/v1/enrol`, { jws: await sign(keys.privateKey, TYP.enrol, request) });
}

interface CodeGiver {
  readonly url: string;
  createEnrolCode(wish: { unit: string; role?: Event['actor']['role'] }): Promise<string>;
}
export async function enrolDesk(
  hub: CodeGiver,
  unit = '26740',
  role?: Event['actor']['role'],
  name?: string,
): Promise<FakeDesk> {
  const keys = await newKeys();
  const code = await hub.createEnrolCode(role ? { unit, role } : { unit });
  const me = json(await sendEnrol(hub.url, code, keys, name), enrolReply);
  return { ...keys, url: hub.url, me, stream: me.stream, seq: 0, head: GENESIS };
}

export type Wish = Pick<Event, 'verb' | 'subject' | 'body'> & Partial<Event>;

/** The next event of the stream; `extra` overrides any field before the hash is made. */
export function makeEvent(desk: FakeDesk, wish: Wish): Event {
  const { id, name, role } = desk.me.account;
  const sealed = {
    id: randomUUID(),
    schema: EVENT_SCHEMA,
    stream: desk.stream,
    seq: desk.seq + 1,
    base: 0,
    actor: { id, name, role },
    device: desk.me.device,
    office: desk.me.office,
    at: '2026-11-20T02:00:00.000Z',
    boot: 'boot-1',
    mono: desk.seq,
    prev: desk.head,
    ...wish,
  };
  const event: Event = { ...sealed, hash: eventHash(sealed, sha256) };
  desk.seq = event.seq;
  desk.head = event.hash;
  return event;
}

/** A batch of these events; `change` spoils the header before it is signed, `body` replaces the bytes. */
export async function seal(
  desk: FakeDesk,
  events: readonly Event[],
  change: Record<string, unknown> = {},
): Promise<Sealed> {
  return sealLines(desk, events, { lines: events.map((e) => canonicalJson(e)), change });
}

export async function sealLines(
  desk: FakeDesk,
  events: readonly Event[],
  { lines, change = {} }: { lines: readonly string[]; change?: Record<string, unknown> },
): Promise<Sealed> {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) throw new Error('an empty batch');
  const body = gzipSync(lines.join('\n'));
  const header = {
    v: 1,
    device: desk.me.device,
    stream: desk.stream,
    from: first.seq,
    to: last.seq,
    prev: first.prev,
    head: last.hash,
    body: sha256(body),
    ...change,
  };
  return {
    stream: desk.stream,
    from: first.seq,
    to: last.seq,
    header: await sign(desk.privateKey, TYP.batch, header),
    body,
  };
}

export async function send(url: string, batch: Sealed): Promise<Answer> {
  const address = `${url}/v1/streams/${batch.stream}/${batch.from}-${batch.to}`;
  return answerOf(
    await fetch(address, {
      method: 'PUT',
      headers: { 'content-type': MEDIA.batch, 'smc-batch': batch.header },
      body: new Uint8Array(batch.body),
    }),
  );
}

export async function sendEvents(desk: FakeDesk, events: readonly Event[]): Promise<Receipt> {
  return openReceipt(desk, await send(desk.url, await seal(desk, events)));
}

export function openReceipt(desk: FakeDesk, answer: Answer): Promise<Receipt> {
  return open(desk, answer, { typ: TYP.receipt, schema: receipt });
}

export async function sendHello(
  desk: FakeDesk,
  change: Partial<Hello> & Record<string, unknown> = {},
  typ: string = TYP.hello,
): Promise<Answer> {
  const message = {
    v: 1,
    proto: { min: 1, max: 1 },
    schema: EVENT_SCHEMA,
    app: 'test',
    device: desk.me.device,
    stream: desk.stream,
    seq: desk.seq,
    head: desk.head,
    epoch: null,
    witness: null,
    seen: null,
    nonce: randomUUID(),
    at: '2026-11-20T02:00:00Z',
    ...change,
  };
  return post(`${desk.url}/v1/hello`, { jws: await sign(desk.privateKey, typ, message) });
}

export async function sayHello(desk: FakeDesk): Promise<HelloReply> {
  return open(desk, await sendHello(desk), { typ: TYP.helloReply, schema: helloReply });
}

/** A signed GET; `claim` spoils the proof. */
export async function get(
  desk: FakeDesk,
  path: string,
  claim: Record<string, unknown> = {},
): Promise<Answer> {
  const challenge = 'challenge' in claim ? '' : (await sayHello(desk)).challenge;
  const proof = { device: desk.me.device, challenge, method: 'GET', path, body: null, ...claim };
  return answerOf(
    await fetch(`${desk.url}${path}`, {
      headers: { authorization: `SMC ${await sign(desk.privateKey, TYP.request, proof)}` },
    }),
  );
}

/** A signed POST of this very body, given as text or as what it means; `claim` spoils the proof. */
export async function ask(
  desk: FakeDesk,
  path: string,
  body: unknown,
  claim: Record<string, unknown> = {},
): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const challenge = 'challenge' in claim ? '' : (await sayHello(desk)).challenge;
  const proof = { device: desk.me.device, challenge, method: 'POST', path, body: sha256(text), ...claim };
  return answerOf(
    await fetch(`${desk.url}${path}`, {
      method: 'POST',
      headers: {
        'content-type': MEDIA.json,
        authorization: `SMC ${await sign(desk.privateKey, TYP.request, proof)}`,
      },
      body: text,
    }),
  );
}

/** An answer that the city signed for this purpose. */
export const opened = <S extends z.ZodType>(
  desk: FakeDesk,
  answer: Answer,
  typ: string,
  schema: S,
): Promise<z.infer<S>> => open(desk, answer, { typ, schema });

export async function readOwn(desk: FakeDesk, after = 0): Promise<OwnReply> {
  return open(desk, await get(desk, `/v1/own?after=${after}`), { typ: TYP.own, schema: ownReply });
}

export async function readInbox(desk: FakeDesk, after = 0): Promise<InboxReply> {
  return open(desk, await get(desk, `/v1/inbox?after=${after}`), { typ: TYP.inbox, schema: inboxReply });
}
