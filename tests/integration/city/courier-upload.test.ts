/** A bundle given to the page of the hub, and to `--import` as a program. */
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { enrolledPair, type Pair } from '../../support/city-pair.ts';
import { reception } from '../../support/forms.ts';
import { startTestHub, type TestHub } from '../../support/hub.ts';
import { newStick, type Stick } from '../../support/stick.ts';

describe('a bundle from a stick', () => {
  let hub: TestHub;
  let pair: Pair;
  let usb: Stick;
  let file: string;
  const send = (bytes: Uint8Array, headers: Record<string, string> = {}, field = 'file') => {
    const form = new FormData();
    form.set(field, new File([new Uint8Array(bytes)], '../../26743 "x".somotcua'));
    return fetch(`${hub.url}/console/courier`, { method: 'POST', body: form, headers });
  };
  /** `--import` beside or instead of the running hub, on the same data folder. */
  const program = (...args: string[]) => {
    const main = path.resolve(import.meta.dirname, '../../../city/main.ts');
    const env = {
      ...process.env,
      SMC_CITY_DATA_DIR: hub.dataDir,
      SMC_CITY_DATABASE_URL: '',
      SMC_NOW: '2026-11-20T03:00:00Z',
    };
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', main, ...args],
      { env, encoding: 'utf8' },
    );
    const lines = stdout.split('\n').filter(Boolean);
    return { status, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>), stderr };
  };

  beforeAll(async () => {
    hub = await startTestHub('pglite');
    pair = await enrolledPair(hub);
    usb = newStick();
    await pair.desk.call('sync.run', {});
    pair.line.down();
    await pair.desk.call('dossier.receive', reception(randomUUID(), 'birth'));
    const { name } = await pair.desk.call('courier.write', { place: usb.folder });
    file = path.join(usb.folder, name);
  });
  afterAll(async () => {
    await pair.close();
    await hub.remove();
    usb.remove();
  });

  test('the page has a form without scripts, and its policy lets it send to itself alone', async () => {
    const page = await fetch(`${hub.url}/`);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    const html = await page.text();
    expect(html).toContain('action="/console/courier"');
    expect(html).not.toContain('<script');
  });

  test.each<[string, () => Promise<Response>, number, string]>([
    [
      'through a proxy',
      () => send(readFileSync(file), { 'x-forwarded-for': '10.0.0.7' }),
      403,
      'COURIER_CONSOLE_ONLY',
    ],
    [
      "from somebody else's page",
      () => send(readFileSync(file), { 'sec-fetch-site': 'cross-site' }),
      403,
      'COURIER_CONSOLE_ONLY',
    ],
    ['another file', () => send(Buffer.from('unit_code,count')), 422, 'COURIER_NOT_OURS'],
    ['half a file', () => send(readFileSync(file).subarray(0, 700)), 422, 'COURIER_TRUNCATED'],
    ['no file', () => send(readFileSync(file), {}, 'other'), 422, 'INPUT_INVALID'],
    [
      'a form that is none',
      () =>
        fetch(`${hub.url}/console/courier`, {
          method: 'POST',
          body: 'x',
          headers: { 'content-type': 'multipart/form-data' },
        }),
      422,
      'INPUT_INVALID',
    ],
    ['more than it takes', () => send(new Uint8Array(65 * 1024 * 1024)), 413, 'COURIER_TOO_LARGE'],
  ])('%s is refused with a page that says why', async (_, request, status, code) => {
    const reply = await request();
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
    expect(await reply.text()).toContain(`Mã: ${code}`);
    expect(await pair.desk.call('sync.state', {})).toMatchObject({ waiting: 1 });
  });

  test('answers the receipts file, under a name that is safe, and the same bytes count twice', async () => {
    const [first, again] = [await send(readFileSync(file)), await send(readFileSync(file))];
    expect([first.status, again.status]).toEqual([200, 200]);
    expect(first.headers.get('content-disposition')).toMatch(
      /^attachment; filename="[\w.-]+\.bien-nhan\.somotcua"$/,
    );
    const answer = path.join(usb.folder, 'tra-loi.bien-nhan.somotcua');
    writeFileSync(answer, Buffer.from(await first.arrayBuffer()));
    expect(await pair.desk.call('courier.read', { place: answer })).toMatchObject({ fresh: 1, waiting: 0 });
    writeFileSync(answer, Buffer.from(await again.arrayBuffer()));
    expect(await pair.desk.call('courier.read', { place: answer })).toMatchObject({ fresh: 0, known: 1 });
  });

  test('the command: refused beside a running hub, done after it; a folder, a bad file in it, a name for the answer', async () => {
    const beside = program('--import', file);
    expect([beside.status, beside.stderr]).toEqual([1, expect.stringContaining('HUB_FOLDER_IN_USE')]);
    await hub.close();
    writeFileSync(path.join(usb.folder, 'a.somotcua'), 'SOMOTCUA-USB/1 age1x\n');
    const folder = program('--import', usb.folder);
    expect(folder.status).toBe(1);
    expect(folder.lines).toMatchObject([
      { event: 'imported', batches: 1, acked: 1, out: expect.stringContaining('.bien-nhan.somotcua') },
      { event: 'refused', file: 'a.somotcua', code: 'COURIER_TRUNCATED' },
    ]);
    const out = path.join(usb.folder, 'khac.bien-nhan.somotcua');
    expect(program('--import', file, '--out', out)).toMatchObject({
      status: 0,
      lines: [{ event: 'imported' }],
    });
    expect(await pair.desk.call('courier.read', { place: out })).toMatchObject({ known: 1 });
    expect(program('--import', path.join(usb.folder, 'khong-co')).stderr).toContain('STICK_GONE');
  });
});
