/** A relay that changes one answer of the real city, even where it could sign: the queue stays as it is, and the state says why. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { signAsCity } from '../../../city/jws.ts';
import { inTransaction } from '../../../db/handle.ts';
import { writeCityUrl } from '../../../db/queries/device.ts';
import { payloadOf } from '../../../electron/sync/jws.ts';
import type { InboxReply, Receipt } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { must } from '../../../shared/lib/must.ts';
import type { ProblemCode } from '../../../shared/problem.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { OURS, type Relay, startRelay } from '../../support/relay.ts';

type Door = 'hello' | 'batch' | 'inbox';
const TYPES = { hello: TYP.helloReply, batch: TYP.receipt, inbox: TYP.inbox } as const;

/** How one answer is spoiled: other bytes on the line, or a content that the city itself would have signed. */
interface Lie {
  readonly name: string;
  readonly door: Door;
  readonly code: ProblemCode;
  bytes?(response: ServerResponse, real: string): void;
  content?(real: Record<string, unknown>): object;
  /** The JWS of this earlier answer, unchanged. */
  replays?: 'older' | Door;
}

const gzipped = { ...OURS, 'content-encoding': 'gzip' };
const doors = ['hello', 'batch', 'inbox'] as const;
const onEveryDoor = (lie: Omit<Lie, 'door'>): Lie[] => doors.map((door) => ({ ...lie, door }));
const tampered = (jws: string) => {
  const [head, body = '', signature] = jws.split('.');
  const text = Buffer.from(body, 'base64url').toString('utf8').replace('"v":1', '"v": 1');
  return [head, Buffer.from(text).toString('base64url'), signature].join('.');
};
const firstVerdict = (real: Record<string, unknown>) => must((real as Receipt).verdicts[0], 'verdict');

const lies: readonly Lie[] = [
  ...onEveryDoor({
    name: 'a gzip bomb of 64 MB',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => r.writeHead(200, gzipped).end(gzipSync(Buffer.alloc(64 * 2 ** 20, 'x'))),
  }),
  ...onEveryDoor({
    name: 'a body of 1 GB',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => pour(r.writeHead(200, { ...OURS, 'content-length': String(2 ** 30) }), 2 ** 30),
  }),
  ...onEveryDoor({
    name: 'JSON 200.000 levels deep',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r) => r.writeHead(200, OURS).end(`{"jws":${'['.repeat(200_000)}${']'.repeat(200_000)}}`),
  }),
  ...onEveryDoor({
    name: 'half of the answer',
    code: 'CITY_UNREACHABLE',
    bytes: (r, real) =>
      r
        .writeHead(200, { ...OURS, 'content-length': String(real.length) })
        .write(real.slice(0, real.length / 2), () => r.destroy()),
  }),
  ...onEveryDoor({
    name: 'half of the answer as if it were whole',
    code: 'CITY_ANSWER_FOREIGN',
    bytes: (r, real) => r.writeHead(200, OURS).end(real.slice(0, real.length / 2)),
  }),
  ...onEveryDoor({
    name: 'a gzip that is none',
    code: 'CITY_UNREACHABLE',
    bytes: (r, real) => r.writeHead(200, gzipped).end(real),
  }),
  ...onEveryDoor({
    name: 'one changed byte under the old signature',
    code: 'CITY_SIGNATURE',
    bytes: (r, real) =>
      r
        .writeHead(200, OURS)
        .end(JSON.stringify({ jws: tampered((JSON.parse(real) as { jws: string }).jws) })),
  }),
  ...onEveryDoor({ name: 'an older answer again', code: 'CITY_SIGNATURE', replays: 'older' }),
  { name: 'an inbox for a greeting', door: 'hello', code: 'CITY_SIGNATURE', replays: 'inbox' },
  { name: 'a greeting for a receipt', door: 'batch', code: 'CITY_SIGNATURE', replays: 'hello' },
  { name: 'a receipt for an inbox', door: 'inbox', code: 'CITY_SIGNATURE', replays: 'batch' },
  ...(['hello', 'batch', 'inbox'] as const).map((door) => ({
    ...{ name: 'one field too many', door, code: 'CITY_SIGNATURE' as const },
    content: (real: object) => ({ ...real, more: 1 }),
  })),
  ...(
    [
      ['another stream', { stream: randomUUID() }],
      ['another nonce', { nonce: 'x'.repeat(32) }],
    ] as const
  ).map(([name, more]) => ({
    ...{ name: `a greeting for ${name}`, door: 'hello' as const, code: 'CITY_SIGNATURE' as const },
    content: (real: object) => ({ ...real, ...more }),
  })),
  ...(
    [
      ['another epoch', () => ({ epoch: randomUUID() })],
      ['another device', () => ({ device: randomUUID() })],
      ['another stream', () => ({ stream: randomUUID() })],
      ['another batch', () => ({ batch: 'a'.repeat(64) })],
      ['another head', () => ({ head: 'a'.repeat(64) })],
      ['fewer events', () => ({ verdicts: [] })],
      [
        'another event',
        (real: Record<string, unknown>) => ({ verdicts: [{ ...firstVerdict(real), id: randomUUID() }] }),
      ],
      [
        'another place',
        (real: Record<string, unknown>) => ({ verdicts: [{ ...firstVerdict(real), seq: 99 }] }),
      ],
      ['a range that goes on', (real: Record<string, unknown>) => ({ to: Number(real.to) + 1 })],
    ] as const
  ).map(([name, more]) => ({
    ...{ name: `a receipt over ${name}`, door: 'batch' as const, code: 'CITY_SIGNATURE' as const },
    content: (real: Record<string, unknown>) => ({ ...real, ...more(real) }),
  })),
  ...(
    [
      ['of another epoch', () => ({ epoch: randomUUID() })],
      ['for another device', () => ({ device: randomUUID() })],
      ['that begins elsewhere', (real: Record<string, unknown>) => ({ after: Number(real.after) + 1 })],
      ['that goes back', (real: Record<string, unknown>) => ({ after: Number(real.after), next: -1 })],
      ['with a changed event', (real: Record<string, unknown>) => ({ events: changed(real as InboxReply) })],
    ] as const
  ).map(([name, more]) => ({
    ...{ name: `an inbox ${name}`, door: 'inbox' as const, code: 'CITY_SIGNATURE' as const },
    content: (real: Record<string, unknown>) => ({ ...real, ...more(real) }),
  })),
];

const changed = ({ events }: InboxReply) =>
  events.map((one) => ({ ...one, event: { ...one.event, office: '26740' } }));

function pour(response: ServerResponse, size: number): void {
  const chunk = Buffer.alloc(2 ** 20, 'x');
  let left = size;
  const more = () => {
    while (left > 0 && !response.destroyed) {
      left -= chunk.length;
      if (!response.write(chunk)) return void response.once('drain', more);
    }
  };
  more();
}

describe('an answer that is not what the city said', () => {
  let hub: TestHub;
  let pair: Pair;
  let other: Pair;
  let relay: Relay;
  /** A whole earlier answer of each door. */
  const older = {} as Record<Door, string>;
  beforeAll(async () => {
    hub = await startTestHub('pglite', {
      pace: {
        requests: { burst: 1e9, perSecond: 1e9 },
        bytes: { burst: 1e12, perSecond: 1e12 },
        events: { burst: 1e9, perSecond: 1e9 },
      },
    });
    pair = await enrolledPair(hub);
    other = await enrolledPair(hub);
    relay = await startRelay(hub.url);
    inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, relay.url));
    for (const door of doors) {
      await pair.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
      relay.spoil(door, (response, real) => {
        older[door] = real;
        response.writeHead(200, OURS).end(real);
      });
      await pair.desk.call('sync.run', {});
    }
    relay.honest();
    // From here on every exchange has one event to send and one to read.
    await pair.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
    await other.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
    await other.desk.call('sync.run', {});
  });
  afterEach(() => relay.honest());
  afterAll(async () => {
    await relay.close();
    await pair.close();
    await other.close();
    await hub.remove();
  });

  /** Hello and batch lies come first: then the event still waits, and the page of the inbox is still to be read. */
  const inOrder = [...lies].sort((a, b) => doors.indexOf(a.door) - doors.indexOf(b.door));
  const tables = (door: Door) => [
    ...['event', 'dossier', 'inbox_cursor'],
    // Before the inbox is read the receipt has come.
    ...(door === 'inbox' ? [] : ['delivery', 'receipt']),
  ];
  const picture = (door: Door) =>
    tables(door).map((table) => pair.desk.desk.db.$client.prepare(`SELECT * FROM ${table}`).all());

  test.each(inOrder)('$door: $name says $code and changes nothing', async ({ door, code, ...lie }) => {
    relay.spoil(door, (response, real) => void answer(response, real));
    async function answer(response: ServerResponse, real: string): Promise<void> {
      if (lie.bytes) return lie.bytes(response, real);
      if (lie.replays)
        return void response.writeHead(200, OURS).end(older[lie.replays === 'older' ? door : lie.replays]);
      const payload = payloadOf((JSON.parse(real) as { jws: string }).jws) as Record<string, unknown>;
      const jws = await signAsCity(hub.keys, TYPES[door], must(lie.content, 'content')(payload));
      response.writeHead(200, OURS).end(JSON.stringify({ jws }));
    }
    const before = picture(door);
    const state = await pair.desk.call('sync.run', {});
    expect(state.lastError?.code).toBe(code);
    expect(state).toMatchObject({ waiting: door === 'inbox' ? 0 : 1, attention: 0, running: false });
    expect(picture(door)).toEqual(before);
  });

  test('with an honest line again all goes out and comes in', async () => {
    expect(await pair.desk.call('sync.run', {})).toMatchObject({ lastError: null, waiting: 0, received: 4 });
    const held = pair.desk.desk.db.$client.prepare('SELECT count(*) FROM event').pluck().get();
    expect(held).toBe(5);
    expect((await pair.desk.call('data.verify', {})).problems).toEqual([]);
  });
});
