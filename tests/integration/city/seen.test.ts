/** A city whose whole folder was put back: what a desk has read of the log proves it, also where nothing of its own was lost. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newestAlerts } from '../../../city/db/queries/alert.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { type HelloReply, helloReply, type Seen } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import {
  ask,
  enrolDesk,
  type FakeDesk,
  makeEvent,
  opened,
  readInbox,
  sayHello,
  sendEvents,
  sendHello,
} from '../../support/fake-desk.ts';
import { engines } from '../../support/hub.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

describe.each(engines())('what a desk has read, hub on %s', (engine) => {
  let city: RestorableHub;
  let author: FakeDesk;
  let reader: FakeDesk;
  beforeAll(async () => {
    city = await startRestorableHub(engine);
  });
  beforeEach(async () => {
    [author, reader] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
  });
  afterAll(() => city.remove());

  const sent = (desk: FakeDesk, n: number) =>
    sendEvents(
      desk,
      Array.from({ length: n }, () => makeEvent(desk, receiveDossier())),
    );
  const greet = async (desk: FakeDesk, more: Record<string, unknown>): Promise<HelloReply> =>
    opened(desk, await sendHello(desk, more), TYP.helloReply, helloReply);
  const seenBy = async (desk: FakeDesk): Promise<Seen> => must((await readInbox(desk)).seen, 'seen');
  const restores = async () =>
    (await newestAlerts(city.now().db, 99)).filter((a) => a.kind === 'restored').length;

  test('an inbox shows what stands where it ends, also beyond what the reader may see; an empty log shows nothing', async () => {
    expect((await readInbox(reader)).seen).toBeNull();
    const elsewhere = await enrolDesk(city.now(), '26743');
    await sent(author, 1);
    await sent(elsewhere, 1);
    const { events, next, seen, epoch } = await readInbox(reader);
    expect([events.length, next]).toEqual([1, 2]);
    expect(seen).toMatchObject({ epoch, hub: 2 });
    expect(seen?.id).not.toBe(events[0]?.event.id);
  });

  test.each([
    ['nothing', 0],
    ['more than was lost', 5],
  ])('it proves the loss where %s was sent since, once', async (_, more) => {
    await sent(author, 1);
    await city.backup();
    await sent(author, 2);
    const seen = await seenBy(reader);
    const [{ epoch, since }, before] = [await sayHello(reader), await restores()];
    await city.restore('lost');
    const stranger = await enrolDesk(city.now());
    if (more > 0) await sent(stranger, more);
    expect((await greet(stranger, { seen: null })).epoch).toBe(epoch);
    const proven = await greet(reader, { epoch, seen });
    expect(proven.epoch).not.toBe(epoch);
    // Nobody knows since when: nothing said in that epoch is taken for sure.
    expect(proven.since).toBe(since);
    for (const desk of [reader, stranger]) expect((await greet(desk, { seen })).epoch).toBe(proven.epoch);
    expect(await restores()).toBe(before + 1);
  });

  test('what proves nothing is passed over, what is none is refused', async () => {
    await sent(author, 2);
    const seen = await seenBy(reader);
    const [{ epoch }, before] = [await sayHello(reader), await restores()];
    const odd: object[] = [
      seen,
      { ...seen, hub: seen.hub + 9 },
      { ...seen, id: randomUUID() },
      { ...seen, epoch: randomUUID() },
      { ...seen, mark: `${seen.mark.slice(1)}A` },
    ];
    for (const shown of odd) expect((await greet(reader, { seen: shown })).epoch).toBe(epoch);
    const wrong: unknown[] = [
      { ...seen, hub: 0 },
      { ...seen, more: 1 },
      { ...seen, mark: '' },
      'x',
      undefined,
    ];
    for (const shown of wrong)
      expect((await sendHello(reader, { seen: shown } as Record<string, unknown>)).status).toBe(422);
    expect(await restores()).toBe(before);
  });

  test('a desk that read a branch of an older epoch which was lost unseen is told that only its beginning is shared', async () => {
    await sent(author, 1);
    await city.backup();
    await sent(reader, 2);
    const [seen, { epoch, since }] = [await seenBy(reader), await sayHello(reader)];
    await city.restore('lost');
    await sent(author, 4);
    const read = await seenBy(author);
    expect((await greet(author, { epoch, seen: read })).epoch).toBe(epoch);
    // Another epoch begins for another reason; the numbers that the reader knows are below it.
    const { db } = city.now();
    await db.execute(`update epoch set system_id = '1', timeline = 77`);
    await city.restart();
    const [theirs, ours] = [await greet(author, { epoch }), await greet(reader, { epoch, seen })];
    expect([theirs.since, ours.since]).toEqual([read.hub, since]);
    expect(theirs.epoch).toBe(ours.epoch);
  });

  test('a stream that took another one’s place is a place of the log: put back to before it, the city notices', async () => {
    await sent(author, 1);
    await city.backup();
    const old = { ...author };
    Object.assign(author, { stream: randomUUID(), seq: 0, head: GENESIS });
    const body = { stream: author.stream, replaces: old.stream, shared: 1, why: 'forked' };
    const { epoch } = await sayHello(old);
    for (let again = 0; again < 2; again++) expect((await ask(author, '/v1/streams', body)).status).toBe(200);
    const seen = await seenBy(reader);
    expect(seen.id).toBe(author.stream);
    // By the mark beside the database …
    await city.restore('kept');
    const noticed = await sayHello(old);
    expect(noticed).toMatchObject({ frozen: false });
    expect(noticed.epoch).not.toBe(epoch);
    // … and by whoever read so far, where the mark went with it.
    await city.restore('lost');
    expect((await sayHello(old)).epoch).toBe(epoch);
    expect((await greet(reader, { epoch, seen })).epoch).not.toBe(epoch);
    expect((await ask(author, '/v1/streams', body)).status).toBe(200);
    expect((await sayHello(old)).frozen).toBe(true);
    expect(await verifyProjections(city.now().db)).toEqual([]);
  });
});
