/**
 * Real processes killed at any moment, hub and desks (RELIABILITY T9, T11): after they run again, all that was said to be saved is at
 * the city, once. A few kills here, more by `npm run faults -- kill --runs N --seed S`.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startHub } from '../../../city/start.ts';
import { type Random, seeded } from '../../../electron/demo/random.ts';
import { verify } from '../../../electron/sync/jws.ts';
import { publicJwk, receipt } from '../../../shared/contract/sync/messages.ts';
import { TYP } from '../../../shared/contract/sync/version.ts';
import { startProgram } from '../../bench/program.ts';
import { testClock } from '../../support/clock.ts';
import { deskPicture, hubPicture, losses } from '../../support/faults/picture.ts';
import { faultRuns, faultSeed, tell } from '../../support/faults/size.ts';
import { type Engine, engines, freshDatabase } from '../../support/hub.ts';
import { fillHubFolder } from '../../support/hub-template.ts';
import { dropTestDesk, openTestDesk, type TestDesk, tempFolder, WARD } from '../../support/temp-desk.ts';

const WORK_LOOP = fileURLToPath(new URL('../../support/children/work-loop.ts', import.meta.url));
const DESKS = 2;
const rounds = faultRuns(2);

describe.each(engines())('killed, hub on %s', (engine) => {
  test('what was saved is at the city once, chains and tables are whole, receipts verify', {
    timeout: 120_000 + rounds * 60_000,
  }, async () => {
    const random = seeded(faultSeed(), 1);
    const city = await cityProgram(engine);
    const folders: string[] = [];
    while (folders.length < DESKS) folders.push(await enrolledFolder(city));
    const saved: string[] = [];
    const promised = new Array<number>(DESKS).fill(0);
    for (let round = 0; round < rounds; round++) {
      const lives = folders.map((folder) => liveAndDie(folder, random));
      await sleep(random.int(300, 2_000));
      await city.kill();
      await city.start();
      for (const [place, { dossiers, received }] of (await Promise.all(lives)).entries()) {
        saved.push(...dossiers);
        promised[place] = Math.max(promised[place] ?? 0, received);
      }
    }
    const desks = folders.map((folder) => reopened(folder));
    for (const desk of [...desks, ...desks]) expect((await desk.call('sync.run', {})).lastError).toBeNull();
    await city.stop();

    const hub = await startHub(city.place);
    const atHub = await hubPicture(hub.db);
    expect(losses(desks, atHub)).toEqual({ lost: 0, doubled: 0 });
    expect(atHub.mismatches).toBe(0);
    const subjects = new Set(atHub.applied.map((line) => line.slice(0, 36)));
    expect(saved.filter((id) => !subjects.has(id))).toEqual([]);
    for (const [place, desk] of desks.entries()) {
      const { received, ...rest } = await deskPicture(desk);
      expect(rest).toMatchObject({ waiting: 0, attention: 0, error: null, problems: [] });
      expect(received).toBeGreaterThanOrEqual(promised[place] ?? 0);
      expect(await receiptsOf(desk)).toBe(received);
    }
    tell(
      `kill on ${engine}: ${rounds * (DESKS + 1)} kills, ${saved.length} dossiers said to be saved, ${atHub.events.length} at the city: 0 lost, 0 doubled`,
    );
    expect(saved.length).toBeGreaterThan(0);
    for (const desk of desks) await dropTestDesk(desk);
    await hub.close();
    await city.remove();
  });
});

/** A hub as a process of its own that comes back at the same address. */
async function cityProgram(engine: Engine) {
  const dataDir = tempFolder('killed-hub');
  const database = engine === 'postgres' ? await freshDatabase() : null;
  if (!database) await fillHubFolder(dataDir);
  const place = { dataDir, databaseUrl: database?.url ?? '' };
  const run = (port: string, more: readonly string[] = []) =>
    startProgram('city/main.ts', ['--port', port, ...more], {
      SMC_CITY_DATA_DIR: dataDir,
      SMC_CITY_DATABASE_URL: place.databaseUrl,
    });
  let program = await run('0');
  const { url } = program;
  const { port } = new URL(url);
  return {
    url,
    place,
    kill: () => program.kill(),
    stop: () => program.stop(),
    async start() {
      program = await run(port);
    },
    async enrolCode() {
      await program.stop();
      program = await run(port, ['--enrol-code', WARD]);
      return program.enrolCode ?? '';
    },
    async remove() {
      await database?.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
type City = Awaited<ReturnType<typeof cityProgram>>;

const reopened = (folder: string) =>
  openTestDesk({ folder, enrolled: false, clock: testClock(new Date().toISOString()) });

async function enrolledFolder({ url, enrolCode }: Pick<City, 'url' | 'enrolCode'>): Promise<string> {
  const desk = reopened(tempFolder('killed-desk'));
  await desk.call('device.enrol', { url, code: await enrolCode(), deviceName: 'Máy thử' });
  await desk.close();
  return desk.folder;
}

/** One life of a desk: what it said before it was killed. */
async function liveAndDie(
  folder: string,
  random: Random,
): Promise<{ readonly dossiers: readonly string[]; readonly received: number }> {
  const desk = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', WORK_LOOP, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [most, delay] = [random.int(2, 30), random.int(0, 20)];
  let text = '';
  desk.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split('\n').length > most) setTimeout(() => desk.kill('SIGKILL'), delay);
  });
  const [, signal] = (await once(desk, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  // A last line without its end was not said.
  const lines = text.split('\n').slice(0, -1);
  const after = (word: string) =>
    lines.filter((l) => l.startsWith(word)).map((l) => l.slice(word.length + 1));
  return { dossiers: after('dossier'), received: Number(after('received').at(-1) ?? 0) };
}

/** Events that the city's signed receipts say were taken. */
async function receiptsOf(desk: TestDesk): Promise<number> {
  const taken = new Set<string>();
  for (const { id } of await desk.call('receipt.list', {})) {
    const { jws, publicKey } = await desk.call('receipt.get', { id });
    const key = publicJwk.parse(JSON.parse(publicKey));
    const { verdicts } = await verify(jws, {
      ...{ typ: TYP.receipt, key, schema: receipt, otherwise: 'CITY_SIGNATURE' },
    });
    for (const verdict of verdicts) if (verdict.kind === 'accepted') taken.add(verdict.id);
  }
  return taken.size;
}
