/** The road to the city: TLS by the city's own authority, an HTTP proxy of the office, and what each failure on it is called. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { inTransaction } from '../../../db/handle.ts';
import { writeCityUrl } from '../../../db/queries/device.ts';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { dropTestDesk, openTestDesk } from '../../support/temp-desk.ts';
import {
  type Authority,
  HOST,
  makeAuthority,
  type OfficeProxy,
  startProxy,
  startTls,
} from '../../support/tls-road.ts';

const kept = { ...process.env };
let hub: TestHub;
let city: Authority;
let stranger: Authority;
let tls: Awaited<ReturnType<typeof startTls>>;
let proxy: OfficeProxy;
let pair: Pair;
beforeAll(async () => {
  hub = await startTestHub('pglite');
  [city, stranger] = [makeAuthority(), makeAuthority()];
  tls = await startTls(hub.url, city);
  proxy = await startProxy(() => tls.port);
});
afterAll(async () => {
  await proxy.close();
  await tls.close();
  await hub.remove();
});
beforeEach(async () => {
  // Set up over the plain line of this machine, then led over the city's own road.
  pair = await enrolledPair(hub, { role: 'head' });
  inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, `https://${HOST}`));
  process.env['HTTPS_PROXY'] = proxy.url;
});
afterEach(async () => {
  for (const name of ['HTTPS_PROXY', 'NO_PROXY']) {
    if (kept[name] === undefined) delete process.env[name];
    else process.env[name] = kept[name];
  }
  await pair.close();
});
const trust = (pem: string | null) => pair.desk.call('sync.set-ca', { pem });
const codeOfRun = async () => (await pair.desk.call('sync.run', {})).lastError?.code ?? null;

test('through the proxy, by the city’s own authority, all is received', async () => {
  await trust(city.ca);
  await pair.desk.call('count.record', {
    ...{ asOf: '2026-11-01', form: null, from: null, source: 'typed' },
    units: [{ unit: '26743@2025-07-01', cells: [{ category: 'hoi_nong_dan', measure: 'tong', value: 3 }] }],
  });
  const before = proxy.asked.length;
  expect(await pair.desk.call('sync.run', {})).toMatchObject({
    line: 'online',
    waiting: 0,
    received: 1,
    lastError: null,
  });
  expect(new Set(proxy.asked.slice(before))).toEqual(new Set([`${HOST}:443`]));
});

test('a machine enrols over that road, with an authority and a proxy given from outside', async () => {
  const { HTTPS_PROXY: _, ...rest } = process.env;
  process.env = rest;
  const { seen, systemProxy } = systemOf(proxy.url);
  const desk = openTestDesk({ enrolled: false, clock: pair.desk.clock, cityCa: city.ca, systemProxy });
  const code = await hub.createEnrolCode({ unit: '26743' });
  await desk.call('device.enrol', { url: `https://${HOST}`, code, deviceName: 'Máy thử' });
  expect(await desk.call('sync.run', {})).toMatchObject({ line: 'online', lastError: null });
  expect(new Set(seen)).toEqual(new Set([`https://${HOST}`]));
  // Kept: the next start has it without being told.
  await desk.close();
  const again = openTestDesk({ folder: desk.folder, clock: pair.desk.clock, systemProxy });
  expect(await again.call('sync.run', {})).toMatchObject({ line: 'online', lastError: null });
  await dropTestDesk(again);
});
/** What the operating system says of its proxy. */
function systemOf(url: string) {
  const seen: string[] = [];
  const systemProxy = (of: string) => Promise.resolve(seen.push(of) > 0 ? url : null);
  return { seen, systemProxy };
}

test.each<[string, () => Promise<unknown>, string]>([
  ['without the city’s authority', () => trust(null), 'CITY_CERTIFICATE'],
  ['with the authority of somebody else', () => trust(stranger.ca), 'CITY_CERTIFICATE'],
  [
    'under another name than the certificate’s',
    async () => {
      await trust(city.ca);
      inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, 'https://khac.test'));
    },
    'CITY_CERTIFICATE',
  ],
])('%s nothing is sent', async (_, prepare, code) => {
  await prepare();
  expect(await codeOfRun()).toBe(code);
  expect((await pair.desk.call('sync.state', {})).line).toBe('offline');
});

test('a proxy that wants a name and gets none says so; with it the road is open', async () => {
  const strict = await startProxy(() => tls.port, 'quay:mat-khau');
  await trust(city.ca);
  process.env['HTTPS_PROXY'] = strict.url.replace('quay:mat-khau@', '');
  expect(await codeOfRun()).toBe('PROXY_REFUSED');
  process.env['HTTPS_PROXY'] = strict.url;
  expect(await codeOfRun()).toBeNull();
  await strict.close();
});

test('a proxy that is not there is a line that is down', async () => {
  await trust(city.ca);
  process.env['HTTPS_PROXY'] = 'http://127.0.0.1:1';
  expect(await codeOfRun()).toBe('CITY_UNREACHABLE');
});

test('the authority is told by name and end, and only a certificate is taken', async () => {
  const { cityCa } = await trust(city.ca);
  expect(cityCa).toMatchObject([{ name: 'CA Thu' }]);
  for (const pem of ['', 'x', city.key, '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])
    expect(await pair.desk.refusal('sync.set-ca', { pem }), pem.slice(0, 30)).toBe('CITY_CA_INVALID');
  expect((await pair.desk.call('sync.settings', {})).cityCa).toEqual(cityCa);
});

test('the settings show the proxy in use without its name and password, and where none is taken', async () => {
  process.env['HTTPS_PROXY'] = 'http://quay:mat-khau@proxy.coquan:3128';
  process.env['NO_PROXY'] = 'noi-bo.test, .gov.test';
  const road = await pair.desk.call('sync.road', {});
  expect(road).toMatchObject({
    cityUrl: `https://${HOST}`,
    proxy: { address: 'http://proxy.coquan:3128', from: 'environment' },
    except: ['noi-bo.test', '.gov.test'],
    program: ['so-mot-cua'],
  });
  expect(JSON.stringify(road)).not.toContain('mat-khau');
  process.env['HTTPS_PROXY'] = '';
  expect(await pair.desk.call('sync.road', {})).toMatchObject({ proxy: null, except: [] });
});

test('the proxy of the operating system counts where the environment names none, and never for this very machine', async () => {
  delete process.env['HTTPS_PROXY'];
  const desk = openTestDesk({
    enrolled: false,
    cityUrl: `https://${HOST}`,
    ...systemOf('http://proxy.windows:8080'),
  });
  expect(await desk.call('sync.road', {})).toMatchObject({
    proxy: { address: 'http://proxy.windows:8080', from: 'system' },
  });
  await dropTestDesk(desk);
  inTransaction(pair.desk.desk.db, (tx) => writeCityUrl(tx, 'http://127.0.0.1:1'));
  process.env['HTTPS_PROXY'] = proxy.url;
  expect((await pair.desk.call('sync.road', {})).proxy).toBeNull();
});

test.each(['proxy.coquan:3128', '//proxy', 'ftp://proxy.coquan', 'x'])(
  'a proxy written as %j is told by name, and the desk goes on without a line',
  async (written) => {
    await trust(city.ca);
    process.env['HTTPS_PROXY'] = written;
    expect(await codeOfRun()).toBe('PROXY_INVALID');
    expect((await pair.desk.call('sync.state', {})).line).toBe('offline');
    expect(await pair.desk.refusal('sync.road', {})).toBe('PROXY_INVALID');
  },
);
