/** How far the access log of a desk goes is said to the city and signed back, with a batch or without; the city notices one that goes back. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { newestAlerts } from '../../../city/db/queries/alert.ts';
import { inTransaction } from '../../../db/handle.ts';
import { accessTip } from '../../../db/queries/access.ts';
import { newestAnchor } from '../../../db/queries/anchor.ts';
import { readIdentity } from '../../../db/queries/device.ts';
import { writeMachineSetting } from '../../../db/queries/machine.ts';
import { sqliteStore } from '../../../electron/sync/desk-store.ts';
import { must } from '../../../shared/lib/must.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import {
  ask,
  codeOf,
  enrolDesk,
  makeEvent,
  openReceipt,
  sayHello,
  seal,
  send,
} from '../../support/fake-desk.ts';
import { reception } from '../../support/forms.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

describe.each(engines())('the access log at a hub on %s', (engine) => {
  let hub: TestHub;
  const pairs: Pair[] = [];
  const pair = async () => {
    const made = await enrolledPair(hub, { role: 'head' });
    pairs.push(made);
    return made.desk;
  };
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(async () => {
    for (const made of pairs) await made.close();
    await hub.remove();
  });
  const heldOf = async (stream: string) =>
    (
      await rowsOf(
        hub.db,
        sql`select seq::int as seq, hash from access_head where stream = ${stream}`,
        z.object({ seq: z.int(), hash: z.string() }),
      )
    )[0];
  const alertsOf = async () =>
    (await newestAlerts(hub.db, 50)).filter((one) => one.kind === 'access_log').length;

  test('rides in a batch; the receipt signs it back', async () => {
    const { desk, call } = await pair();
    const id = randomUUID();
    // The first greeting tells the desk that this city knows of access logs.
    await call('sync.run', {});
    await call('dossier.receive', reception(id, 'birth'));
    await call('dossier.get', { id });
    const tip = must(accessTip(desk.db), 'tip');
    expect(newestAnchor(desk.db)).toBeNull();
    expect(await call('sync.run', {})).toMatchObject({ received: 1, lastError: null });
    expect(newestAnchor(desk.db)).toMatchObject({ head: tip, typ: 'smc-receipt+jws' });
    expect(await heldOf(must(readIdentity(desk.db), 'identity').stream)).toEqual(tip);
  });
  test('is said by itself where nothing waits, once', async () => {
    const { desk, call } = await pair();
    const id = randomUUID();
    await call('dossier.receive', reception(id, 'birth'));
    await call('sync.run', {});
    await call('dossier.get', { id });
    const tip = must(accessTip(desk.db), 'tip');
    expect(await call('sync.run', {})).toMatchObject({ lastError: null });
    const anchor = newestAnchor(desk.db);
    expect(anchor).toMatchObject({ head: tip, typ: 'smc-access+jws' });
    await call('sync.run', {});
    expect(newestAnchor(desk.db)?.jws).toBe(anchor?.jws);
  });
  test('is kept from a city of the protocol before', async () => {
    const { desk, call } = await pair();
    await call('sync.run', {});
    inTransaction(desk.db, (tx) => {
      writeMachineSetting(tx, 'city_proto', '1');
      desk.access.within(tx, { action: 'account.lock' });
    });
    const hooks = { now: () => 0, changed: () => undefined, marked: () => undefined };
    expect(sqliteStore(desk.db, hooks).accessHead()).toBeNull();
    inTransaction(desk.db, (tx) => writeMachineSetting(tx, 'city_proto', '2'));
    expect(sqliteStore(desk.db, hooks).accessHead()).toEqual(accessTip(desk.db));
  });
  test('a desk of the protocol before is served as ever', async () => {
    const fake = await enrolDesk(hub, '26743');
    await sayHello(fake);
    const receipt = await openReceipt(
      fake,
      await send(hub.url, await seal(fake, [makeEvent(fake, receiveDossier())])),
    );
    expect(receipt).not.toHaveProperty('access');
  });

  const head = (seq: number, of = 'a') => ({ seq, hash: of.repeat(64) });
  test('one that goes back, or says something else of the same entry, is not kept and an officer is told', async () => {
    const fake = await enrolDesk(hub, '26743');
    await sayHello(fake);
    const say = async (said: object, stream = fake.stream) =>
      (await ask(fake, '/v1/access', { stream, head: said })).status;
    const before = await alertsOf();
    expect([await say(head(5)), await say(head(5)), await say(head(9, 'b'))]).toEqual([200, 200, 200]);
    expect([await heldOf(fake.stream), await alertsOf()]).toEqual([head(9, 'b'), before]);
    expect(await say(head(5))).toBe(200);
    expect([await heldOf(fake.stream), await alertsOf()]).toEqual([head(9, 'b'), before + 1]);
    expect(await say(head(9, 'c'))).toBe(200);
    expect(await heldOf(fake.stream)).toEqual(head(9, 'b'));
    expect(await alertsOf()).toBe(before + 1);
  });
  test('another machine’s stream and another shape are refused', async () => {
    const [fake, other] = [await enrolDesk(hub, '26743'), await enrolDesk(hub, '26743')];
    await sayHello(fake);
    await sayHello(other);
    const bad = async (body: object) => codeOf(await ask(fake, '/v1/access', body));
    expect(await bad({ stream: other.stream, head: head(1) })).toBe('STREAM_FORK');
    for (const wrong of [head(0), { seq: 1 }, { seq: 1, hash: 'x' }, { ...head(1), name: 'x' }, null])
      expect(await bad({ stream: fake.stream, head: wrong })).toBe('INPUT_INVALID');
  });
});
