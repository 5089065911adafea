/** The program without a window, as the scheduler of the operating system starts it: one line of JSON, and the exit code that says how it went. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { type HubProcess, startHubProcess } from '../demo/hub-process.ts';
import { launchDesk, TEST_PASSWORD } from '../support/desk-app.ts';
import { reception } from '../support/forms.ts';
import { type Line, startLine } from '../support/line.ts';
import { NOW } from './fixture.ts';

const root = path.resolve(import.meta.dirname, '../..');
const said = z.looseObject({ task: z.string(), code: z.int() });

let folder: string;
let hub: HubProcess;
let line: Line;
const data = () => path.join(folder, 'desk');
const stick = () => path.join(folder, 'usb');

interface Run {
  readonly dataDir?: string;
  readonly password?: string | null;
}
/** Runs the real program on these data; answers its exit code and what it said. */
function run(
  args: readonly string[],
  { dataDir = data(), password = TEST_PASSWORD }: Run = {},
): Promise<{ code: number | null; said: unknown }> {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(
    process.env.ELECTRON_EXEC_PATH ?? '',
    [
      ...asRoot,
      '--ozone-platform=headless',
      root,
      ...args,
      ...(password === null ? [] : ['--password-stdin']),
    ],
    {
      env: { ...process.env, SMC_DATA_DIR: dataDir, SMC_CITY_URL: line.url, SMC_NOW: NOW },
      stdio: ['pipe', 'pipe', 'ignore'],
    },
  );
  child.stdin.on('error', () => undefined).end(`${password ?? ''}\n`);
  let out = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  return new Promise((done) =>
    child.once('exit', (code) => {
      const json = out.split('\n').filter((text) => text.startsWith('{'));
      expect(json).toHaveLength(1);
      done({ code, said: said.parse(JSON.parse(json[0] ?? '')) });
    }),
  );
}
const open = (enrolCode?: string) =>
  launchDesk({ dataDir: data(), cityUrl: line.url, now: NOW, ...(enrolCode !== undefined && { enrolCode }) });
/** A clerk takes in one dossier without a line, and closes the window. */
async function takeOffline(name: string): Promise<void> {
  line.down();
  const desk = await open();
  await desk.call('dossier.receive', reception(randomUUID(), 'birth', { 'child.fullName': name }));
  await desk.close();
  line.up();
}

test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  test.setTimeout(180_000);
  folder = mkdtempSync(path.join(tmpdir(), 'smc-headless-'));
  hub = await startHubProcess(path.join(folder, 'city'), ['--enrol-code', '26743', '--name', 'Lê Thị Hạnh'], {
    SMC_NOW: NOW,
  });
  line = await startLine(hub.url);
  mkdirSync(stick());
  await (await open(hub.enrolCode)).close();
});
test.afterAll(async () => {
  await line.close();
  await hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('--sync sends and ends with 0; without a line it ends with 2 and keeps what waits', async () => {
  await takeOffline('Trẻ Gửi Đêm');
  line.down();
  expect(await run(['--sync'])).toMatchObject({
    code: 2,
    said: { task: 'sync', code: 2, line: 'offline', waiting: 1, error: 'CITY_UNREACHABLE' },
  });
  line.up();
  expect(await run(['--sync'])).toMatchObject({
    code: 0,
    said: { task: 'sync', code: 0, line: 'online', waiting: 0, received: 1, error: null },
  });
});

test('--export writes a bundle and ends with 0, also where nothing waits; a stick that is not there is 2', async () => {
  expect(await run(['--export', stick()])).toMatchObject({ code: 0, said: { error: 'COURIER_NOTHING' } });
  await takeOffline('Trẻ Đi USB');
  expect(await run(['--export', path.join(folder, 'da-rut')])).toMatchObject({
    code: 2,
    said: { task: 'export', error: 'STICK_GONE' },
  });
  expect(readdirSync(stick())).toEqual([]);
  expect(await run([`--export=${stick()}`])).toMatchObject({ code: 0, said: { task: 'export', events: 1 } });
  expect(readdirSync(stick())).toEqual([expect.stringMatching(/^26743-\d+-261120-\d{4}\.somotcua$/)]);
});

test('--import takes the receipts and ends with 0; nothing to take, or nothing given, is 2; one bad file beside is 1', async () => {
  expect(await run(['--import', stick()])).toMatchObject({
    code: 2,
    said: { task: 'import', error: 'COURIER_NONE' },
  });
  expect(await run(['--import'])).toMatchObject({ code: 2, said: { task: 'import' } });
  const [name = ''] = readdirSync(stick());
  const form = new FormData();
  form.set('file', new File([new Uint8Array(readFileSync(path.join(stick(), name)))], name));
  const answer = await fetch(`${hub.url}/console/courier`, { method: 'POST', body: form });
  const receipts = Buffer.from(await answer.arrayBuffer());
  const back = name.replace('.somotcua', '.bien-nhan.somotcua');
  writeFileSync(path.join(stick(), back), receipts);
  const bad = path.join(stick(), `x${back}`);
  writeFileSync(bad, receipts.subarray(0, receipts.length - 80));
  expect(await run(['--import', stick()])).toMatchObject({
    code: 1,
    said: { task: 'import', fresh: 1, refused: ['COURIER_TRUNCATED'] },
  });
  rmSync(bad);
  expect(await run(['--import', stick()])).toMatchObject({
    code: 0,
    said: { task: 'import', fresh: 0, known: 1, waiting: 0 },
  });
});

test('--verify ends with 0 on sound data, with 2 where they cannot be opened or are open in a window', async () => {
  expect(await run(['--verify'])).toMatchObject({
    code: 0,
    said: { task: 'verify', events: 2, subjects: 2, problems: [] },
  });
  const desk = await open();
  expect(await run(['--verify'])).toMatchObject({ code: 2, said: { task: 'verify', by: 'open_app' } });
  expect(await run(['--sync'])).toMatchObject({ code: 0, said: { task: 'sync', by: 'open_app' } });
  await desk.close();
  const lost = path.join(folder, 'lost');
  cpSync(data(), lost, { recursive: true });
  rmSync(path.join(lost, 'keys'), { recursive: true });
  expect(await run(['--verify'], { dataDir: lost })).toMatchObject({
    code: 2,
    said: { error: 'DB_KEY_MISSING' },
  });
  expect(await run(['--sync'], { dataDir: path.join(folder, 'new') })).toMatchObject({
    code: 2,
    said: { task: 'sync', error: 'NOT_ENROLLED' },
  });
});

test('without the password, or with a wrong one, nothing is opened and the exit code is 2', async () => {
  await takeOffline('Trẻ Chờ Mật Khẩu');
  for (const args of [['--sync'], ['--verify'], ['--export', stick()]])
    expect(await run(args, { password: null })).toMatchObject({ code: 2, said: { error: 'SIGN_IN_NEEDED' } });
  const wrong = await run(['--sync'], { password: 'không phải mật khẩu này' });
  expect(wrong).toMatchObject({ code: 2, said: { error: 'PASSWORD_WRONG' } });
  expect(await run(['--sync'])).toMatchObject({ code: 0, said: { error: null, waiting: 0 } });
});
