/** What a desk asks after somebody was put back: missing, own, streams, returned. Each refused, done, repeated. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { newestAlerts } from '../../../city/db/queries/alert.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import {
  catalogueReply,
  type HeldEvent,
  missingReply,
  type Returned,
  receipt,
  replaceReply,
  returnedReply,
} from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { type Event, eventHash, GENESIS } from '../../../shared/domain/event.ts';
import {
  type Answer,
  ask,
  codeOf,
  enrolDesk,
  type FakeDesk,
  get,
  makeEvent,
  opened,
  readInbox,
  readOwn,
  sayHello,
  seal,
  send,
  sendEvents,
  sha256,
} from '../../support/fake-desk.ts';
import { engines } from '../../support/hub.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { correctDossier, receiveDossier } from '../../support/wire-events.ts';

// The embedded database is stopped and started several times, each time flushing every file.

const outcome = (a: Answer) => [a.status, codeOf(a)];
const next = (desk: FakeDesk, n: number) =>
  Array.from({ length: n }, () => makeEvent(desk, receiveDossier()));

describe.each(engines())('recovery on %s', (engine) => {
  let city: RestorableHub;
  beforeAll(async () => {
    city = await startRestorableHub(engine);
  });
  afterAll(() => city.remove());

  const onNewStream = (desk: FakeDesk) =>
    Object.assign(desk, { stream: randomUUID(), seq: 0, head: GENESIS });
  /** The same event on the desk's stream of now. */
  const restreamed = (desk: FakeDesk, { hash: _, ...event }: Event) =>
    makeEvent(desk, { ...event, stream: desk.stream, seq: desk.seq + 1, prev: desk.head });
  const alerts = async (desk: FakeDesk) =>
    (await newestAlerts(city.now().db, 50)).filter((x) => x.no === desk.me.no).map((x) => x.kind);
  const replace = (desk: FakeDesk, body: object, claim = {}) => ask(desk, '/v1/streams', body, claim);

  test('missing: tells which ids it never had, in the order asked, whatever their verdict', async () => {
    const desk = await enrolDesk(city.now());
    const held = [...next(desk, 2), makeEvent(desk, receiveDossier('26740', { regime: 'x' }))];
    await sendEvents(desk, held);
    const strangers = [randomUUID(), randomUUID()];
    const ids = [strangers[0], ...held.map((e) => e.id), strangers[1]];
    const body = JSON.stringify({ ids });
    const reply = await opened(desk, await ask(desk, '/v1/missing', body), TYP.missing, missingReply);
    expect(reply).toEqual({
      ...{ v: 1, epoch: await city.now().epoch(), device: desk.me.device },
      ...{ asked: sha256(body), lacking: strangers },
    });
    expect(
      (await opened(desk, await ask(desk, '/v1/missing', { ids: [] }), TYP.missing, missingReply)).lacking,
    ).toEqual([]);
  });

  test('own: every event on all its streams with newest words and receipts, nobody else’s', async () => {
    const [desk, other] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    const events = [...next(desk, 2), makeEvent(desk, receiveDossier('26740', { regime: 'x' }))];
    await sendEvents(desk, events);
    await sendEvents(other, next(other, 1));
    const old = desk.stream;
    onNewStream(desk);
    await sayHello(desk);
    const more = [restreamed(desk, events[0] as Event), ...next(desk, 1)];
    await sendEvents(desk, more);
    const page = await readOwn(desk);
    expect(page.events.map((e) => e.event.id)).toEqual([...events.map((e) => e.id), more[1]?.id]);
    expect(page.events.map((e) => e.verdict.kind)).toEqual(['accepted', 'accepted', 'rejected', 'accepted']);
    const given = page.receipts.map((jws) =>
      receipt.parse(JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString())),
    );
    expect(given.map((r) => [r.stream, r.from, r.to])).toEqual([
      [old, 1, 3],
      [desk.stream, 1, 2],
    ]);
    expect(await readOwn(desk, page.next)).toMatchObject({
      events: [],
      receipts: [],
      more: false,
      after: page.next,
    });
  });

  test('streams: the new one opens, the old one is frozen, an officer is told once', async () => {
    const desk = await enrolDesk(city.now());
    await sendEvents(desk, next(desk, 1));
    const old = { ...desk };
    onNewStream(desk);
    const body = { stream: desk.stream, replaces: old.stream, shared: 1, why: 'forked' };
    const reply = await opened(desk, await replace(desk, body), TYP.replace, replaceReply);
    expect(reply).toEqual({
      ...{ v: 1, epoch: await city.now().epoch(), device: desk.me.device },
      ...{ stream: desk.stream, replaces: old.stream },
    });
    expect((await replace(desk, body)).text).toContain('jws');
    expect(await alerts(desk)).toEqual(['fork']);
    expect((await sayHello(old)).frozen).toBe(true);
    expect(await sayHello(desk)).toMatchObject({ frozen: false, acked: { seq: 0 } });
    expect(outcome(await send(desk.url, await seal(old, next(old, 1))))).toEqual([409, 'STREAM_FORK']);
    await sendEvents(desk, next(desk, 1));

    // Another machine of the same name finds its stream frozen under its hands.
    const clone = onNewStream({ ...old });
    await replace(clone, { ...body, stream: clone.stream, why: 'frozen' });
    expect((await alerts(desk)).sort()).toEqual(['clone', 'fork']);
    const page = await (await fetch(`${desk.url}/`)).text();
    expect(page).toContain('nghi sao chép ổ đĩa');
  });

  test('streams: what the author knew of the old stream he knows on the new one, nothing beyond', async () => {
    const desk = await enrolDesk(city.now());
    const dossier = makeEvent(desk, receiveDossier());
    const seen = makeEvent(desk, correctDossier(dossier.subject.id, 0, { 'child.sex': 'nu' }));
    const unseen = makeEvent(
      desk,
      correctDossier(dossier.subject.id, 0, { 'child.birthPlace': 'Bệnh viện Q' }),
    );
    await sendEvents(desk, [dossier, seen, unseen]);
    const old = desk.stream;
    onNewStream(desk);
    await replace(desk, { stream: desk.stream, replaces: old, shared: 2, why: 'put_back' });
    const { verdicts } = await sendEvents(desk, [
      makeEvent(desk, correctDossier(dossier.subject.id, 0, { 'child.sex': 'nam' })),
      makeEvent(desk, correctDossier(dossier.subject.id, 0, { 'child.birthPlace': 'Trạm y tế' })),
    ]);
    expect(verdicts.map((v) => v.kind)).toEqual(['merged', 'conflict']);
    expect(await alerts(desk)).toEqual(['replaced']);
  });

  test('streams: of others, of itself and of no author are refused', async () => {
    const [desk, other] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    const good = { stream: randomUUID(), replaces: desk.stream, shared: 0, why: 'behind' };
    const cases: [string, object, unknown][] = [
      ['the stream of another', { ...good, replaces: other.stream }, [409, 'STREAM_FORK']],
      ['in the place of another', { ...good, stream: other.stream }, [409, 'STREAM_FORK']],
      ['itself', { ...good, stream: desk.stream }, [422, 'INPUT_INVALID']],
      ['an unknown reason', { ...good, why: 'bored' }, [422, 'INPUT_INVALID']],
      ['below nothing', { ...good, shared: -1 }, [422, 'INPUT_INVALID']],
      ['no uuid', { ...good, stream: 'x' }, [422, 'INPUT_INVALID']],
    ];
    for (const [name, body, expected] of cases)
      expect(outcome(await replace(desk, body)), name).toEqual(expected);
    expect((await sayHello(desk)).frozen).toBe(false);
    expect((await sayHello(other)).frozen).toBe(false);
    expect(await alerts(desk)).toEqual([]);
    // One that the city lost when it was put back is nothing to freeze.
    expect((await replace(desk, { ...good, replaces: randomUUID() })).status).toBe(200);
  });

  test('bad input: unknown fields, huge, deep, wrong types are one refusal each and change nothing', async () => {
    const desk = await enrolDesk(city.now());
    const { challenge } = await sayHello(desk);
    const uuids = (n: number) => Array.from({ length: n }, () => randomUUID());
    const deep = `{"ids":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const paths = ['/v1/missing', '/v1/streams', '/v1/returned'];
    const bodies: [string, unknown, unknown][] = [
      ['nothing', '', [422, 'INPUT_INVALID']],
      ['no JSON', '{', [422, 'INPUT_INVALID']],
      ['a list', [], [422, 'INPUT_INVALID']],
      ['null', 'null', [422, 'INPUT_INVALID']],
      ['an unknown field', { ids: [], events: [], more: 1 }, [422, 'INPUT_INVALID']],
      ['a wrong type', { ids: 'x', events: 5, stream: 1 }, [422, 'INPUT_INVALID']],
      ['deep', deep, [422, 'INPUT_INVALID']],
      ['a key that poisons', '{"__proto__":{"ids":[]}}', [422, 'INPUT_INVALID']],
      ['too many', { ids: uuids(5_001) }, [422, 'INPUT_INVALID']],
      ['huge', JSON.stringify({ ids: ['x'.repeat(9_000_000)] }), [413, 'BATCH_TOO_LARGE']],
    ];
    for (const path of paths)
      for (const [name, body, expected] of bodies)
        expect(outcome(await ask(desk, path, body, { challenge })), `${path} ${name}`).toEqual(expected);
    for (const path of paths)
      expect(outcome(await ask(desk, `${path}?more=1`, { ids: [] }, { challenge })), path).toEqual([
        422,
        'INPUT_INVALID',
      ]);
  });

  test('a proof is for this very body, this address, this device, and fresh', async () => {
    const [desk, other] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    const { challenge } = await sayHello(desk);
    const claims: [string, Record<string, unknown>, unknown][] = [
      ['another body', { challenge, body: sha256('{}') }, [401, 'SIGNATURE_INVALID']],
      ['no body', { challenge, body: null }, [401, 'SIGNATURE_INVALID']],
      ['another address', { challenge, path: '/v1/returned' }, [401, 'SIGNATURE_INVALID']],
      ['another device', { challenge, device: other.me.device }, [401, 'SIGNATURE_INVALID']],
      ['an unknown field', { challenge, more: 1 }, [422, 'INPUT_INVALID']],
      ['no challenge', { challenge: 'x.y' }, [401, 'CHALLENGE_EXPIRED']],
      [
        'the challenge of another',
        { challenge: (await sayHello(other)).challenge },
        [401, 'CHALLENGE_EXPIRED'],
      ],
    ];
    for (const [name, claim, expected] of claims)
      expect(outcome(await ask(desk, '/v1/missing', { ids: [] }, claim)), name).toEqual(expected);
    city.clock.move(11 * 60_000);
    expect(outcome(await ask(desk, '/v1/missing', { ids: [] }, { challenge }))).toEqual([
      401,
      'CHALLENGE_EXPIRED',
    ]);
  });

  test('the version of the catalogue is signed; figures of the hub name nobody', async () => {
    const desk = await enrolDesk(city.now());
    await sendEvents(desk, next(desk, 1));
    const reply = await opened(desk, await get(desk, '/v1/catalogue'), TYP.catalogue, catalogueReply);
    expect(reply).toMatchObject({
      v: 1,
      device: desk.me.device,
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const text = await (await fetch(`${desk.url}/metrics`)).text();
    expect(text).toMatch(/^smc_events_total\{verdict="accepted"\} \d+$/m);
    expect(text).toMatch(/^smc_refusals_total\{code="CHALLENGE_EXPIRED"\} \d+$/m);
    expect(text).toMatch(/^smc_request_seconds_bucket\{route="\/v1\/hello",le="\+Inf"\} \d+$/m);
    expect(text).toMatch(/^smc_batches_waiting 0$/m);
    expect(text).not.toMatch(/Nguyễn|Trần|127\.0\.0\.1|[0-9a-f]{8}-[0-9a-f]{4}/);
  });
});

describe.each(engines())('returned events on %s', (engine) => {
  let city: RestorableHub;
  let [author, reader] = [] as unknown as [FakeDesk, FakeDesk];
  let lost: Event[];
  let page: readonly HeldEvent[];
  let epoch: string;
  beforeAll(async () => {
    city = await startRestorableHub(engine);
    [author, reader] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    await city.backup();
    const late = await enrolDesk(city.now());
    const dossier = makeEvent(author, receiveDossier());
    lost = [
      dossier,
      makeEvent(author, correctDossier(dossier.subject.id, 0, { 'child.sex': 'nu' })),
      makeEvent(late, receiveDossier()),
    ];
    await sendEvents(author, lost.slice(0, 2));
    await sendEvents(late, lost.slice(2));
    ({ events: page, epoch } = await readInbox(reader));
    await city.restore('kept');
  });
  afterAll(() => city.remove());

  const bring = (events: Returned['events'] | readonly unknown[]) => ask(reader, '/v1/returned', { events });
  const items = () => page.map(({ verdict: _, ...item }) => ({ ...item, epoch }));
  const alerts = async () => (await newestAlerts(city.now().db, 9)).map((x) => [x.kind, x.no]);
  const count = async () =>
    (
      await rowsOf(
        city.now().db,
        sql`select count(*)::int as n, count(stream)::int as placed from event`,
        z.object({ n: z.int(), placed: z.int() }),
      )
    )[0];

  test('one without the city’s right mark is passed over and told of once; the others of the page are taken', async () => {
    expect(page).toHaveLength(3);
    const [one, two] = items() as [Returned['events'][number], Returned['events'][number]];
    const changed = { ...one.event, body: { ...one.event.body, code: 'T-9-261120-009' } };
    const resealed = { ...changed, hash: eventHash(changed, sha256) };
    const shapes: [string, unknown][] = [
      ['a verdict', { ...one, verdict: { kind: 'accepted', revision: 1 } }],
      ['no mark', { ...one, mark: '' }],
    ];
    for (const [name, item] of shapes)
      expect(outcome(await bring([two, item])), name).toEqual([422, 'INPUT_INVALID']);
    expect(outcome(await bring(Array.from({ length: 201 }, () => one)))).toEqual([422, 'INPUT_INVALID']);
    expect(await alerts()).toEqual([['restored', null]]);
    const wrong: [string, unknown][] = [
      ['the mark of another', { ...one, mark: two.mark }],
      ['another number', { ...one, hub: one.hub + 1 }],
      ['another epoch', { ...one, epoch: randomUUID() }],
      ['a forged mark', { ...one, mark: 'A'.repeat(86) }],
      ['changed content', { ...one, event: changed }],
      ['changed and sealed again', { ...one, event: resealed }],
    ];
    for (const [name, item] of wrong) expect((await bring([item])).status, name).toBe(200);
    expect(await count()).toEqual({ n: 0, placed: 0 });
    expect(await alerts()).toEqual([
      ['mark', reader.me.no],
      ['restored', null],
    ]);
    expect(await (await fetch(`${reader.url}/`)).text()).toContain('không mang dấu đúng của Thành phố');
    const third = items()[2];
    expect((await bring([...wrong.map(([, item]) => item), third])).status).toBe(200);
    expect(await count()).toEqual({ n: 1, placed: 0 });
  });

  test('with the mark of an older epoch they take effect once, in the old order, also of a device that was forgotten', async () => {
    const reply = await opened(reader, await bring(items().reverse()), TYP.returned, returnedReply);
    expect(reply).toMatchObject({ v: 1, device: reader.me.device });
    await bring(items());
    expect(await count()).toEqual({ n: 3, placed: 0 });
    const again = await readInbox(await enrolDesk(city.now()));
    expect(again.epoch).not.toBe(epoch);
    expect(again.events.map(({ event, verdict }) => [event.id, verdict.kind])).toEqual(
      [lost[2], lost[0], lost[1]].map((e) => [e?.id, 'accepted']),
    );
    expect(await verifyProjections(city.now().db)).toEqual([]);
    expect(await alerts()).toEqual([
      ['returned', reader.me.no],
      ['mark', reader.me.no],
      ['restored', null],
    ]);
  });

  test('their author’s inbox brings the first words on them: no receipt does', async () => {
    const { events } = await readInbox(author);
    expect(events.map(({ event, verdict }) => [event.id, verdict.kind, verdict.revision])).toEqual([
      [lost[2]?.id, 'accepted', 1],
      [lost[0]?.id, 'accepted', 1],
      [lost[1]?.id, 'accepted', 2],
    ]);
  });

  test('when the author comes with them himself they are repeats', async () => {
    const { acked } = await sayHello(author);
    expect(acked.seq).toBe(0);
    const { verdicts } = await sendEvents(author, lost.slice(0, 2));
    expect(verdicts.map((v) => [v.kind, v.revision])).toEqual([
      ['accepted', 1],
      ['accepted', 2],
    ]);
    expect(await count()).toEqual({ n: 3, placed: 0 });
    expect((await readOwn(author)).events.map((e) => e.event.id)).toEqual(lost.slice(0, 2).map((e) => e.id));
    expect(await verifyProjections(city.now().db)).toEqual([]);
  });
});
