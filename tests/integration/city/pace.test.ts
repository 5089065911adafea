/** A device that floods the hub is told to wait and does not hold up the others; sockets that dawdle are cut. */
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newLanes } from '../../../city/pace/lanes.ts';
import { newPace, PACE, type PaceLimits } from '../../../city/pace/pace.ts';
import { Problem } from '../../../shared/problem.ts';
import {
  ask,
  codeOf,
  enrolDesk,
  type FakeDesk,
  makeEvent,
  sayHello,
  seal,
  send,
  sendEvents,
  sendHello,
} from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

const bucket = (burst: number, perSecond: number) => ({ burst, perSecond });
const limits: PaceLimits = { requests: bucket(10, 2), bytes: bucket(1_000, 100), events: bucket(50, 10) };
const one = { requests: 1, bytes: 0, events: 0 };

describe('the pace of a device', () => {
  const clock = () => {
    let now = 0;
    return { now: () => now, move: (ms: number) => (now += ms) };
  };
  const seconds = (work: () => void): unknown => {
    try {
      work();
      return 0;
    } catch (error) {
      return error instanceof Problem && error.code === 'HUB_TOO_FAST' ? error.details['seconds'] : error;
    }
  };

  test.each([
    ['requests', { requests: 10, bytes: 0, events: 0 }, one, 1],
    ['bytes', { requests: 1, bytes: 1_000, events: 0 }, { ...one, bytes: 500 }, 5],
    ['events', { requests: 1, bytes: 0, events: 50 }, { ...one, events: 25 }, 3],
  ])('too many %s: told how long, taken after it', (_, first, second, wait) => {
    const time = clock();
    const pace = newPace(limits, time.now);
    pace.take('d', 'here', first);
    expect(seconds(() => pace.take('d', 'here', second))).toBe(wait);
    // Until then it is turned away at the door, from where it came; elsewhere the door is open.
    time.move(wait * 1000 - 501);
    expect(seconds(() => pace.atDoor('d', 'here'))).toBe(1);
    expect(seconds(() => pace.atDoor('d', 'there'))).toBe(0);
    expect(seconds(() => pace.atDoor('e', 'here'))).toBe(0);
    time.move(501);
    expect(seconds(() => pace.atDoor('d', 'here'))).toBe(0);
    expect(seconds(() => pace.take('d', 'here', second))).toBe(0);
  });

  test('what is larger than the bucket passes when the bucket is full, and is paid off before anything else', () => {
    const time = clock();
    const pace = newPace(limits, time.now);
    pace.take('d', 'x', { ...one, bytes: 5_000 });
    expect(seconds(() => pace.take('d', 'x', one))).toBe(40);
    time.move(40_000);
    expect(seconds(() => pace.take('d', 'x', one))).toBe(0);
    expect(seconds(() => pace.take('d', 'x', { ...one, bytes: 1 }))).toBe(1);
  });

  test('over any history nobody gets more than a full bucket and what flowed in, and each has his own', () => {
    const step = fc.record({
      device: fc.constantFrom('a', 'b'),
      ms: fc.nat(2_000),
      n: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const time = clock();
        const pace = newPace(limits, time.now);
        const taken = { a: 0, b: 0 };
        for (const { device, ms, n } of steps) {
          time.move(ms);
          if (seconds(() => pace.take(device, 'x', { requests: 0, bytes: 0, events: n })) === 0)
            taken[device] += n;
          // A wish above the burst is counted as one full bucket.
          const most = 50 + (time.now() / 1000) * 10 + 10;
          expect(taken[device]).toBeLessThanOrEqual(most);
        }
      }),
    );
  });

  test('the default lets a desk that was weeks offline send everything at once', () => {
    expect(PACE.events.burst).toBeGreaterThanOrEqual(10_000);
    expect(PACE.requests.burst).toBeGreaterThanOrEqual(500);
  });
});

describe('whose turn it is', () => {
  test('one of a device at a time, in its order; the others go in between', async () => {
    const lanes = newLanes(2);
    const log: string[] = [];
    let [now, most] = [0, 0];
    const work = (name: string) => async () => {
      log.push(name);
      now += 1;
      most = Math.max(most, now);
      await sleep(1);
      now -= 1;
    };
    const flood = [1, 2, 3, 4, 5].map((n) => lanes.run('flood', work(`flood ${n}`)));
    const others = ['a', 'b', 'c'].map((d) => lanes.run(d, work(d)));
    expect(lanes.waiting()).toBe(8);
    await Promise.all([...flood, ...others]);
    expect(most).toBe(2);
    expect(log.filter((x) => x.startsWith('flood'))).toEqual([1, 2, 3, 4, 5].map((n) => `flood ${n}`));
    expect(log.indexOf('c')).toBeLessThan(log.indexOf('flood 4'));
    expect(lanes.waiting()).toBe(0);
  });

  test('work that fails gives its turn on; too much in line is refused', async () => {
    const lanes = newLanes(1);
    const failed = lanes.run('d', () => Promise.reject(new Error('no')));
    await expect(failed).rejects.toThrow('no');
    expect(await lanes.run('d', async () => 7)).toBe(7);
    let open: () => void = () => undefined;
    const gate = new Promise<void>((go) => {
      open = go;
    });
    const line = Array.from({ length: 16 }, () => lanes.run('d', () => gate));
    await expect(lanes.run('d', () => gate)).rejects.toMatchObject({ code: 'HUB_TOO_FAST' });
    open();
    await Promise.all(line);
    await lanes.run('d', () => gate);
  });
});

describe.each(engines())('a flood on %s', (engine) => {
  let hub: TestHub;
  let flood: FakeDesk;
  beforeAll(async () => {
    hub = await startTestHub(engine, {
      pace: { requests: bucket(30, 0.001), bytes: bucket(1e9, 1e9), events: bucket(600, 1e-6) },
    });
    flood = await enrolDesk(hub);
  });
  afterAll(() => hub.remove());
  const next = (desk: FakeDesk, n: number) =>
    Array.from({ length: n }, () => makeEvent(desk, receiveDossier()));

  test('one that sends the same without end gets one effect, the others are served meanwhile', async () => {
    const honest = await enrolDesk(hub);
    const batch = await seal(flood, next(flood, 25));
    const many = Array.from({ length: 22 }, () => send(hub.url, batch));
    expect((await sendEvents(honest, next(honest, 1))).verdicts[0]?.kind).toBe('accepted');
    const answers = await Promise.all(many);
    expect(new Set(answers.filter((x) => x.status === 200).map((x) => x.text)).size).toBe(1);
    for (const answer of answers) if (answer.status !== 200) expect(codeOf(answer)).toBe('HUB_TOO_FAST');
  });

  test('over its pace it is refused with the time to wait, on every address; nobody else is', async () => {
    const refused = await send(hub.url, await seal(flood, next(flood, 300)));
    expect([refused.status, codeOf(refused)]).toEqual([429, 'HUB_TOO_FAST']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(100);
    expect(refused.headers.get('smc-protocol')).toBe('3');
    for (const answer of [
      await sendHello(flood),
      await ask(flood, '/v1/missing', { ids: [] }, { challenge: 'x' }),
    ])
      expect([answer.status, codeOf(answer)]).toEqual([429, 'HUB_TOO_FAST']);
    const honest = await enrolDesk(hub);
    expect((await sendEvents(honest, next(honest, 2))).verdicts).toHaveLength(2);
  });

  test('a stranger who claims to be another device does not spend its pace', async () => {
    const [honest, stranger] = [await enrolDesk(hub), await enrolDesk(hub)];
    for (let i = 0; i < 40; i++)
      expect((await sendHello({ ...honest, privateKey: stranger.privateKey })).status).toBe(401);
    expect((await sayHello(honest)).stream).toBe(honest.stream);
  });

  test('sockets that drip their headers are cut, all of them, and an honest desk is served meanwhile', async () => {
    const honest = await enrolDesk(hub);
    const { port } = new URL(hub.url);
    const sockets = Array.from({ length: 60 }, () => net.connect(Number(port), '127.0.0.1'));
    const cut = sockets.map(
      (s) => new Promise<void>((done) => s.on('error', () => done()).on('close', () => done())),
    );
    for (const s of sockets) s.write('PUT /v1/streams/x/1-1 HTTP/1.1\r\nhost: x\r\nx-slow: ');
    const drip = setInterval(() => {
      for (const s of sockets) if (s.writable) s.write('a');
    }, 300);
    expect((await sendEvents(honest, next(honest, 1))).verdicts).toHaveLength(1);
    await Promise.all(cut);
    clearInterval(drip);
    expect((await sayHello(honest)).acked.seq).toBe(1);
  });
});
