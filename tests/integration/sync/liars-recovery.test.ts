/** A relay that changes one answer in the middle of a recovery, even where it could sign: nothing is lost, the state says why, the next good exchange heals. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { lackingIds } from '../../../city/db/queries/stored-event.ts';
import { signAsCity } from '../../../city/jws.ts';
import { inTransaction } from '../../../db/handle.ts';
import { readIdentity, writeCityUrl } from '../../../db/queries/device.ts';
import { payloadOf } from '../../../electron/sync/jws.ts';
import { markText } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import type { Event } from '../../../shared/domain/event.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { storeOf } from '../../support/city-answer.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { enrolDesk, makeEvent } from '../../support/fake-desk.ts';
import { reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { type Door, OURS, type Relay, startRelay } from '../../support/relay.ts';
import { receiveDossier } from '../../support/wire-events.ts';

/** In the order in which a recovery comes to them. */
const TYPES = {
  missing: TYP.missing,
  returned: TYP.returned,
  own: TYP.own,
  streams: TYP.replace,
  digest: TYP.digest,
} as const satisfies Partial<Record<Door, string>>;
type Asked = keyof typeof TYPES;
const doors = Object.keys(TYPES) as Asked[];

interface Lie {
  readonly name: string;
  readonly code: ProblemCode;
  bytes?(response: ServerResponse, real: string): void;
  content?(real: Record<string, unknown>): object;
}
const html = { 'content-type': 'text/html' };
const deep = 100_000;

/** What no answer may be, at whatever door. */
const common: readonly Lie[] = [
  {
    name: 'a portal with a 200 page',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => r.writeHead(200, html).end('<html>Đăng nhập Wi-Fi</html>'),
  },
  {
    name: 'a page of a broken proxy',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => r.writeHead(500, html).end('<html>500</html>'),
  },
  {
    name: 'a redirect',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => r.writeHead(302, { location: 'http://127.0.0.1:1/login' }).end(),
  },
  {
    name: 'a gzip bomb of 64 MB',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) =>
      r
        .writeHead(200, { ...OURS, 'content-encoding': 'gzip' })
        .end(gzipSync(Buffer.alloc(64 * 2 ** 20, 'x'))),
  },
  {
    name: `JSON ${deep} levels deep`,
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => r.writeHead(200, OURS).end(`{"jws":${'['.repeat(deep)}${']'.repeat(deep)}}`),
  },
  {
    name: 'half of the answer as if it were whole',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r, real) => r.writeHead(200, OURS).end(real.slice(0, real.length / 2)),
  },
  {
    name: 'one changed byte under the old signature',
    code: 'CITY_SIGNATURE',
    bytes: (r, real) => r.writeHead(200, OURS).end(bent(real)),
  },
  { name: 'one field too many', code: 'CITY_SIGNATURE', content: (real) => ({ ...real, more: 1 }) },
  { name: 'a version to come', code: 'CITY_SIGNATURE', content: (real) => ({ ...real, v: 2 }) },
  { name: 'another epoch', code: 'CITY_SIGNATURE', content: (real) => ({ ...real, epoch: randomUUID() }) },
  { name: 'another device', code: 'CITY_SIGNATURE', content: (real) => ({ ...real, device: randomUUID() }) },
];

/** What the city signed for another question. */
const others: Readonly<Record<Asked, readonly (readonly [string, object])[]>> = {
  missing: [
    ['another question', { asked: 'a'.repeat(64) }],
    ['an event that was not asked about', { lacking: [randomUUID()] }],
  ],
  returned: [['other events', { asked: 'a'.repeat(64) }]],
  own: [
    ['a page that begins elsewhere', { after: 7 }],
    ['a receipt that is none', { receipts: ['a.b.c'] }],
  ],
  streams: [
    ['another stream', { stream: randomUUID() }],
    ['another old stream', { replaces: randomUUID() }],
  ],
  digest: [['another day', { day: '2020-01-01' }]],
};

function bent(real: string): string {
  const [head, body = '', signature] = (JSON.parse(real) as { jws: string }).jws.split('.');
  const text = Buffer.from(body, 'base64url').toString('utf8').replace('"v":1', '"v": 1');
  return JSON.stringify({ jws: [head, Buffer.from(text).toString('base64url'), signature].join('.') });
}

const rows = doors.flatMap((door) => [
  ...common.map((lie) => ({ door, ...lie })),
  ...others[door].map(([name, more]) => ({
    ...{ door, name, code: 'CITY_SIGNATURE' as const },
    content: (real: Record<string, unknown>) => ({ ...real, ...more }),
  })),
]);

describe('an answer to a recovery that is not what the city said', () => {
  let hub: TestHub;
  let pair: Pair;
  let relay: Relay;
  let lost: Event;
  beforeAll(async () => {
    const [burst, perSecond] = [1e12, 1e12];
    const pace = {
      requests: { burst, perSecond },
      bytes: { burst, perSecond },
      events: { burst, perSecond },
    };
    hub = await startTestHub('pglite', { pace });
    pair = await enrolledPair(hub);
    relay = await startRelay(hub.url);
    inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, relay.url));
    await pair.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
    await pair.desk.call('sync.run', {});
    // A machine that was put back: the city has to be told of its new stream, and says what it holds.
    storeOf(pair.desk).openStream({ stream: randomUUID(), why: 'put_back', links: [] });
    await pair.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
  });
  afterEach(() => relay.honest());
  afterAll(async () => {
    await relay.close();
    await pair.close();
    await hub.remove();
  });

  /** Of another machine, with the city's own mark on it. */
  async function readEventThatTheCityLost(): Promise<Event> {
    const event = makeEvent(await enrolDesk(hub, '26743'), receiveDossier('26743'));
    const { device, epoch } = must(readIdentity(pair.desk.desk.db), 'identity');
    const store = storeOf(pair.desk);
    const after = store.inboxAfter(epoch);
    const mark = hub.keys.marks.sign(markText(epoch, after, event));
    const held = { hub: after, event, verdict: { kind: 'accepted', revision: 1 } as const, mark };
    store.keepInbox({
      ...{ v: 1, epoch, device, after, next: after, more: false },
      ...{ events: [held], seen: null },
    });
    return event;
  }

  const tables = ['event', 'dossier', 'inbox_cursor', 'delivery', 'receipt', 'own_stream'];
  const picture = () =>
    tables.map((table) => pair.desk.desk.db.$client.prepare(`SELECT * FROM ${table}`).all());

  /** What comes after the recovery changes the store for good: its answers are spoiled last. */
  test.each(rows)('$door: $name says $code and loses nothing', async ({ door, code, ...lie }) => {
    // The city takes what is returned, whatever becomes of its answer.
    if (door === 'returned') lost = await readEventThatTheCityLost();
    if (door === 'digest' && lie.name === must(common[0], 'lie').name) await settled();
    relay.spoil(door, (response, real) => void answer(response, real));
    async function answer(response: ServerResponse, real: string): Promise<void> {
      if ('bytes' in lie && lie.bytes) return lie.bytes(response, real);
      const said = payloadOf((JSON.parse(real) as { jws: string }).jws) as Record<string, unknown>;
      const jws = await signAsCity(hub.keys, TYPES[door], must(lie.content, 'content')(said));
      response.writeHead(200, OURS).end(JSON.stringify({ jws }));
    }
    const before = picture();
    const state = await pair.desk.call('sync.run', {});
    expect(state.lastError?.code).toBe(code);
    expect(state).toMatchObject({ waiting: door === 'digest' ? 0 : 1, attention: 0, running: false });
    expect(picture()).toEqual(before);
  });

  async function settled(): Promise<void> {
    relay.honest();
    expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0, received: 2 });
    expect(await lackingIds(hub.db, [lost.id])).toEqual([]);
  }

  test('with an honest line again all goes out and comes in', async () => {
    await settled();
    expect((await pair.desk.call('data.verify', {})).problems).toEqual([]);
  });
});
