/** A city whose database was put back: it notices by itself, and nothing is lost or doubled. */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { newestAlerts } from '../../../city/db/queries/alert.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { startHub } from '../../../city/start.ts';
import { type HelloReply, helloReply } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import {
  enrolDesk,
  type FakeDesk,
  json,
  makeEvent,
  opened,
  openReceipt,
  readInbox,
  type Sealed,
  sayHello,
  seal,
  send,
  sendEvents,
  sendHello,
  sign,
} from '../../support/fake-desk.ts';
import { engines } from '../../support/hub.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

// The embedded database is stopped and started several times, each time flushing every file.

describe.each(engines())('epochs on %s', (engine) => {
  let city: RestorableHub;
  let desk: FakeDesk;
  beforeEach(async () => {
    city = await startRestorableHub(engine);
    desk = await enrolDesk(city.now());
  });
  afterEach(() => city.remove());

  const next = (n: number) => Array.from({ length: n }, () => makeEvent(desk, receiveDossier()));
  const jwsOf = (text: string) =>
    json({ status: 200, headers: new Headers(), text }, z.object({ jws: z.string() })).jws;
  const deliver = async (batch: Sealed) => jwsOf((await send(desk.url, batch)).text);
  const greet = async (witness: string | null): Promise<HelloReply> =>
    opened(desk, await sendHello(desk, { witness }), TYP.helloReply, helloReply);
  const alertKinds = async () => (await newestAlerts(city.now().db, 9)).map((a) => a.kind);
  const count = async () =>
    (await rowsOf(city.now().db, sql`select count(*)::int as n from event`, z.object({ n: z.int() })))[0]?.n;

  test('a database put back begins a new epoch at the start; what it lost is taken again', async () => {
    await sendEvents(desk, next(2));
    const before = await sayHello(desk);
    await city.backup();
    const lost = await seal(desk, next(2));
    const first = await openReceipt(desk, await send(desk.url, lost));
    await city.restore('kept');

    const after = await sayHello(desk);
    expect(after.epoch).not.toBe(before.epoch);
    expect(after).toMatchObject({ since: 2, acked: { seq: 2 } });
    expect(await alertKinds()).toEqual(['restored']);
    expect(await (await fetch(`${desk.url}/`)).text()).toContain(
      'Cơ sở dữ liệu của Thành phố vừa được khôi phục',
    );

    const again = await openReceipt(desk, await send(desk.url, lost));
    expect(again).toMatchObject({ epoch: after.epoch, from: first.from, to: first.to, batch: first.batch });
    expect(again.verdicts.map((v) => v.kind)).toEqual(['accepted', 'accepted']);
    expect(await count()).toBe(4);
    expect(await verifyProjections(city.now().db)).toEqual([]);
    expect((await readInbox(await enrolDesk(city.now()))).events).toHaveLength(4);
  });

  test('what is void begins with the first of all the epochs that a desk has missed', async () => {
    const sent = async (n: number) => {
      const one = await enrolDesk(city.now());
      await sendEvents(
        one,
        Array.from({ length: n }, () => makeEvent(one, receiveDossier())),
      );
    };
    const since = async (epoch: string | null) =>
      (await opened(desk, await sendHello(desk, { epoch }), TYP.helloReply, helloReply)).since;
    await sent(2);
    const first = await city.now().epoch();
    await city.backup();
    await sent(3);
    await city.restore('kept');
    const second = await city.now().epoch();
    await sent(4);
    await city.backup();
    await sent(1);
    await city.restore('kept');
    const third = await city.now().epoch();
    expect(new Set([first, second, third]).size).toBe(3);
    expect([await since(first), await since(second), await since(null)]).toEqual([2, 6, 6]);
    // Nothing of the present one is void.
    expect(await since(third)).toBe(Number.MAX_SAFE_INTEGER);
    expect(await since(randomUUID())).toBe(0);
  });

  test('a start after an orderly end begins none, with a damaged mark neither', async () => {
    await sendEvents(desk, next(1));
    const epoch = await city.now().epoch();
    const mark = path.join(city.dataDir, 'hub-mark.json');
    expect(JSON.parse(readFileSync(mark, 'utf8'))).toMatchObject({ v: 1, epoch, counter: 1, hub: 1 });
    await city.restart();
    expect(await city.now().epoch()).toBe(epoch);
    for (const text of ['', '{', '{"v":1,"epoch":"x","counter":1,"hub":9}', '{"v":2}', '[]']) {
      await city.restart(() => writeFileSync(mark, text));
      expect(await city.now().epoch(), text).toBe(epoch);
    }
    expect(await alertKinds()).toEqual([]);
  });

  test('an empty database under the old keys is a new epoch that holds nothing', async () => {
    await sendEvents(desk, next(1));
    const epoch = await city.now().epoch();
    await city.empty();
    const [row] = await rowsOf(
      city.now().db,
      sql`select id::text as id, counter, since::int as since, why from epoch`,
      z.object({ id: z.string(), counter: z.int(), since: z.int(), why: z.string() }),
    );
    expect(row).toMatchObject({ counter: 2, since: 0, why: 'mark' });
    expect(row?.id).not.toBe(epoch);
  });

  test.each([
    ['system_id', "'1'"],
    ['timeline', '77'],
  ])('a database of another %s is a new epoch', async (column, value) => {
    const { db } = city.now();
    const epoch = await city.now().epoch();
    await db.execute(sql.raw(`update epoch set ${column} = ${value}`));
    await city.restart();
    expect(await city.now().epoch()).not.toBe(epoch);
    await city.restart();
    expect(await alertKinds()).toEqual(['restored']);
  });

  test('where the mark went with the database, the receipt that a desk shows is proof, once', async () => {
    await sendEvents(desk, next(2));
    const { epoch } = await sayHello(desk);
    await city.backup();
    const witness = await deliver(await seal(desk, next(3)));
    await city.restore('lost');
    expect(await greet(null)).toMatchObject({ epoch, acked: { seq: 2 } });
    const proven = await greet(witness);
    expect(proven.epoch).not.toBe(epoch);
    // Nobody knows since when: nothing said in that epoch is taken for sure.
    expect(proven).toMatchObject({ since: 0, acked: { seq: 2 } });
    expect((await greet(witness)).epoch).toBe(proven.epoch);
    expect(await city.now().epoch()).toBe(proven.epoch);
    expect(await alertKinds()).toEqual(['restored']);
  });

  test('a witness that proves nothing is passed over', async () => {
    const stands = await deliver(await seal(desk, next(2)));
    const { epoch } = await sayHello(desk);
    const other = await enrolDesk(city.now());
    const receipt = await openReceipt(desk, await send(desk.url, await seal(desk, next(1))));
    await city.backup();
    const theirs = jwsOf(
      (await send(desk.url, await seal(other, [makeEvent(other, receiveDossier())]))).text,
    );
    await city.restore('lost');
    const forged = await sign(desk.privateKey, TYP.receipt, {
      ...receipt,
      to: 90,
      hub: { first: 1, last: 90 },
    });
    for (const witness of ['', 'x', 'a.b.c', stands, forged, theirs])
      expect((await greet(witness)).epoch, witness.slice(0, 20)).toBe(epoch);
    expect((await sendHello(desk, { witness: 'x'.repeat(400_001) })).status).toBe(422);
  });

  test('a log that loses events under the running hub begins an epoch at the next word', async () => {
    await sendEvents(desk, next(3));
    const { epoch } = await sayHello(desk);
    const { db } = city.now();
    await db.execute(sql`alter table event disable trigger event_append_only`);
    await db.execute(sql`delete from event where hub_seq > 1`);
    const after = await sayHello(desk);
    expect(after.epoch).not.toBe(epoch);
    expect(after.since).toBe(1);
  });

  test('the same batch gets the same bytes within an epoch, and a receipt of its own in the next', async () => {
    const batch = await seal(desk, next(2));
    const first = await deliver(batch);
    expect(await deliver(batch)).toBe(first);
    await city.backup();
    await sendEvents(desk, next(1));
    await city.restore('kept');
    const second = await openReceipt(desk, await send(desk.url, batch));
    expect(second.epoch).toBe(await city.now().epoch());
    expect(second.verdicts.map((v) => v.hub)).toEqual([1, 2]);
    expect(await deliver(batch)).toBe(await deliver(batch));
    expect(await count()).toBe(2);
  });

  test('a key file from before bundles gets a box key at the start and keeps it', async () => {
    const file = path.join(city.dataDir, 'hub-keys.json');
    await city.restart(() => {
      const { box: _, ...old } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
      writeFileSync(file, JSON.stringify(old));
    });
    const { boxKey, accounts } = await sayHello(desk);
    expect(boxKey).toMatch(/^age1[0-9a-z]{58}$/);
    expect(accounts).toEqual([{ ...desk.me.account }]);
    await city.restart();
    expect((await sayHello(desk)).boxKey).toBe(boxKey);
  });
});

describe.each(engines().filter((e) => e === 'postgres'))('two hubs on one %s', (engine) => {
  test('agree on an epoch that one of them began', async () => {
    const city = await startRestorableHub(engine);
    const desk = await enrolDesk(city.now());
    await sendEvents(desk, [makeEvent(desk, receiveDossier())]);
    await city.backup();
    const lost = await seal(desk, [makeEvent(desk, receiveDossier())]);
    const answer = await send(desk.url, lost);
    const { jws } = json(answer, z.object({ jws: z.string() }));
    await city.restore('lost');
    const second = path.join(city.dataDir, 'second');
    mkdirSync(second);
    cpSync(path.join(city.dataDir, 'hub-keys.json'), path.join(second, 'hub-keys.json'));
    const databaseUrl = process.env.SMC_TEST_DATABASE_URL ?? '';
    const [{ name } = { name: '' }] = await rowsOf(
      city.now().db,
      sql`select current_database()::text as name`,
      z.object({ name: z.string() }),
    );
    const other = await startHub({
      dataDir: second,
      databaseUrl: databaseUrl.replace(/\/[^/]*$/, `/${name}`),
      clock: city.clock,
    });
    const there = { ...desk, url: other.url };
    const proven = await opened(there, await sendHello(there, { witness: jws }), TYP.helloReply, helloReply);
    expect((await sayHello(desk)).epoch).toBe(proven.epoch);
    expect((await openReceipt(desk, await send(desk.url, lost))).epoch).toBe(proven.epoch);
    await other.close();
    rmSync(second, { recursive: true });
    await city.remove();
  });
});
