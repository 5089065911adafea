/** Hello: identity, versions, where the stream stands. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import { PROTOCOL } from '../../../shared/contract/sync/version.ts';
import { GENESIS } from '../../../shared/domain/event.ts';
import {
  type Answer,
  codeOf,
  enrolDesk,
  makeEvent,
  newKeys,
  sayHello,
  seal,
  send,
  sendEvents,
  sendHello,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

const outcome = (a: Answer) => [a.status, codeOf(a)];

describe.each(engines())('hello on %s', (engine) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(() => hub.remove());

  test('tells epoch, limits and the last number received', async () => {
    const desk = await enrolDesk(hub);
    expect(await sayHello(desk)).toMatchObject({
      epoch: await hub.epoch(),
      proto: 1,
      stream: desk.stream,
      acked: { seq: 0, hash: GENESIS },
      limits: { events: 500 },
    });
    await sendEvents(desk, [makeEvent(desk, receiveDossier())]);
    expect((await sayHello(desk)).acked).toEqual({ seq: 1, hash: desk.head });
  });

  test('an unknown device, another key, another purpose are refused', async () => {
    const desk = await enrolDesk(hub);
    expect(outcome(await sendHello(desk, { device: randomUUID() }))).toEqual([401, 'DEVICE_UNKNOWN']);
    expect(outcome(await sendHello(desk, { device: 'x' }))).toEqual([401, 'DEVICE_UNKNOWN']);
    expect(outcome(await sendHello({ ...desk, ...(await newKeys()) }))).toEqual([401, 'SIGNATURE_INVALID']);
    for (const typ of ['smc-batch+jws', 'smc-request+jws', 'smc-enrol+jws', 'smc-hello-reply+jws', 'JWT'])
      expect(outcome(await sendHello(desk, {}, typ)), typ).toEqual([401, 'SIGNATURE_INVALID']);
  });

  test('without a common version both sides say so and nothing changes', async () => {
    const desk = await enrolDesk(hub);
    for (const proto of [
      { min: PROTOCOL.max + 1, max: 9 },
      { min: 0, max: 0 },
      { min: 2, max: 1 },
    ])
      expect(outcome(await sendHello(desk, { proto, v: 2 } as never))).toEqual([426, 'PROTOCOL_UNSUPPORTED']);
    expect((await sendHello(desk, { proto: { min: 0, max: 7 } })).status).toBe(200);
  });

  test('a message of another shape is refused', async () => {
    const desk = await enrolDesk(hub);
    for (const change of [
      { nonce: 'short' },
      { seq: -1 },
      { head: 'x' },
      { stream: 'x' },
      { extra: 1 },
      { at: 'today' },
    ])
      expect(outcome(await sendHello(desk, change as never)), JSON.stringify(change)).toEqual([
        422,
        'INPUT_INVALID',
      ]);
  });

  test('a revoked device is told so; the receipts it earned can still be fetched', async () => {
    const desk = await enrolDesk(hub);
    const batch = await seal(desk, [makeEvent(desk, receiveDossier())]);
    const receipt = await send(hub.url, batch);
    await revokeDevice(hub.db, desk.me.device, new Date());
    expect(outcome(await sendHello(desk))).toEqual([403, 'DEVICE_REVOKED']);
    expect((await send(hub.url, batch)).text).toBe(receipt.text);
    expect(outcome(await send(hub.url, await seal(desk, [makeEvent(desk, receiveDossier())])))).toEqual([
      403,
      'DEVICE_REVOKED',
    ]);
  });

  test('a restored desk opens a new stream by naming it; the stream of another desk it cannot name', async () => {
    const [desk, other] = [await enrolDesk(hub), await enrolDesk(hub)];
    const stream = randomUUID();
    expect(await sayHello({ ...desk, stream })).toMatchObject({ stream, acked: { seq: 0, hash: GENESIS } });
    expect(outcome(await sendHello(desk, { stream: other.stream }))).toEqual([409, 'STREAM_FORK']);
  });
});
