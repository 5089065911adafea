/** The hub as a program: what it prints, how it stops, how it refuses. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../../../city/config.ts';
import { enrolReply } from '../../../shared/contract/sync/messages.ts';
import {
  json,
  makeEvent,
  newKeys,
  openReceipt,
  seal,
  send,
  sendEnrol,
  sendHello,
} from '../../support/fake-desk.ts';
import { receiveDossier } from '../../support/wire-events.ts';

const listening = z.strictObject({
  event: z.literal('listening'),
  url: z.url(),
  enrolCode: z
    .string()
    .regex(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .optional(),
});
const main = path.resolve(import.meta.dirname, '../../../city/main.ts');
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function run(dataDir: string, args: readonly string[]) {
  const env = {
    ...process.env,
    SMC_CITY_DATA_DIR: dataDir,
    SMC_CITY_DATABASE_URL: '',
    SMC_NOW: '2026-11-20T02:00:00Z',
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const lines: string[] = [];
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log += text;
  });
  const ready = new Promise<z.infer<typeof listening>>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('{')) resolve(listening.parse(JSON.parse(line)));
    });
    child.once('exit', () => reject(new Error(log)));
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  ready.catch(() => undefined);
  return { child, ready, ended, lines, log: () => log };
}

test('prints where it listens, serves, keeps no personal data in its log, and stops cleanly with a request under way', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'smc-program-'));
  const hub = run(dataDir, ['--port', '0', '--enrol-code', '26740', '--demo', '--name', 'Cán bộ Bí Mật']);
  const { url, enrolCode } = await hub.ready;
  const keys = await newKeys();
  const me = json(await sendEnrol(url, enrolCode ?? '', keys), enrolReply);
  expect(me).toMatchObject({ demo: true, account: { name: 'Cán bộ Bí Mật', role: 'clerk' } });
  const desk = { ...keys, url, me, stream: me.stream, seq: 0, head: '0'.repeat(64) };
  expect((await sendHello(desk)).status).toBe(200);
  const batches = await Promise.all([
    seal(
      desk,
      Array.from({ length: 200 }, () => makeEvent(desk, receiveDossier())),
    ),
  ]);
  const under = batches.map((b) => send(url, b));
  await sendHello(desk);
  hub.child.kill('SIGTERM');
  const answers = await Promise.all(under);
  for (const answer of answers) expect((await openReceipt(desk, answer)).verdicts).toHaveLength(200);
  expect(await hub.ended).toBe(0);
  expect(hub.lines).toHaveLength(1);
  expect(hub.log()).toContain('"route":"/v1/streams/:stream/:range"');
  expect(hub.log()).not.toMatch(/Nguyễn|Bí Mật|smc-batch|eyJ/);

  const again = run(dataDir, ['--port', '0']);
  const second = await again.ready;
  expect(second.enrolCode).toBeUndefined();
  const rival = run(dataDir, ['--port', '0']);
  expect(await rival.ended).toBe(1);
  expect(rival.log()).toContain('HUB_FOLDER_IN_USE');
  again.child.kill('SIGKILL');
  await again.ended;
  const afterCrash = run(dataDir, ['--port', '0']);
  await afterCrash.ready;
  afterCrash.child.kill('SIGINT');
  expect(await afterCrash.ended).toBe(0);
  rmSync(dataDir, { recursive: true });
});

test('explains itself and refuses what it does not understand', async () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'smc-program-'));
  const help = run(dataDir, ['--help']);
  expect(await help.ended).toBe(0);
  expect(help.lines.join('\n')).toContain('--enrol-code');
  const wrong = [
    ['--nonsense'],
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port', '0', '--role', 'king'],
    ['--port', '0', '--enrol-code', '99999'],
  ];
  const codes = await Promise.all(wrong.map((args, i) => run(path.join(dataDir, String(i)), args).ended));
  expect(codes).toEqual(wrong.map(() => 1));
  rmSync(dataDir, { recursive: true });
});

test('settings come from the environment, once', () => {
  expect(readConfig({ XDG_DATA_HOME: '/x' })).toEqual({
    port: 8787,
    dataDir: '/x/so-mot-cua/city',
    databaseUrl: '',
    updatesDir: '/x/so-mot-cua/city/updates',
    recoveryKey: null,
    startMs: null,
  });
  expect(
    readConfig({
      SMC_CITY_PORT: '',
      SMC_CITY_DATA_DIR: '/d',
      SMC_CITY_DATABASE_URL: 'postgres://a/b',
      SMC_CITY_UPDATES: '/u',
      SMC_NOW: '2026-11-20T02:00:00Z',
    }),
  ).toEqual({
    ...{ port: 8787, dataDir: '/d', databaseUrl: 'postgres://a/b', startMs: 1795140000000 },
    ...{ updatesDir: '/u', recoveryKey: null },
  });
  for (const bad of [
    { SMC_CITY_PORT: '-1' },
    { SMC_CITY_PORT: 'x' },
    { SMC_CITY_DATABASE_URL: 'mysql://x' },
    { SMC_NOW: 'soon' },
    { SMC_CITY_RECOVERY_KEY: 'AGE-SECRET-KEY-1X' },
  ])
    expect(() => readConfig(bad)).toThrow();
});
