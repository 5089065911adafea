/** What a desk may ask: inbox, digest, counts; each request is signed and fresh. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import { countsReport, digestReply } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import {
  type Answer,
  codeOf,
  enrolDesk,
  type FakeDesk,
  get,
  json,
  makeEvent,
  newKeys,
  opened,
  readInbox,
  sayHello,
  sendEvents,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { correctCatalogue, receiveDossier, recordCounts } from '../../support/wire-events.ts';

const outcome = (a: Answer) => [a.status, codeOf(a)];

describe.each(engines())('reads on %s', (engine) => {
  let hub: TestHub;
  let ward: FakeDesk;
  let city: FakeDesk;
  beforeAll(async () => {
    hub = await startTestHub(engine);
    [ward, city] = [await enrolDesk(hub), await enrolDesk(hub, '79')];
  });
  afterAll(() => hub.remove());

  test('an inbox holds what others applied within its scope, and nothing else', async () => {
    const [peer, stranger] = [await enrolDesk(hub), await enrolDesk(hub, '26737')];
    const events = [
      receiveDossier(),
      receiveDossier('26740', { regime: 'x' }),
      recordCounts({ hoi_nong_dan: 4 }),
    ].map((w) => makeEvent(ward, w));
    await sendEvents(ward, events);
    await sendEvents(city, [
      makeEvent(city, receiveDossier('26740')),
      makeEvent(city, recordCounts({ nguoi_co_cong: 7 }, { unit: '26740', asOf: '2026-11-02' })),
    ]);
    const good = [events[0]?.id, events[2]?.id];
    const inbox = await readInbox(peer);
    expect(inbox.events.map((e) => e.event.id).slice(0, 2)).toEqual(good);
    expect(inbox.events).toHaveLength(4);
    expect(inbox.more).toBe(false);
    expect((await readInbox(ward)).events).toHaveLength(2);
    expect((await readInbox(city)).events.map((e) => e.event.id)).toEqual(good);
    expect((await readInbox(stranger)).events).toEqual([]);
    expect((await readInbox(stranger)).next).toBe(inbox.next);
    expect((await readInbox(peer, inbox.next)).events).toEqual([]);
  });

  test('a long inbox comes in pages, each event once and in order', async () => {
    const [writer, reader] = [await enrolDesk(hub, '26743'), await enrolDesk(hub, '26743')];
    for (let i = 0; i < 3; i++)
      await sendEvents(
        writer,
        Array.from({ length: 400 }, () => makeEvent(writer, receiveDossier('26743'))),
      );
    const seqs: number[] = [];
    let [after, more, pages] = [0, true, 0];
    while (more) {
      const page = await readInbox(reader, after);
      seqs.push(...page.events.map((e) => e.event.seq));
      [after, more, pages] = [page.next, page.more, pages + 1];
    }
    expect(pages).toBe(3);
    expect(seqs).toEqual(Array.from({ length: 1200 }, (_, i) => i + 1));
  });

  test('a correction of the catalogue reaches all offices below the one that made it and those above, nobody beside', async () => {
    const heads = ['79', '26740'] as const;
    const [above, mine] = [await enrolDesk(hub, '79', 'head'), await enrolDesk(hub, '26740', 'head')];
    for (const [i, writer] of [above, mine].entries()) {
      const { verdicts } = await sendEvents(writer, [makeEvent(writer, correctCatalogue(heads[i] ?? ''))]);
      expect(verdicts[0]).toMatchObject({ kind: 'accepted', revision: 1 });
    }
    const settings = async (unit: string) => {
      const reader = await enrolDesk(hub, unit);
      const ids: string[] = [];
      for (let after = 0, more = true; more; ) {
        const page = await readInbox(reader, after);
        ids.push(
          ...page.events.flatMap(({ event: { subject } }) => (subject.kind === 'setting' ? subject.id : [])),
        );
        [after, more] = [page.next, page.more];
      }
      return ids;
    };
    expect(await settings('26740')).toEqual(['catalogue:79', 'catalogue:26740']);
    expect(await settings('26743')).toEqual(['catalogue:79']);
    expect(await settings('79')).toEqual(['catalogue:79', 'catalogue:26740']);
  });

  test('the digest of a day lists what this device made that day, by its own clock', async () => {
    const desk = await enrolDesk(hub);
    const day = (at: string) => ({ at });
    const events = [
      { ...receiveDossier(), ...day('2026-11-18T17:00:00.000Z') },
      { ...receiveDossier('26740', { regime: 'x' }), ...day('2026-11-19T16:59:59.000Z') },
      { ...recordCounts({ hoi_nong_dan: 1 }, { asOf: '2026-11-03' }), ...day('2026-11-19T17:00:00.000Z') },
    ].map((w) => makeEvent(desk, w));
    await sendEvents(desk, events);
    const digestOf = async (day: string) =>
      opened(desk, await get(desk, `/v1/digest?day=${day}`), TYP.digest, digestReply);
    const listed = events.slice(0, 2).map(({ id, hash, verb }, i) => ({
      ...{ id, hash, verb },
      verdict: i === 0 ? 'accepted' : 'rejected',
    }));
    const head = { v: 1, epoch: await hub.epoch(), device: desk.me.device };
    const found = await digestOf('2026-11-19');
    expect(found).toMatchObject({ ...head, day: '2026-11-19', at: '2026-11-20T02:00:00.000Z' });
    expect(found.events).toEqual(listed.sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(await digestOf('2026-01-01')).toMatchObject({ ...head, day: '2026-01-01', events: [] });
  });

  test('the digest counts what the other machines of the office made that day, nobody else', async () => {
    const [desk, peer, stranger] = [
      await enrolDesk(hub, '26758'),
      await enrolDesk(hub, '26758'),
      await enrolDesk(hub, '26737'),
    ];
    await sendEvents(
      peer,
      [0, 1].map(() => makeEvent(peer, receiveDossier('26758'))),
    );
    await sendEvents(stranger, [makeEvent(stranger, receiveDossier('26737'))]);
    const answer = await get(desk, '/v1/digest?day=2026-11-20');
    const { others } = await opened(desk, answer, TYP.digest, digestReply);
    expect(others).toEqual([{ no: peer.me.no, name: 'Máy thử', events: 2 }]);
  });

  test('sums of counts: by category, own units only, zero is reported, blank is not, nothing twice', async () => {
    const asOf = '2023-09-19';
    const [officer, district, clerk] = [
      await enrolDesk(hub, '79'),
      await enrolDesk(hub, '760'),
      await enrolDesk(hub, '26740', 'officer'),
    ];
    const wish = (unit: string, cells: Record<string, number | null>) =>
      makeEvent(officer, recordCounts(cells, { unit, asOf }));
    await sendEvents(officer, [
      wish('760', { hoi_nong_dan: 100, nguoi_co_cong: 0 }),
      wish('761', { hoi_nong_dan: 20, nguoi_co_cong: null }),
      wish('26740', { hoi_nong_dan: 7, hoi_chu_thap_do: 3 }),
    ]);
    const report = async (desk: FakeDesk) =>
      json(await get(desk, `/v1/reports/counts?asOf=${asOf}`), countsReport);
    const whole = await report(officer);
    expect(whole.events).toBe(3);
    // 26740 lay in district 760 then, whose own figure already holds it.
    expect(whole.counts['hoi_nong_dan']).toEqual({ sum: 120, units_reported: 2 });
    expect(whole.counts['nguoi_co_cong']).toEqual({ sum: 0, units_reported: 1 });
    expect(whole.counts['hoi_chu_thap_do']).toEqual({ sum: 3, units_reported: 1 });
    expect(whole.counts['an_sinh_xa_hoi']).toEqual({ sum: 0, units_reported: 0 });
    expect(await report(district)).toMatchObject({
      events: 2,
      counts: { hoi_nong_dan: { sum: 7, units_reported: 1 } },
    });
    expect((await report(clerk)).counts['hoi_nong_dan']).toEqual({ sum: 7, units_reported: 1 });
    expect(json(await get(officer, '/v1/reports/counts?asOf=2020-01-01'), countsReport)).toMatchObject({
      events: 0,
    });
  });

  test('a request that is not this one, not fresh or not signed by this device is refused', async () => {
    const { challenge } = await sayHello(ward);
    const other = await sayHello(city);
    const path = '/v1/inbox?after=0';
    const cases: [string, Record<string, unknown>, string][] = [
      ['another path', { challenge, path: '/v1/inbox?after=1' }, 'SIGNATURE_INVALID'],
      ['another method', { challenge, method: 'PUT' }, 'SIGNATURE_INVALID'],
      ['the challenge of another device', { challenge: other.challenge }, 'CHALLENGE_EXPIRED'],
      ['an invented challenge', { challenge: `${hub.clock.now()}.AAAA` }, 'CHALLENGE_EXPIRED'],
      ['an empty challenge', { challenge: '' }, 'CHALLENGE_EXPIRED'],
      ['another device', { challenge, device: city.me.device }, 'SIGNATURE_INVALID'],
      ['an unknown device', { challenge, device: randomUUID() }, 'DEVICE_UNKNOWN'],
      ['a field too many', { challenge, more: 1 }, 'INPUT_INVALID'],
    ];
    for (const [name, claim, code] of cases) expect(codeOf(await get(ward, path, claim)), name).toBe(code);
    expect(outcome(await get({ ...ward, ...(await newKeys()) }, path, { challenge }))).toEqual([
      401,
      'SIGNATURE_INVALID',
    ]);
    for (const authorization of [
      '',
      'SMC',
      'SMC x',
      'Bearer abcdefghijklmnopqrstuvwxyz',
      'SMC aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ]) {
      const answer = await fetch(`${hub.url}${path}`, { headers: { authorization } });
      expect([answer.status, answer.headers.get('smc-protocol')], authorization).toEqual([401, '3']);
    }
    expect((await get(ward, path, { challenge })).status).toBe(200);
  });

  test('a challenge lives ten minutes of the hub clock, and not one that is still to come', async () => {
    const { challenge } = await sayHello(ward);
    hub.clock.move(10 * 60_000);
    expect((await get(ward, '/v1/inbox?after=0', { challenge })).status).toBe(200);
    hub.clock.move(1);
    expect(outcome(await get(ward, '/v1/inbox?after=0', { challenge }))).toEqual([401, 'CHALLENGE_EXPIRED']);
    const later = await sayHello(ward);
    hub.clock.move(-60_000);
    expect(outcome(await get(ward, '/v1/inbox?after=0', { challenge: later.challenge }))).toEqual([
      401,
      'CHALLENGE_EXPIRED',
    ]);
  });

  test('questions of another shape are refused', async () => {
    for (const path of [
      '/v1/inbox',
      '/v1/inbox?after=-1',
      '/v1/inbox?after=x',
      '/v1/inbox?after=1.5',
      '/v1/inbox?after=1&more=1',
      '/v1/digest',
      '/v1/digest?day=31-01-2026',
      '/v1/digest?day=2026-02-30',
      '/v1/digest?day=0000-01-01',
      '/v1/reports/counts?asOf=',
    ])
      expect(outcome(await get(ward, path)), path).toEqual([422, 'INPUT_INVALID']);
  });

  test('a revoked device reads nothing', async () => {
    const desk = await enrolDesk(hub);
    const { challenge } = await sayHello(desk);
    await revokeDevice(hub.db, desk.me.device, new Date());
    expect(outcome(await get(desk, '/v1/inbox?after=0', { challenge }))).toEqual([403, 'DEVICE_REVOKED']);
  });
});
