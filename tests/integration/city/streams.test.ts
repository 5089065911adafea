/** The stream: what a batch must be, and what a repeat, a gap, a fork and an overlap do. */
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { refusal } from '../../../shared/contract/sync/messages.ts';
import { eventHash } from '../../../shared/domain/event.ts';
import { canonicalJson } from '../../../shared/lib/canonical-json.ts';
import { must } from '../../../shared/lib/must.ts';
import {
  type Answer,
  codeOf,
  enrolDesk,
  type FakeDesk,
  json,
  makeEvent,
  openReceipt,
  seal,
  sealLines,
  send,
  sendEvents,
  sha256,
  sign,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier, recordCounts } from '../../support/wire-events.ts';

const outcome = (a: Answer) => [a.status, codeOf(a)];

describe.each(engines())('streams on %s', (engine) => {
  let hub: TestHub;
  let desk: FakeDesk;
  beforeAll(async () => {
    hub = await startTestHub(engine);
    desk = await enrolDesk(hub);
  });
  afterAll(() => hub.remove());

  const next = (n: number) => Array.from({ length: n }, () => makeEvent(desk, receiveDossier()));
  const total = async () =>
    must(
      (
        await rowsOf(
          hub.db,
          sql`select (select count(*) from event)::int as events, (select count(*) from receipt)::int as receipts, (select count(*) from dossier)::int as dossiers`,
          z.object({ events: z.int(), receipts: z.int(), dossiers: z.int() }),
        )
      )[0],
      'row',
    );

  test('a good batch is received with a signed receipt that speaks of every event', async () => {
    const events = next(3);
    const batch = await seal(desk, events);
    const receipt = await openReceipt(desk, await send(hub.url, batch));
    expect(receipt).toMatchObject({
      epoch: await hub.epoch(),
      device: desk.me.device,
      from: 1,
      to: 3,
      head: desk.head,
      batch: sha256(batch.header),
    });
    expect(receipt.verdicts.map(({ kind, seq, id, revision }) => ({ kind, seq, id, revision }))).toEqual(
      events.map((e) => ({ kind: 'accepted', seq: e.seq, id: e.id, revision: 1 })),
    );
    expect(receipt.hub).toEqual({ first: receipt.verdicts[0]?.hub, last: receipt.verdicts[2]?.hub });
  });

  test('a repeat gives the same bytes and changes nothing', async () => {
    const batch = await seal(desk, next(2));
    const first = await send(hub.url, batch);
    const before = await total();
    hub.clock.move(1000);
    expect((await send(hub.url, batch)).text).toBe(first.text);
    expect(await total()).toEqual(before);
  });

  test('the same batch sent ten times at once has one effect and one receipt', async () => {
    const batch = await seal(desk, next(5));
    const before = await total();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(hub.url, batch)));
    expect(new Set(answers.map((a) => a.text)).size).toBe(1);
    expect(await total()).toEqual({
      events: before.events + 5,
      receipts: before.receipts + 1,
      dossiers: before.dossiers + 5,
    });
  });

  test('every line is kept exactly as it came', async () => {
    const event = makeEvent(desk, { ...receiveDossier(), später: { π: [1, null, 'ё'] } } as never);
    await sendEvents(desk, [event]);
    const [row] = await rowsOf(
      hub.db,
      sql`select raw, day::text as day, scope from event where id = ${event.id}`,
      z.object({ raw: z.string(), day: z.string(), scope: z.array(z.string()) }),
    );
    expect(row).toMatchObject({ raw: canonicalJson(event), day: '2026-11-20' });
    expect(row?.scope).toEqual(['26740', '79']);
  });

  test('a gap is refused with the number that is expected', async () => {
    const [hole, after] = [next(1), next(1)];
    const answer = await send(hub.url, await seal(desk, after));
    expect(outcome(answer)).toEqual([409, 'STREAM_GAP']);
    expect(json(answer, refusal).details).toEqual({ expected: hole[0]?.seq });
    await sendEvents(desk, hole);
    await sendEvents(desk, after);
  });

  test('another history at the same place is a fork, before and inside what is held', async () => {
    const restored = { ...desk };
    await sendEvents(desk, next(3));
    const before = await total();
    const same = [makeEvent(restored, receiveDossier())];
    expect(outcome(await send(hub.url, await seal(restored, same)))).toEqual([409, 'STREAM_FORK']);
    const longer = [...same, ...Array.from({ length: 4 }, () => makeEvent(restored, receiveDossier()))];
    expect(outcome(await send(hub.url, await seal(restored, longer)))).toEqual([409, 'STREAM_FORK']);
    expect(outcome(await send(hub.url, await seal(restored, longer.slice(3))))).toEqual([409, 'STREAM_FORK']);
    expect(await total()).toEqual(before);
  });

  test('an overlap keeps the verdicts given and adds only what is new', async () => {
    const events = next(4);
    const first = await sendEvents(desk, events.slice(0, 2));
    const second = await sendEvents(desk, events);
    expect(second.verdicts.slice(0, 2)).toEqual(first.verdicts);
    expect(second.verdicts).toHaveLength(4);
    const tail = await sendEvents(desk, events.slice(1, 3));
    expect(tail.verdicts).toEqual(second.verdicts.slice(1, 3));
  });

  test('bytes that were changed on the way change nothing', async () => {
    const events = next(2);
    const batch = await seal(desk, events);
    const before = await total();
    const other = await enrolDesk(hub);
    const line = canonicalJson(must(events[0], 'event'));
    const [a, b] = [must(events[0], 'a'), must(events[1], 'b')];
    const spoiledText = line.replace('Nguyễn', 'Nguyến');
    const resealed = { ...a, body: { ...a.body, code: 'T-9-261120-009' } };
    const cases: [string, Promise<Answer>, string][] = [
      [
        'one bit of the body',
        send(hub.url, { ...batch, body: batch.body.map((x, i) => (i === 40 ? x ^ 1 : x)) }),
        'BATCH_BROKEN',
      ],
      ['a cut body', send(hub.url, { ...batch, body: batch.body.slice(0, -9) }), 'BATCH_BROKEN'],
      ['an empty header', send(hub.url, { ...batch, header: '' }), 'SIGNATURE_INVALID'],
      [
        'a cut signature',
        send(hub.url, { ...batch, header: batch.header.slice(0, -4) }),
        'SIGNATURE_INVALID',
      ],
      [
        'signed by another device',
        seal({ ...desk, privateKey: other.privateKey }, events).then((s) => send(hub.url, s)),
        'SIGNATURE_INVALID',
      ],
      [
        'signed for another purpose',
        sign(
          desk.privateKey,
          'smc-hello+jws',
          JSON.parse(Buffer.from(batch.header.split('.')[1] ?? '', 'base64url').toString()) as object,
        ).then((header) => send(hub.url, { ...batch, header })),
        'SIGNATURE_INVALID',
      ],
      [
        'another device in the header',
        seal(desk, events, { device: other.me.device }).then((s) => send(hub.url, s)),
        'SIGNATURE_INVALID',
      ],
      [
        'a stream of another device',
        sealLines({ ...desk, stream: other.stream }, events, {
          lines: events.map((e) => canonicalJson(e)),
        }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      ['another address', send(hub.url, { ...batch, to: batch.to + 1 }), 'BATCH_BROKEN'],
      [
        'another head',
        seal(desk, events, { head: 'a'.repeat(64) }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      [
        'another prev',
        seal(desk, events, { prev: 'a'.repeat(64) }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      [
        'a field too many in the header',
        seal(desk, events, { more: 1 }).then((s) => send(hub.url, s)),
        'INPUT_INVALID',
      ],
      [
        'events in another order',
        seal(desk, [b, a], { from: a.seq, to: b.seq }).then((s) =>
          send(hub.url, { ...s, from: a.seq, to: b.seq }),
        ),
        'BATCH_BROKEN',
      ],
      [
        'a line too few',
        sealLines(desk, events, { lines: [line] }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      [
        'a line that is no JSON',
        sealLines(desk, events, { lines: [line, '{'] }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      [
        'a line that is a number',
        sealLines(desk, events, { lines: [line, '1'] }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      [
        'a changed text',
        sealLines(desk, events, { lines: [spoiledText, canonicalJson(b)] }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
      [
        'half a surrogate pair',
        sealLines(desk, events, { lines: [line.replace('Nguyễn', '\\ud800'), canonicalJson(b)] }).then((s) =>
          send(hub.url, s),
        ),
        'BATCH_BROKEN',
      ],
      [
        'nested without end',
        sealLines(desk, events, { lines: [line, '['.repeat(200_000) + ']'.repeat(200_000)] }).then((s) =>
          send(hub.url, s),
        ),
        'BATCH_BROKEN',
      ],
      [
        'a key twice',
        sealLines(desk, events, { lines: [line.replace('{', '{"base":7,'), canonicalJson(b)] }).then((s) =>
          send(hub.url, s),
        ),
        'BATCH_BROKEN',
      ],
      [
        'blanks inside',
        sealLines(desk, events, { lines: [line.replace(',', ', '), canonicalJson(b)] }).then((s) =>
          send(hub.url, s),
        ),
        'BATCH_BROKEN',
      ],
      [
        'a link of the chain replaced',
        sealLines(desk, events, {
          lines: [canonicalJson({ ...resealed, hash: eventHash(resealed, sha256) }), canonicalJson(b)],
        }).then((s) => send(hub.url, s)),
        'BATCH_BROKEN',
      ],
    ];
    for (const [name, answer, code] of cases) expect(codeOf(await answer), name).toBe(code);
    expect(await total()).toEqual(before);
    await sendEvents(desk, events);
  });

  test('another device may not write into a stream', async () => {
    const thief = { ...(await enrolDesk(hub)), stream: desk.stream };
    expect(outcome(await send(hub.url, await seal(thief, [makeEvent(thief, receiveDossier())])))).toEqual([
      409,
      'STREAM_FORK',
    ]);
  });

  test('an event of another device or stream breaks the batch', async () => {
    const [other, spare] = [await enrolDesk(hub), await enrolDesk(hub)];
    for (const change of [{ device: other.me.device }, { stream: other.stream }, { seq: 7 }]) {
      const fresh = { ...spare };
      const event = makeEvent(fresh, { ...receiveDossier(), ...change });
      const answer = await send(
        hub.url,
        await seal(fresh, [event], { from: 1, to: 1 }).then((s) => ({ ...s, from: 1, to: 1 })),
      );
      expect(outcome(answer)).toEqual([422, 'BATCH_BROKEN']);
    }
  });

  test('a gzip bomb, too many bytes and too many events are refused as too large', async () => {
    const spare = await enrolDesk(hub);
    const event = makeEvent(spare, receiveDossier());
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const bombed = await seal(spare, [event], { body: sha256(bomb) });
    expect(outcome(await send(hub.url, { ...bombed, body: bomb }))).toEqual([413, 'BATCH_TOO_LARGE']);
    const big = Buffer.alloc(1024 * 1024 + 1);
    expect(
      outcome(await send(hub.url, { ...(await seal(spare, [event], { body: sha256(big) })), body: big })),
    ).toEqual([413, 'BATCH_TOO_LARGE']);
    expect(outcome(await send(hub.url, { ...(await seal(spare, [event], { to: 501 })), to: 501 }))).toEqual([
      413,
      'BATCH_TOO_LARGE',
    ]);
    await sendEvents(spare, [event]);
  });

  test('a frozen stream takes nothing', async () => {
    const spare = await enrolDesk(hub);
    await hub.db.execute(sql`update stream set frozen = true where id = ${spare.stream}`);
    expect(outcome(await send(hub.url, await seal(spare, [makeEvent(spare, receiveDossier())])))).toEqual([
      409,
      'STREAM_FORK',
    ]);
  });

  test('many desks at once: every event once, hub numbers without a hole in the order', async () => {
    const desks = await Promise.all(Array.from({ length: 6 }, () => enrolDesk(hub)));
    const receipts = await Promise.all(
      desks.map((d, i) =>
        sendEvents(
          d,
          Array.from({ length: 20 }, (_, n) =>
            makeEvent(
              d,
              n % 2 ? receiveDossier() : recordCounts({ nguoi_co_cong: n }, { asOf: `2026-10-1${i}` }),
            ),
          ),
        ),
      ),
    );
    const numbers = receipts.flatMap((r) => r.verdicts.map((v) => v.hub)).sort((x, y) => x - y);
    expect(new Set(numbers).size).toBe(120);
    for (const r of receipts) expect(r.hub.last - r.hub.first).toBe(19);
  });
});
