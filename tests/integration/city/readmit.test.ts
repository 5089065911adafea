/** After the city was put back: hand-overs that come by another road, and devices that it forgot. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newestAlerts } from '../../../city/db/queries/alert.ts';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import { insertEvents } from '../../../city/db/queries/stored-event.ts';
import { verifyProjections } from '../../../city/db/verify.ts';
import { eventRow } from '../../../city/receive/event-row.ts';
import { readLine } from '../../../city/receive/read-line.ts';
import { type HeldEvent, readmitReply } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { canonicalJson } from '../../../shared/lib/canonical-json.ts';
import {
  type Answer,
  ask,
  codeOf,
  enrolDesk,
  type FakeDesk,
  makeEvent,
  opened,
  post,
  readInbox,
  sayHello,
  sendEvents,
  sendHello,
  sign,
} from '../../support/fake-desk.ts';
import { engines } from '../../support/hub.ts';
import { type RestorableHub, startRestorableHub } from '../../support/restorable-hub.ts';
import { annotateDossier, receiveDossier, transferDossier } from '../../support/wire-events.ts';

// The embedded database is stopped and started several times, each time flushing every file.

const outcome = (a: Answer) => [a.status, codeOf(a)];
const next = (desk: FakeDesk, n: number) =>
  Array.from({ length: n }, () => makeEvent(desk, receiveDossier()));

describe.each(engines())('a hand-over that comes by another road on %s', (engine) => {
  let city: RestorableHub;
  let [author, reader, taker] = [] as unknown as [FakeDesk, FakeDesk, FakeDesk];
  let history: readonly Event[];
  beforeEach(async () => {
    city = await startRestorableHub(engine);
    [author, reader] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    taker = await enrolDesk(city.now(), '26743');
    const dossier = makeEvent(author, receiveDossier());
    const note = makeEvent(author, annotateDossier(dossier.subject.id, 1, { 'code.official': 'H29' }));
    await sendEvents(author, [dossier, note]);
    await city.backup();
    history = [dossier, note, makeEvent(author, transferDossier(dossier.subject.id, 2, '26743'))];
  });
  afterEach(() => city.remove());
  const whole = async () => {
    // The hand-over itself may be told twice: at its own number, and again in the order of the history.
    const events = (await readInbox(taker)).events.slice(-history.length);
    expect(events.map(({ event, verdict }) => [event.id, verdict.kind, verdict.revision])).toEqual(
      history.map((e, i) => [e.id, 'accepted', i + 1]),
    );
    expect(await verifyProjections(city.now().db)).toEqual([]);
  };

  test('brought back by another desk: the new ward gets the whole history', async () => {
    const [, , handOver] = history as [Event, Event, Event];
    await sendEvents(author, [handOver]);
    const { events, epoch } = await readInbox(reader);
    await city.restore('kept');
    expect((await readInbox(taker)).events).toEqual([]);
    const { verdict: _, ...item } = events.find((e) => e.event.id === handOver.id) as HeldEvent;
    expect((await ask(reader, '/v1/returned', { events: [{ ...item, epoch }] })).status).toBe(200);
    await whole();
  });

  test('read only by a newer hub: the new ward gets the whole history', async () => {
    const [, , handOver] = history as [Event, Event, Event];
    const { db, clock } = city.now();
    const verdict = { kind: 'held', code: 'EVENT_SCHEMA_NEWER', revision: 0 } as const;
    const line = { ...readLine(canonicalJson(handOver), 0), reading: { kind: 'newer' } as const };
    const row = eventRow({ line, verdict, scope: [] }, { now: clock.now(), road: 'stream' });
    await db.transaction((tx) => insertEvents(tx, [row]));
    await city.restart();
    await whole();
  });
});

describe.each(engines())('a device that was enrolled after the backup on %s', (engine) => {
  let city: RestorableHub;
  beforeEach(async () => {
    city = await startRestorableHub(engine);
    await sendEvents(...(await stranger()));
    await city.backup();
    await sendEvents(...(await stranger()));
  });
  afterEach(() => city.remove());
  const stranger = async (): Promise<[FakeDesk, Event[]]> => {
    const one = await enrolDesk(city.now());
    return [one, next(one, 1)];
  };
  const readmission = async (desk: FakeDesk, change: object = {}, key = desk.privateKey) => {
    const { device, card } = desk.me;
    const asked = { v: 1, device, card, nonce: randomUUID(), ...change };
    return post(`${desk.url}/v1/readmit`, { jws: await sign(key, TYP.readmit, asked) });
  };
  const alerts = async () => (await newestAlerts(city.now().db, 9)).map((x) => x.kind);

  test('comes in again by its card with office, person and number, once', async () => {
    const desk = await enrolDesk(city.now(), '26740', 'head');
    await city.restore('kept');
    expect(outcome(await sendHello(desk))).toEqual([401, 'DEVICE_UNKNOWN']);
    const reply = await opened(desk, await readmission(desk), TYP.readmitReply, readmitReply);
    expect(reply).toMatchObject({ device: desk.me.device, no: desk.me.no });
    await readmission(desk);
    expect((await sayHello(desk)).accounts).toEqual([desk.me.account]);
    const { verdicts } = await sendEvents(desk, [makeEvent(desk, receiveDossier())]);
    expect(verdicts.map((v) => v.kind)).toEqual(['accepted']);
    expect(await alerts()).toEqual(['readmitted', 'restored']);
    // The next newcomer gets a number of its own.
    expect((await enrolDesk(city.now())).me.no).toBe(desk.me.no + 1);
  });

  test('gets another number where a newcomer has the old one', async () => {
    const desk = await enrolDesk(city.now());
    await city.restore('kept');
    const [, newcomer] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    expect(newcomer.me.no).toBe(desk.me.no);
    const { no } = await opened(desk, await readmission(desk), TYP.readmitReply, readmitReply);
    expect(no).toBe(desk.me.no + 1);
    expect((await enrolDesk(city.now())).me.no).toBe(no + 1);
  });

  test('without the card that the city signed for this very key it stays out', async () => {
    const [desk, other] = [await enrolDesk(city.now()), await enrolDesk(city.now())];
    const [, payload = ''] = desk.me.card.split('.');
    const content = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
    await city.restore('kept');
    const own = await sign(desk.privateKey, TYP.card, { ...content, office: '79' });
    const cases: [string, Answer, unknown][] = [
      ['the card of another', await readmission(desk, { card: other.me.card }), [401, 'SIGNATURE_INVALID']],
      ['signed by another', await readmission(desk, {}, other.privateKey), [401, 'SIGNATURE_INVALID']],
      ['a card of its own', await readmission(desk, { card: own }), [401, 'SIGNATURE_INVALID']],
      ['no card', await readmission(desk, { card: 'x'.repeat(30) }), [401, 'SIGNATURE_INVALID']],
      ['an unknown field', await readmission(desk, { more: 1 }), [422, 'INPUT_INVALID']],
      ['no nonce', await readmission(desk, { nonce: '' }), [422, 'INPUT_INVALID']],
    ];
    for (const [name, answer, expected] of cases) expect(outcome(answer), name).toEqual(expected);
    expect(outcome(await sendHello(desk))).toEqual([401, 'DEVICE_UNKNOWN']);
    expect(await alerts()).toEqual(['restored']);
  });

  test('a revoked one that the city knows gains nothing by its card', async () => {
    const desk = await enrolDesk(city.now());
    await revokeDevice(city.now().db, desk.me.device, new Date(city.clock.now()));
    expect((await readmission(desk)).status).toBe(200);
    expect(outcome(await sendHello(desk))).toEqual([403, 'DEVICE_REVOKED']);
    expect(await alerts()).toEqual([]);
  });
});
