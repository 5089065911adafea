/** The doors of the hub: each checks who speaks and what was signed, then asks the rules. */
import { gunzipSync } from 'node:zlib';
import {
  batchHeader,
  type HeldEvent,
  type Hello,
  type HelloReply,
  hello,
  type InboxReply,
  markText,
  missing,
  type OwnReply,
  receipt as receiptSchema,
  replaceStream,
  requestProof,
  returned,
  type Seen,
  seenText,
} from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { eventHash, firstBreak } from '../../shared/domain/event.ts';
import { readable } from '../../shared/domain/scope.ts';
import { isApplied } from '../../shared/domain/verdict.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { type Sighting, sharedUpTo } from '../../shared/protocol/epoch.ts';
import type { Envelope, Line } from '../../shared/protocol/hub-ports.ts';
import type { City } from './city.ts';
import { type CityDb, type DeviceRow, entryAt, epochOf, newStream, type Word } from './city-db.ts';
import { isSignatureOf, keysOf, openJws, peekJws, readJson, sha256, signJws, signText } from './keys.ts';
import { isNewer, parseEvent } from './reading.ts';
import { takeReturned } from './returned.ts';
import type { Reply, Request } from './wire.ts';

const INBOX_PAGE = 6;

export async function answer(city: City, request: Request): Promise<Reply> {
  try {
    return { ours: true, text: JSON.stringify({ jws: await doors[request.route](city, request) }) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { ours: true, text: JSON.stringify({ code: error.code, details: error.details }) };
  }
}

type Door = (city: City, request: Request) => Promise<string>;
const doors: Record<Request['route'], Door> = {
  hello: sayHello,
  batch: takeBatch,
  inbox: giveInbox,
  own: giveOwn,
  missing: tellMissing,
  returned: takeBack,
  streams: replace,
};

function speaker(city: City, jws: string, typ: string): { device: DeviceRow; message: unknown } {
  const claim = peekJws(jws);
  const id = claim && typeof claim === 'object' && 'device' in claim ? String(claim.device) : '';
  const device = city.devices.get(id) ?? fail('DEVICE_UNKNOWN');
  const message = openJws(keysOf(device.id), typ, jws);
  if (message === undefined) {
    const careless = typ === TYP.batch && !city.parts.checksBatchSignature;
    return careless ? { device, message: claim } : fail('SIGNATURE_INVALID');
  }
  return { device, message };
}

/** The device that signed this very request under a challenge of this hub. */
function proven(city: City, request: Request): DeviceRow {
  const { device, message } = speaker(city, request.jws, TYP.request);
  const proof = requestProof.parse(message);
  const body = request.body === null ? null : sha256(request.body);
  if (proof.path !== request.path || proof.body !== body) fail('SIGNATURE_INVALID');
  if (proof.challenge !== city.challenge(device.id)) fail('CHALLENGE_EXPIRED');
  return city.revoked.has(device.id) ? fail('DEVICE_REVOKED') : device;
}

async function sayHello(city: City, { jws }: Request): Promise<string> {
  const { device, message } = speaker(city, jws, TYP.hello);
  if (city.foreign) fail('PROTOCOL_UNSUPPORTED', { min: 2, max: 2 });
  const asked = hello.parse(message);
  heed(city, asked);
  const sighting = sightingOf(city, asked);
  if (sighting) city.heedSighting(sighting);
  const stream = await openStream(city, asked.stream, device.id);
  const epoch = epochOf(city.db);
  const reply: HelloReply = {
    v: 1,
    proto: 1,
    schema: 1,
    epoch: epoch.id,
    since: sinceFor(city, asked.epoch, sighting),
    stream: stream.id,
    frozen: stream.frozen,
    acked: { seq: stream.acked, hash: stream.head },
    accounts: [...device.accounts].map(([id, role]) => ({ id, name: id, role })),
    boxKey: `age1${'0'.repeat(58)}`,
    limits: { events: 3, bytes: 1024 * 1024 },
    nonce: asked.nonce,
    challenge: city.challenge(device.id),
    at: new Date(city.now()).toISOString(),
  };
  return signJws(city.keys, TYP.helloReply, reply);
}

function sinceFor({ db, parts }: City, epoch: string | null, sighting: Sighting | null): number {
  if (!parts.relativeSince) return epochOf(db).since;
  const known = parts.noticesBranches ? sighting : null;
  return epoch === null ? 0 : Math.min(db.seq, sharedUpTo(db.epochs, epoch, known));
}

function heed(city: City, { witness }: Hello): void {
  const promised = receiptSchema.safeParse(witness && openJws(city.keys, TYP.receipt, witness));
  if (promised.success) city.heedWitness(promised.data);
}

/** What the city itself once showed to a desk, and what stands there now. */
function sightingOf({ db, keys, parts }: City, { seen }: Hello): Sighting | null {
  const genuine = seen && isSignatureOf(keys, seenText(seen), seen.mark);
  return genuine && parts.noticesSeen ? { seen, standing: entryAt(db, seen.hub) } : null;
}

/** What a desk that read up to this number shows in its later greetings. */
function seenAt({ db, keys }: City, hub: number): Seen | null {
  const [id, epoch] = [entryAt(db, hub), epochOf(db).id];
  return id === null ? null : { epoch, hub, id, mark: signText(keys, seenText({ epoch, hub, id })) };
}

async function openStream(city: City, id: string, device: string) {
  const known = city.db.streams.get(id);
  if (known) return known.device === device ? known : fail('STREAM_FORK');
  const fresh = newStream(id, device);
  await city.change(async (_, db) => void db.streams.set(id, fresh));
  return fresh;
}

async function takeBatch(city: City, { jws, path, body }: Request): Promise<string> {
  const { device, message } = speaker(city, jws, TYP.batch);
  const header = batchHeader.parse(message);
  if (path !== `/v1/streams/${header.stream}/${header.from}-${header.to}`) fail('BATCH_BROKEN');
  const batch = { header, hash: sha256(jws) };
  const known = await city.look((tx, db) => tx.findReceipt(batch.hash, epochOf(db).id));
  if (known !== null) return known;
  if (city.revoked.has(device.id)) fail('DEVICE_REVOKED');
  const lines = openLines(city, header, body);
  return city.change((tx, db) =>
    city.parts.receiveBatch(tx, {
      batch,
      lines,
      epoch: epochOf(db).id,
      now: city.now(),
      signReceipt: async (receipt) => signJws(city.keys, TYP.receipt, receipt),
    }),
  );
}

/** As `city/receive/open-batch.ts` does it with its streams and limits; the integration tests hold that one to it. */
function openLines(
  city: City,
  header: {
    stream: string;
    device: string;
    from: number;
    to: number;
    prev: string;
    head: string;
    body: string;
  },
  body: Request['body'],
): readonly Line[] {
  if (body === null || typeof body === 'string' || sha256(body) !== header.body) return fail('BATCH_BROKEN');
  const lines = gunzipSync(body)
    .toString('utf8')
    .split('\n')
    .map((raw) => readLine(raw, city.old));
  const envelopes = lines.map((l) => l.envelope);
  const inPlace = envelopes.every(
    (e, i) => e.seq === header.from + i && e.stream === header.stream && e.device === header.device,
  );
  if (lines.length !== header.to - header.from + 1 || !inPlace) fail('BATCH_BROKEN');
  if (city.parts.checksHashes && firstBreak(envelopes, header.prev, sha256)) fail('BATCH_BROKEN');
  return envelopes.at(-1)?.hash === header.head ? lines : fail('BATCH_BROKEN');
}

function readLine(raw: string, old: boolean): Line {
  const envelope = readJson(raw) as Envelope;
  const event = parseEvent(raw);
  if (event && isNewer(event, old)) {
    // A hub that lacks the verb can still read the frame of the event; one that lacks the schema cannot.
    return { envelope, reading: { kind: 'newer' }, raw };
  }
  if (event) return { envelope, reading: { kind: 'event', event }, raw };
  const reading = isNewer(envelope, old)
    ? ({ kind: 'newer' } as const)
    : ({ kind: 'wrong', field: 'body' } as const);
  return { envelope, reading, raw };
}

function held(db: CityDb, word: Word): HeldEvent[] {
  const { reading } = must(db.rows.get(word.id), 'row');
  return reading.kind === 'event' ? [{ ...spoken(db, word), event: reading.event }] : [];
}

function unread(db: CityDb, word: Word): OwnReply['unread'] {
  const { reading, raw } = must(db.rows.get(word.id), 'row');
  return reading.kind === 'event' ? [] : [{ ...spoken(db, word), raw }];
}

function spoken(db: CityDb, { id, hub, verdict }: Word) {
  const { hash } = must(db.rows.get(id), 'row');
  return { hub, verdict, mark: signText(keysOf('city'), markText(epochOf(db).id, hub, { id, hash })) };
}

async function giveInbox(city: City, request: Request): Promise<string> {
  const device = proven(city, request);
  const after = Number(request.path.split('=')[1]);
  const { db } = city;
  const scope = new Set(readable(device.office, localTime(city.now()).date));
  const found = db.words
    .filter((w) => w.hub > after && db.newest.get(w.id) === w && concerns(db, w, device.id, scope))
    .flatMap((w) => held(db, w));
  const events = found.slice(0, INBOX_PAGE);
  const more = found.length > events.length;
  const next = more ? must(events.at(-1), 'event').hub : Math.max(after, db.seq);
  const about = { v: 1, epoch: epochOf(db).id, device: device.id } as const;
  const page: InboxReply = { ...about, after, next, more, events, seen: seenAt(city, next) };
  return signJws(city.keys, TYP.inbox, page);
}

/** Others' applied events in scope; of the own ones every word that no receipt brings. */
function concerns(db: CityDb, word: Word, device: string, scope: ReadonlySet<string>): boolean {
  const row = must(db.rows.get(word.id), 'row');
  if (row.device === device) return word.hub > row.hub || row.stream === null;
  return isApplied(word.verdict) && word.scope.some((s) => scope.has(s));
}

async function giveOwn(city: City, request: Request): Promise<string> {
  const device = proven(city, request);
  const after = Number(request.path.split('=')[1]);
  const { db } = city;
  const found = [...db.newest.values()]
    .filter((w) => w.hub > after && must(db.rows.get(w.id), 'row').device === device.id)
    .sort((a, b) => a.hub - b.hub);
  const words = found.slice(0, INBOX_PAGE);
  const more = found.length > words.length;
  const next = more ? must(words.at(-1), 'word').hub : Math.max(after, db.seq);
  const receipts = [...db.receipts.values()]
    .filter(({ receipt: r }) => r.device === device.id && r.hub.last > after && (r.hub.last <= next || !more))
    .map((r) => r.jws);
  const events = words.flatMap((w) => held(db, w));
  const page: OwnReply = {
    v: 1,
    epoch: epochOf(db).id,
    device: device.id,
    after,
    next,
    more,
    events,
    receipts,
    unread: words.flatMap((w) => unread(db, w)),
  };
  return signJws(city.keys, TYP.own, page);
}

async function tellMissing(city: City, request: Request): Promise<string> {
  const device = proven(city, request);
  const { ids } = missing.parse(readJson(String(request.body)));
  const { db } = city;
  return signJws(city.keys, TYP.missing, {
    v: 1,
    epoch: epochOf(db).id,
    device: device.id,
    asked: sha256(String(request.body)),
    lacking: ids.filter((id) => !db.rows.has(id)),
  });
}

async function takeBack(city: City, request: Request): Promise<string> {
  const device = proven(city, request);
  const { events } = returned.parse(readJson(String(request.body)));
  for (const { epoch, hub, event, mark } of events) {
    const genuine =
      isSignatureOf(city.keys, markText(epoch, hub, event), mark) && eventHash(event, sha256) === event.hash;
    if (!genuine && city.parts.checksMarks) fail('SIGNATURE_INVALID');
  }
  await city.change((tx, db) =>
    takeReturned(
      tx,
      db,
      [...events].sort((a, b) => a.hub - b.hub).map(({ event }) => ({ event, raw: canonicalJson(event) })),
      city.now(),
    ),
  );
  const asked = sha256(String(request.body));
  return signJws(city.keys, TYP.returned, { v: 1, epoch: epochOf(city.db).id, device: device.id, asked });
}

async function replace(city: City, request: Request): Promise<string> {
  const device = proven(city, request);
  const message = replaceStream.parse(readJson(String(request.body)));
  const { stream, replaces, shared, why } = message;
  await openStream(city, stream, device.id);
  await city.change(async (_, db) => {
    const fresh = must(db.streams.get(stream), 'stream');
    const old = db.streams.get(replaces) ?? newStream(replaces, device.id);
    if (old.device !== device.id || stream === replaces) fail('STREAM_FORK');
    if (fresh.lineage.some((l) => l.stream === replaces)) return;
    const upTo = Math.min(shared, old.acked);
    // It takes a number, so that a city put back to before this notices it.
    db.streams.set(stream, {
      ...fresh,
      hub: ++db.seq,
      lineage: [...fresh.lineage, { stream: replaces, upTo }, ...old.lineage],
    });
    db.streams.set(replaces, { ...old, frozen: city.parts.freezes, replacedBy: stream });
    db.alerts.push(`${why} ${replaces}`);
  });
  return signJws(city.keys, TYP.replace, {
    ...{ v: 1, epoch: epochOf(city.db).id, device: device.id },
    ...{ stream, replaces },
  });
}
