/** Every route of the hub with every kind of caller: nobody, a machine that the city never knew, a revoked one, and one of each role. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { endpoints } from '../../../city/app.ts';
import { revokeDevice } from '../../../city/db/queries/place.ts';
import type { Endpoint } from '../../../city/http/endpoint.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { roles } from '../../../shared/domain/verbs.ts';
import {
  enrolDesk,
  type FakeDesk,
  makeEvent,
  sayHello,
  seal,
  send,
  sha256,
  sign,
} from '../../support/fake-desk.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { receiveDossier } from '../../support/wire-events.ts';

/** Routes that anybody may read: they hold nothing of anybody. */
const OPEN = ['/', '/health', '/metrics', '/v1/problems', '/v1/openapi.json'];
/** Routes at which the message in the body proves who speaks, by the `typ` of its signature. */
const BY_MESSAGE: Readonly<Record<string, string>> = {
  '/v1/hello': TYP.hello,
  '/v1/enrol': TYP.enrol,
  '/v1/readmit': TYP.readmit,
};
/** Roles that a route refuses, beyond what the office of the device decides. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  '/v1/reports/figures': ['technician'],
  '/v1/machines': ['clerk', 'auditor', 'technician'],
};
const figures = { report: 'bieu-06', from: '2026-11-01', to: '2026-11-20', treeOn: '2026-11-20' };
const QUERY: Readonly<Record<string, string>> = { '/v1/reports/figures': `?${new URLSearchParams(figures)}` };

interface Caller {
  readonly desk: FakeDesk;
  readonly challenge: string;
}
const named = (e: Endpoint) => `${e.method} ${e.path}`;
const address = ({ path }: Endpoint) =>
  path.replace(':sha256', 'a'.repeat(64)).replace(':stream', randomUUID()).replace(':range', '1-1') +
  (QUERY[path] ?? '');

async function codeOf(response: Response): Promise<string> {
  const text = await response.text();
  const known = z.looseObject({ code: z.string() }).safeParse(response.ok ? null : JSON.parse(text));
  return known.data?.code ?? 'OK';
}
/** The route as this machine asks it, everything signed as it should be; without one, unsigned. */
async function asked(hub: TestHub, e: Endpoint, caller: Caller | null): Promise<string> {
  const path = address(e);
  const body = e.method === 'GET' ? null : '{}';
  const headers: Record<string, string> =
    body === null ? {} : { 'content-type': e.bodyType ?? 'application/json' };
  if (caller && e.who === 'device') {
    const { desk, challenge } = caller;
    const proof = { device: desk.me.device, challenge, method: e.method, path, body: body && sha256(body) };
    headers['authorization'] = `SMC ${await sign(desk.privateKey, TYP.request, proof)}`;
  }
  return codeOf(await fetch(hub.url + path, { method: e.method, headers, body }));
}

let hub: TestHub;
let revoked: Caller;
let unknown: Caller;
beforeAll(async () => {
  hub = await startTestHub('pglite');
  const made = async () => {
    const desk = await enrolDesk(hub, '79', 'officer');
    return { desk, challenge: (await sayHello(desk)).challenge };
  };
  [revoked, unknown] = [await made(), await made()];
  await revokeDevice(hub.db, revoked.desk.me.device, new Date());
  unknown = { ...unknown, desk: { ...unknown.desk, me: { ...unknown.desk.me, device: randomUUID() } } };
});
afterAll(() => hub.remove());
const of = (who: Endpoint['who']) =>
  endpoints.filter((e) => e.who === who).map((e) => [named(e), e] as const);

describe.each(of('device'))('%s', (_, e) => {
  test('nobody, a stranger, a revoked machine', async () => {
    expect(await asked(hub, e, null)).toBe('SIGNATURE_INVALID');
    expect(await asked(hub, e, unknown)).toBe('DEVICE_UNKNOWN');
    expect(await asked(hub, e, revoked)).toBe('DEVICE_REVOKED');
  });
  test.each(roles)('a machine of the role %s', async (role) => {
    const desk = await enrolDesk(hub, '79', role);
    const code = await asked(hub, e, { desk, challenge: (await sayHello(desk)).challenge });
    const door = ['SIGNATURE_INVALID', 'DEVICE_UNKNOWN', 'DEVICE_REVOKED', 'FORBIDDEN', 'CHALLENGE_EXPIRED'];
    expect(door.includes(code) ? code : 'let in').toBe(
      REFUSED[e.path]?.includes(role) ? 'FORBIDDEN' : 'let in',
    );
  });
});

describe.each(of('batch'))('%s', (_, e) => {
  const put = async ({ desk }: Pick<Caller, 'desk'>) => {
    const { status, text } = await send(hub.url, await seal(desk, [makeEvent(desk, receiveDossier())]));
    return status === 200 ? 'OK' : z.looseObject({ code: z.string() }).parse(JSON.parse(text)).code;
  };
  test('nobody, a stranger, a revoked machine', async () => {
    expect(await asked(hub, e, null)).toBe('SIGNATURE_INVALID');
    expect(await put(unknown)).toBe('DEVICE_UNKNOWN');
    expect(await put(revoked)).toBe('DEVICE_REVOKED');
  });
  test.each(roles)('a machine of the role %s hands over; the judge decides on each event', async (role) => {
    expect(await put({ desk: await enrolDesk(hub, '79', role) })).toBe('OK');
  });
});

describe('routes without a proof in the headers', () => {
  test('are these, and no others', () => {
    const paths = endpoints.filter((e) => e.who === 'anyone').map((e) => e.path);
    expect(paths.sort()).toEqual([...OPEN, ...Object.keys(BY_MESSAGE)].sort());
  });
  test.each(OPEN)('%s answers anybody', async (path) => {
    expect((await fetch(hub.url + path)).status).toBe(200);
  });
  test.each(Object.entries(BY_MESSAGE))(
    '%s answers no unsigned, foreign or revoked message',
    async (path, typ) => {
      const post = async (jws: string) => {
        const headers = { 'content-type': 'application/json' };
        return codeOf(
          await fetch(hub.url + path, { method: 'POST', headers, body: JSON.stringify({ jws }) }),
        );
      };
      expect(await post('x'.repeat(40))).toMatch(/^(SIGNATURE_INVALID|INPUT_INVALID)$/);
      for (const { desk } of [unknown, revoked]) {
        const claim = { v: 1, device: desk.me.device, key: desk.key, proto: { min: 1, max: 1 } };
        const more = {
          card: desk.me.card,
          nonce: 'n'.repeat(20),
          code: 'KHONG-CO',
          name: 'x',
          at: '2026-11-20T02:00:00Z',
        };
        const code = await post(await sign(desk.privateKey, typ, { ...claim, ...more }));
        expect(code).toMatch(
          /^(DEVICE_UNKNOWN|DEVICE_REVOKED|SIGNATURE_INVALID|ENROL_CODE_WRONG|INPUT_INVALID)$/,
        );
      }
    },
  );
});
