/** Who else may answer at the city's address: nothing of it changes the store, and the lamp tells. */
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { rowsOf } from '../../../city/db/handle.ts';
import { inTransaction } from '../../../db/handle.ts';
import { writeCityUrl } from '../../../db/queries/device.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { startStranger } from '../../support/line.ts';

const send = (response: ServerResponse, status: number, headers: Record<string, string>, body: string) =>
  response.writeHead(status, headers).end(body);
const ours = { 'content-type': 'application/json', 'smc-protocol': '1' };

const strangers: readonly { name: string; code: string; answer: (response: ServerResponse) => void }[] = [
  {
    name: 'a captive portal with a 200 page',
    code: 'CITY_ANSWER_FOREIGN',
    answer: (r) => send(r, 200, { 'content-type': 'text/html' }, '<html>Đăng nhập Wi-Fi</html>'),
  },
  {
    name: 'a portal that redirects',
    code: 'CITY_ANSWER_FOREIGN',
    answer: (r) => send(r, 302, { location: 'http://127.0.0.1:1/login' }, ''),
  },
  {
    name: 'a bare 200 with JSON',
    code: 'CITY_ANSWER_FOREIGN',
    answer: (r) =>
      send(r, 200, { 'content-type': 'application/json' }, '{"jws":"aaaaaaaaaaaaaaaaaaaaaaaaaaaa"}'),
  },
  {
    name: 'a proxy error page',
    code: 'CITY_ANSWER_FOREIGN',
    answer: (r) => send(r, 502, { 'content-type': 'text/html' }, 'Bad gateway'),
  },
  {
    name: 'a hub that answers 500',
    code: 'CITY_ERROR',
    answer: (r) => send(r, 500, ours, '{"code":"INTERNAL","sentence":"","details":{}}'),
  },
  {
    name: 'a hub page of HTML under our header',
    code: 'CITY_ANSWER_FOREIGN',
    answer: (r) => send(r, 200, { ...ours, 'content-type': 'text/html' }, 'x'),
  },
  { name: 'broken JSON', code: 'CITY_ANSWER_FOREIGN', answer: (r) => send(r, 200, ours, '{"jws":') },
  {
    name: 'JSON of another shape',
    code: 'CITY_ANSWER_FOREIGN',
    answer: (r) => send(r, 200, ours, '{"ok":true}'),
  },
  {
    name: 'a forged signature',
    code: 'CITY_SIGNATURE',
    answer: (r) => send(r, 200, ours, '{"jws":"eyJhbGciOiJFZERTQSJ9.e30.AAAAAAAAAAAAAAAAAAAAAAAA"}'),
  },
  {
    name: 'an unsigned token',
    code: 'CITY_SIGNATURE',
    answer: (r) => send(r, 200, ours, '{"jws":"eyJhbGciOiJub25lIn0.e30.AAAAAAAA"}'),
  },
  { name: 'an endless reply', code: 'CITY_ANSWER_FOREIGN', answer: (r) => endless(r) },
  { name: 'nothing at all', code: 'CITY_UNREACHABLE', answer: (r) => r.destroy() },
];

function endless(response: ServerResponse): void {
  response.writeHead(200, ours);
  const chunk = 'x'.repeat(1 << 20);
  const more = () => {
    while (!response.destroyed && response.write(chunk));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

describe('somebody else answers', () => {
  let hub: TestHub;
  let pair: Pair;
  beforeAll(async () => {
    hub = await startTestHub('pglite');
    pair = await enrolledPair(hub);
    await pair.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
  });
  afterAll(async () => {
    await pair.close();
    await hub.remove();
  });
  const picture = () =>
    JSON.stringify(
      ['event', 'delivery', 'receipt', 'dossier', 'inbox_cursor'].map((t) =>
        pair.desk.desk.db.$client.prepare(`SELECT * FROM ${t}`).all(),
      ),
    );

  test.each(strangers)('$name: nothing changes and the state says $code', async ({ code, answer }) => {
    const stranger = await startStranger((_request, response) => answer(response));
    const before = picture();
    inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, stranger.url));
    const state = await pair.desk.call('sync.run', {});
    expect(state.lastError?.code).toBe(code);
    expect(state).toMatchObject({ waiting: 1, received: 0, running: false });
    expect(picture()).toBe(before);
    // Typing goes on meanwhile.
    await pair.desk.call('draft.save', {
      id: '00000000-0000-4000-8000-0000000000aa',
      chain: 'birth',
      values: { 'child.fullName': 'đang gõ' },
    });
    await stranger.close();
  });

  test('an answer recorded from another exchange is not taken for this one', async () => {
    const { desk, line } = pair;
    inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, line.url));
    const recorded: string[] = [];
    const recorder = await startStranger((request, response) => {
      void relayOnce(request.url ?? '', request.method ?? 'GET', response);
    });
    async function relayOnce(path: string, method: string, response: ServerResponse): Promise<void> {
      // Old reply first, whatever is asked: a replayed hello carries another nonce.
      if (recorded.length > 0) return void send(response, 200, ours, recorded[0] ?? '');
      const answer = await fetch(`${hub.url}/health`, { method: 'GET' });
      recorded.push(JSON.stringify({ jws: `${path}${method}${await answer.text()}`.padEnd(30, 'x') }));
      send(response, 200, ours, recorded[0] ?? '');
    }
    inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, recorder.url));
    const state = await desk.call('sync.run', {});
    expect(state.lastError?.code).toBe('CITY_SIGNATURE');
    await recorder.close();
  });

  test('when the city is back everything waiting goes out', async () => {
    inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, pair.line.url));
    expect(await pair.desk.call('sync.run', {})).toMatchObject({
      line: 'online',
      waiting: 0,
      received: 1,
      lastError: null,
    });
  });
});

describe('a proxy that finds batches too large', () => {
  test('the batch is halved until it passes, and every event arrives once', async () => {
    const hub = await startTestHub('pglite');
    const { desk, close } = await enrolledPair(hub);
    let refused = 0;
    const MOST = 5_000;
    const { createServer } = await import('node:http');
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      if (body.length > MOST) {
        refused++;
        return void send(response, 413, { 'content-type': 'text/html' }, 'too large');
      }
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(
          ([k]) => !['host', 'connection', 'content-length'].includes(k),
        ),
      ) as Record<string, string>;
      const answer = await fetch(`${hub.url}${request.url}`, {
        method: request.method ?? 'GET',
        headers,
        ...(body.length > 0 && { body }),
      });
      send(
        response,
        answer.status,
        {
          'content-type': answer.headers.get('content-type') ?? '',
          'smc-protocol': answer.headers.get('smc-protocol') ?? '',
        },
        await answer.text(),
      );
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    for (let i = 0; i < 40; i++)
      await desk.call('dossier.receive', {
        ...reception(randomUUID(), 'birth'),
        values: { ...reception('x', 'birth').values, 'child.fullName': `Trẻ Thử ${randomUUID()}` },
      });
    inTransaction(desk.desk.db, (tx) => writeCityUrl(tx, `http://127.0.0.1:${port}`));
    expect(await desk.call('sync.run', {})).toMatchObject({ waiting: 0, received: 40, lastError: null });
    expect(refused).toBeGreaterThan(0);
    expect(await rowsOf(hub.db, sql`select count(*)::int as n from event`, z.object({ n: z.int() }))).toEqual(
      [{ n: 40 }],
    );
    server.closeAllConnections();
    server.close();
    await close();
    await hub.remove();
  });
});
