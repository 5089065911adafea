/** What comes too early or too new waits at the city, is judged later, and its author and everybody concerned hear of it. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { insertEvents } from '../../../city/db/queries/stored-event.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { eventRow } from '../../../city/receive/event-row.ts';
import { readLine } from '../../../city/receive/read-line.ts';
import { digestReply, type HeldEvent } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import { canonicalJson } from '../../../shared/lib/canonical-json.ts';
import {
  enrolDesk,
  type FakeDesk,
  get,
  makeEvent,
  opened,
  openReceipt,
  readInbox,
  readOwn,
  sayHello,
  seal,
  send,
  sendEvents,
} from '../../support/fake-desk.ts';
import { engines } from '../../support/hub.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { annotateDossier, correctDossier, receiveDossier } from '../../support/wire-events.ts';

// The embedded database is stopped and started several times, each time flushing every file.

describe.each(engines())('later words on %s', (engine) => {
  let city: RestorableHub;
  let [a, b] = [] as unknown as [FakeDesk, FakeDesk];
  let dossier: Event;
  beforeEach(async () => {
    city = await startRestorableHub(engine);
    [a, b] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    dossier = makeEvent(a, receiveDossier());
    await sendEvents(a, [dossier]);
  });
  afterEach(() => city.remove());

  const words = (page: { readonly events: readonly HeldEvent[] }) =>
    page.events.map(({ hub, event, verdict }) => [hub, event.id, verdict.kind, verdict.revision]);
  const early = (base: number) =>
    makeEvent(b, correctDossier(dossier.subject.id, base, { 'child.sex': 'nu' }));
  const note = () => makeEvent(a, annotateDossier(dossier.subject.id, 1, { 'code.official': 'H29' }));

  test('what builds on a revision that has not come is held, and judged when it comes', async () => {
    const waits = early(2);
    const batch = await seal(b, [waits]);
    const answer = await send(b.url, batch);
    const [first] = (await openReceipt(b, answer)).verdicts;
    expect(first).toMatchObject({ kind: 'held', code: 'EVENT_BASE_UNKNOWN', hub: 2 });
    expect(words(await readInbox(a))).toEqual([]);

    const told = note();
    await sendEvents(a, [told]);
    // The author hears of it, and so does the office.
    expect(words(await readInbox(b))).toEqual([
      [1, dossier.id, 'accepted', 1],
      [3, told.id, 'accepted', 2],
      [4, waits.id, 'accepted', 3],
    ]);
    expect(words(await readInbox(a))).toEqual([[4, waits.id, 'accepted', 3]]);
    expect(words(await readInbox(b, 3))).toEqual([[4, waits.id, 'accepted', 3]]);
    expect((await readInbox(b, 4)).events).toEqual([]);
    expect(words(await readOwn(b))).toEqual([[4, waits.id, 'accepted', 3]]);
    const day = await get(b, '/v1/digest?day=2026-11-20');
    expect((await opened(b, day, TYP.digest, digestReply)).events).toMatchObject([{ verdict: 'accepted' }]);
    expect(await verifyProjections(city.now().db)).toEqual([]);

    // The receipt stays as it was given; on a new stream the newest word is told.
    expect((await send(b.url, batch)).text).toBe(answer.text);
    Object.assign(b, { stream: randomUUID(), seq: 0, head: GENESIS });
    const { hash: _, ...again } = waits;
    await sayHello(b);
    const repeat = makeEvent(b, { ...again, stream: b.stream, seq: 1, prev: GENESIS });
    expect((await sendEvents(b, [repeat])).verdicts[0]).toMatchObject({
      kind: 'accepted',
      hub: 4,
      revision: 3,
    });
    expect((await sendEvents(b, [repeat])).verdicts[0]).toMatchObject({ kind: 'accepted', hub: 4 });
  });

  test('later events build on what was judged later; a rebuild of the tables gives the same', async () => {
    await sendEvents(b, [early(2)]);
    await sendEvents(a, [note()]);
    const clash = makeEvent(a, correctDossier(dossier.subject.id, 2, { 'child.sex': 'nam' }));
    const last = makeEvent(a, correctDossier(dossier.subject.id, 3, { 'child.sex': 'nam' }));
    // It had not seen the third revision, which set the same field.
    const { verdicts } = await sendEvents(a, [clash, last]);
    expect(verdicts).toMatchObject([
      { kind: 'conflict', field: 'child.sex', revision: 3 },
      { kind: 'accepted', revision: 4 },
    ]);
    await city.now().db.execute(sql`create table rebuild_due (one integer primary key)`);
    await city.restart();
    expect(await verifyProjections(city.now().db)).toEqual([]);
  });

  test('one that is judged wrong or in conflict tells its author alone', async () => {
    const wrong = makeEvent(b, correctDossier(dossier.subject.id, 2, { 'no.such': 'x' }));
    await sendEvents(b, [wrong]);
    await sendEvents(a, [note()]);
    expect(words(await readInbox(b, 3))).toEqual([[4, wrong.id, 'rejected', 2]]);
    expect(words(await readInbox(a, 3))).toEqual([]);
    expect(await verifyProjections(city.now().db)).toEqual([]);
  });

  test('two that wait for one another are judged in one go, those of later lines of one batch too', async () => {
    const [second, first] = [early(3), early(2)];
    expect((await sendEvents(b, [second, first])).verdicts.map((v) => v.kind)).toEqual(['held', 'held']);
    await sendEvents(a, [note()]);
    expect(words(await readInbox(a, 3)).map((w) => w[1])).toEqual([first.id, second.id]);
    expect(await verifyProjections(city.now().db)).toEqual([]);
  });

  test('what an older hub could not read is judged at the start of one that can', async () => {
    const event = makeEvent(b, receiveDossier());
    const unread = makeEvent(b, { ...receiveDossier(), verb: 'dossier.teleport' });
    // As the older hub left it: held, without a subject.
    const verdict = { kind: 'held', code: 'EVENT_SCHEMA_NEWER', revision: 0 } as const;
    const { db, clock } = city.now();
    const rows = [event, unread].map((e) => {
      const line = { ...readLine(canonicalJson(e), 0), reading: { kind: 'newer' } as const };
      return eventRow({ line, verdict, scope: [] }, { now: clock.now(), road: 'stream' });
    });
    await db.transaction((tx) => insertEvents(tx, rows));
    await db.execute(sql`update stream set acked = 2, head = ${unread.hash} where id = ${b.stream}`);
    await city.restart();
    expect(words(await readInbox(b, 1))).toEqual([[4, event.id, 'accepted', 1]]);
    expect(words(await readInbox(a))).toEqual([[4, event.id, 'accepted', 1]]);
    expect(await verifyProjections(city.now().db)).toEqual([]);
    await city.restart();
    const [said] = await rowsOf(
      city.now().db,
      sql`select count(*)::int as n from judgement`,
      z.object({ n: z.int() }),
    );
    expect(said?.n).toBe(1);
    expect(
      (await sendEvents(b, [makeEvent(b, correctDossier(event.subject.id, 1, { 'child.sex': 'nu' }))]))
        .verdicts[0],
    ).toMatchObject({ kind: 'accepted', revision: 2 });
  });
});
