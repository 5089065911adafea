/** `bench start`: the packaged program from its start to the sign-in screen and on to the first screen, against an empty window of the same Electron. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { must } from '../../shared/lib/must.ts';
import { choosePassword } from '../support/choose-password.ts';
import { callDesk } from '../support/desk-app.ts';
import { everybody } from '../support/forms.ts';
import { openPackaged, PACKAGED, type PackagedDesk } from '../support/packaged-app.ts';
import { openTestDesk, tempFolder } from '../support/temp-desk.ts';
import { absolute, type Finding, ratio, round } from './figures.ts';
import { fillDesk, markReceived } from './load.ts';
import type { Gate } from './quiet.ts';
import { type Candidate, playRounds, timed, WrongAnswer } from './rounds.ts';

const EMPTY = 'empty window';
const TO_SIGN_IN = 'start to sign-in';
const TO_USABLE = 'start to usable';
const PASSWORD = 'mây trắng trên đồi chè';
const MB = 2 ** 20;
const outPackage = path.resolve(PACKAGED, '..');

const EMPTY_APP = `const { app, BrowserWindow } = require('electron');
app.setPath('userData', __dirname + '/window');
app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1366, height: 768, show: false });
  await window.loadURL('data:text/html,<title>empty</title>');
  window.show();
  process.stdout.write('ready\\n');
});`;

/** A folder of `n` dossiers whose person has a password. */
async function fillFolder(n: number): Promise<string> {
  const store = openTestDesk({ seed: 'bench-start' });
  fillDesk(store, n);
  markReceived(store);
  await store.close();
  const { page, close } = await openPackaged({ SMC_DATA_DIR: store.folder });
  await choosePassword(page, PASSWORD);
  await close();
  return store.folder;
}

async function signIn({ page }: PackagedDesk): Promise<void> {
  await page.locator('dialog.gate input[name="password"]').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('dialog.gate').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: 'Hôm nay' }).waitFor();
}

/** Pages of memory of a process and all its children, MB: as counted by each, and with shared ones divided. */
function memoryOf(pid: number): { rss: number; pss: number; processes: number } {
  const read = (id: number) => {
    const text = readFileSync(`/proc/${id}/smaps_rollup`, 'utf8');
    const kb = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0);
    return { rss: kb('Rss') / 1024, pss: kb('Pss') / 1024 };
  };
  const childrenOf = (id: number): number[] =>
    readdirSync(`/proc/${id}/task`).flatMap((task) =>
      readFileSync(`/proc/${id}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
    );
  const family = (id: number): number[] => [id, ...childrenOf(id).flatMap(family)];
  const all = family(pid).map(read);
  const sum = (name: 'rss' | 'pss') => all.reduce((total, one) => total + one[name], 0);
  return { rss: sum('rss'), pss: sum('pss'), processes: all.length };
}

function sizeOf(entry: string): number {
  if (!existsSync(entry)) return 0;
  if (!statSync(entry).isDirectory()) return statSync(entry).size;
  return readdirSync(entry).reduce((sum, name) => sum + sizeOf(path.join(entry, name)), 0);
}

function packageSizes(): Record<string, number> {
  const sizes = { folderMB: sizeOf(PACKAGED), asarMB: sizeOf(path.join(PACKAGED, 'resources/app.asar')) };
  const deb = readdirSync(outPackage).find((name) => name.endsWith('.deb'));
  const all = deb ? { ...sizes, debMB: sizeOf(path.join(outPackage, deb)) } : sizes;
  return Object.fromEntries(Object.entries(all).map(([name, bytes]) => [name, round(bytes / MB)]));
}

/** The runtime that the package is made of, with an app of a few lines. */
function emptyWindow(folder: string): Candidate {
  const program = must(process.env.ELECTRON_EXEC_PATH, 'ELECTRON_EXEC_PATH');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    path.join(folder, 'package.json'),
    '{"name":"smc-bench-empty","version":"0.0.0","main":"main.js"}',
  );
  writeFileSync(path.join(folder, 'main.js'), EMPTY_APP);
  let child: ChildProcess | null = null;
  return {
    name: EMPTY,
    run: async () => [
      await timed(async () => {
        const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), folder];
        child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] });
        for await (const line of createInterface({ input: must(child.stdout, 'stdout') }))
          if (line === 'ready') break;
      }),
    ],
    async check() {
      const ended = once(must(child, 'child'), 'exit');
      child?.kill();
      await ended;
    },
  };
}

export async function benchStart({
  n,
  rounds,
  gate,
}: {
  n: number;
  rounds: number;
  gate: Gate;
}): Promise<Finding> {
  if (!existsSync(PACKAGED)) throw new Error('no package here: npm run package -- --dir makes one');
  const folder = await fillFolder(n);
  const empty = tempFolder('bench-empty');
  const memory: ReturnType<typeof memoryOf>[] = [];
  const opened = (name: string, until: (desk: PackagedDesk) => Promise<void>): Candidate => {
    let desk: PackagedDesk | null = null;
    return {
      name,
      async run() {
        const start = performance.now();
        desk = await openPackaged({ SMC_DATA_DIR: folder });
        await until(desk);
        return [performance.now() - start];
      },
      async check() {
        const open = must(desk, 'desk');
        if (name === TO_USABLE) memory.push(await usedBy(open, n));
        await open.close();
      },
    };
  };
  try {
    const candidates = [
      emptyWindow(empty),
      opened(TO_SIGN_IN, () => Promise.resolve()),
      opened(TO_USABLE, signIn),
    ];
    const times = await playRounds(candidates, { rounds, gate });
    const last = must(memory.at(-1), 'memory');
    return {
      bench: 'start',
      setting: { dossiers: n, rounds },
      ratios: [TO_SIGN_IN, TO_USABLE].map((name) => ratio(times, name, EMPTY, 'p50')),
      absolute: candidates.map(({ name }) => absolute(times, name, 'p50')),
      context: {
        processes: last.processes,
        rssMB: round(last.rss),
        pssMB: round(last.pss),
        ...packageSizes(),
      },
      notes: [
        'to usable: start, the password typed at once, one guess (slow on purpose), the store opened, Hôm nay on the screen',
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(empty, { recursive: true, force: true });
  }
}

async function usedBy({ page, pid }: PackagedDesk, n: number): Promise<ReturnType<typeof memoryOf>> {
  const found = await callDesk(page, 'dossier.index', everybody);
  if (Object.keys(found).length !== n) throw new WrongAnswer(`the list has not ${n} dossiers`);
  return memoryOf(pid);
}
