/** More than one process: the second one keeps out, and a killed one loses nothing that it acknowledged. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { verifyDesk } from '../../../db/rebuild.ts';
import { seeded } from '../../../electron/demo/random.ts';
import { reception } from '../../support/forms.ts';
import { dropTestDesk, openTestDesk, tempFolder } from '../../support/temp-desk.ts';

const SEED = 20261121;
const SAVE_LOOP = fileURLToPath(new URL('../../support/children/save-loop.ts', import.meta.url));
const OPEN_DESK = fileURLToPath(new URL('../../support/children/open-desk.ts', import.meta.url));
const QUIET = '--disable-warning=ExperimentalWarning';

test('a second process on the same folder is told that the data is in use, and the first goes on', async () => {
  const desk = openTestDesk();
  const open = () =>
    promisify(execFile)(process.execPath, [QUIET, OPEN_DESK, desk.folder], { encoding: 'utf8' });
  expect((await open()).stdout).toBe('DB_IN_USE');
  await desk.call('dossier.receive', reception(desk.desk.ids.uuid(), 'birth'));
  await desk.close();
  expect((await open()).stdout).toBe('OPENED');
  await dropTestDesk(openTestDesk({ folder: desk.folder }));
});

async function runAndKill(folder: string, random: ReturnType<typeof seeded>): Promise<string[]> {
  const process_: ChildProcess = spawn(process.execPath, [QUIET, SAVE_LOOP, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  const killAfter = random.int(1, 40);
  const delay = random.int(0, 12);
  process_.stdout?.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (text.split('\n').length > killAfter) setTimeout(() => process_.kill('SIGKILL'), delay);
  });
  const [, signal] = (await once(process_, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  return text.split('\n').filter((line) => /^(dossier [0-9a-f-]{36}|count \d+)$/.test(line));
}

test('ten times killed in the middle of saving: all that was acknowledged is there, nothing is half', async () => {
  const folder = tempFolder('kill');
  await openTestDesk({ folder }).close();
  const random = seeded(SEED, 1);
  const acknowledged: string[] = [];
  let lastCount = 0;
  for (let round = 0; round < 10; round++) {
    const lines = await runAndKill(folder, random);
    expect(lines.length, `seed ${SEED} round ${round}`).toBeGreaterThan(0);
    acknowledged.push(...lines.filter((l) => l.startsWith('dossier')).map((l) => l.slice(8)));
    const counts = lines.filter((l) => l.startsWith('count')).map((l) => Number(l.slice(6)));
    const desk = openTestDesk({ folder });
    const { problems } = verifyDesk(desk.desk.db);
    expect(problems, `seed ${SEED} round ${round}`).toEqual([]);
    const known = new Set(desk.desk.db.$client.prepare('SELECT id FROM dossier').pluck().all());
    expect(
      acknowledged.filter((id) => !known.has(id)),
      `seed ${SEED} round ${round}`,
    ).toEqual([]);
    const value = (await desk.call('count.grid', { asOf: '2026-11-01', form: null, from: null })).rows[0]
      ?.cells['hoi_nong_dan/tong'];
    // The killed process may have saved one more than it could say.
    if (counts.length > 0) lastCount = counts.at(-1) ?? 0;
    if (counts.length > 0) expect([lastCount, lastCount + 3], `seed ${SEED} round ${round}`).toContain(value);
    await desk.close();
  }
  expect(acknowledged.length).toBeGreaterThan(20);
  rmSync(folder, { recursive: true, force: true });
});
