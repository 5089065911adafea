/** The HTTP face: every answer is marked, every refusal has its code, the description lists every route. */
import net from 'node:net';
import { PassThrough } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildApp, endpoints } from '../../../city/app.ts';
import { refusal } from '../../../shared/contract/sync/messages.ts';
import { problemCodes, problemStatus } from '../../../shared/problem.ts';
import { enrolDesk, makeEvent, seal, send, sendEvents } from '../../support/fake-desk.ts';
import { engines, startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

describe.each(engines())('http on %s', (engine) => {
  let hub: TestHub;
  beforeAll(async () => {
    hub = await startTestHub(engine);
  });
  afterAll(() => hub.remove());

  test('every refusal has the mark of a real hub, its status and its sentence', async () => {
    const jsonType = { 'content-type': 'application/json' };
    const cases: [string, RequestInit, string][] = [
      ['/nothing', {}, 'ROUTE_UNKNOWN'],
      ['/v1/enrol', {}, 'ROUTE_UNKNOWN'],
      ['/%zz', {}, 'INPUT_INVALID'],
      ['/v1/enrol', { method: 'POST', headers: jsonType, body: '{' }, 'INPUT_INVALID'],
      ['/v1/enrol', { method: 'POST', headers: jsonType, body: '{"__proto__":{"a":1}}' }, 'INPUT_INVALID'],
      [
        '/v1/enrol',
        { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<a/>' },
        'INPUT_INVALID',
      ],
      [
        '/v1/enrol',
        { method: 'POST', headers: jsonType, body: `"${'x'.repeat(1_100_000)}"` },
        'BATCH_TOO_LARGE',
      ],
      ['/v1/streams/x/1-1', { method: 'PUT', headers: { 'smc-batch': 'x' }, body: 'x' }, 'SIGNATURE_INVALID'],
      ['/v1/streams/x/1-1', { method: 'PUT', body: 'x' }, 'SIGNATURE_INVALID'],
    ];
    for (const [path, init, code] of cases) {
      const answer = await fetch(`${hub.url}${path}`, init);
      const body = refusal.parse(await answer.json());
      expect([body.code, answer.headers.get('smc-protocol')], path).toEqual([code, '3']);
      expect(answer.status).toBe(problemStatus(body.code as 'INTERNAL'));
      expect(body.sentence).not.toMatch(/[{}]|\?\)/);
    }
  });

  test('what is not HTTP at all is cut off with a marked answer', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = net.connect(Number(new URL(hub.url).port), '127.0.0.1', () =>
        socket.write('hello\r\n\r\n'),
      );
      socket.setEncoding('utf8').on('data', (part) => {
        text += part;
      });
      socket.on('close', () => resolve(text)).on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain('smc-protocol: 3');
  });

  test('a failure of the database is logged by its place and code, without the rows that it quotes', async () => {
    const broken = await startTestHub(engine);
    const logTo = new PassThrough();
    const app = await buildApp(broken, logTo);
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const desk = await enrolDesk(broken);
    await broken.db.execute(sql.raw('drop table dossier cascade'));
    const sent = await send(url, await seal(desk, [makeEvent(desk, receiveDossier())]));
    expect(sent.status).toBe(500);
    await app.close();
    const log = String(logTo.read());
    await broken.remove();
    expect(log).toContain('"code":"42P01"');
    expect(log).toMatch(/"at":\[[^\]]*"subject\.ts:\d+/);
    expect(log).not.toMatch(/params|Trần|Nguyễn/);
  });

  test('health tells epoch and version', async () => {
    expect(await (await fetch(`${hub.url}/health`)).json()).toMatchObject({
      ok: true,
      epoch: await hub.epoch(),
      protocol: 3,
    });
  });

  test('the catalogue of problems lists every code with its status', async () => {
    const rows = z
      .array(z.object({ code: z.string(), status: z.int() }))
      .parse(await (await fetch(`${hub.url}/v1/problems`)).json());
    expect(rows.map((r) => r.code)).toEqual([...problemCodes]);
  });

  test('the description lists every route', async () => {
    const document = z
      .object({ openapi: z.literal('3.1.0'), paths: z.record(z.string(), z.record(z.string(), z.unknown())) })
      .parse(await (await fetch(`${hub.url}/v1/openapi.json`)).json());
    const listed = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((m) => `${m.toUpperCase()} ${path}`),
    );
    expect(listed.sort()).toEqual(
      endpoints.map((e) => `${e.method} ${e.path.replace(/:(\w+)/g, '{$1}')}`).sort(),
    );
    expect(listed).toContain('PUT /v1/streams/{stream}/{range}');
  });

  test('the console shows offices and figures, no names and no scripts', async () => {
    const desk = await enrolDesk(hub);
    await sendEvents(desk, [makeEvent(desk, receiveDossier())]);
    const answer = await fetch(hub.url);
    const page = await answer.text();
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page).toContain('<td>26740</td><td>1</td><td>1</td><td>20/11/2026 09:00</td>');
    expect(page).not.toMatch(/<script|Nguyễn Thị Ánh|Cán bộ Dùng Thử/);
  });
});
