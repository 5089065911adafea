/** The packaged app: built once by the product's own task, started as its own program and driven over the browser's debugging port. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';

const root = path.resolve(import.meta.dirname, '../..');
export const PACKAGED = path.join(root, 'out/package/linux-unpacked');

const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
const cleanEnv = () =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('SMC_')));

export async function buildPackage(): Promise<void> {
  await promisify(execFile)(process.execPath, ['build/run.mjs', 'package', '--dir'], { cwd: root });
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts it and waits for its end. */
export async function runPackaged(
  folder: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  /** What it reads from its standard input. */
  input = '',
): Promise<Ended> {
  const child = spawn(path.join(folder, 'so-mot-cua'), [...asRoot, ...args], {
    env: { ...cleanEnv(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  // One that ends before it has read closes the pipe: no failure of the test.
  child.stdin.on('error', () => undefined).end(input);
  const read = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (text: string) => {
      read[name] += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...read };
}

export interface PackagedDesk {
  readonly page: Page;
  readonly pid: number;
  /** From the start of the program until a clerk can type, ms. */
  readonly usableMs: number;
  close(): Promise<void>;
}

export async function openPackaged(env: Readonly<Record<string, string>>): Promise<PackagedDesk> {
  const began = performance.now();
  const child = spawn(
    path.join(PACKAGED, 'so-mot-cua'),
    [...asRoot, '--remote-debugging-port=0', '--force-device-scale-factor=1', '--lang=vi'],
    { env: { ...cleanEnv(), ...env }, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const address = await debuggingAddress(child);
  await pageStands(address);
  const browser = await chromium.connectOverCDP(address);
  const page = await firstPage(browser);
  await page.locator('body[data-ready="1"]').waitFor();
  return {
    page,
    pid: child.pid ?? 0,
    usableMs: performance.now() - began,
    async close() {
      const ended = once(child, 'exit');
      await page.close();
      await ended;
      await browser.close();
    },
  };
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((found, failed) => {
    child.once('exit', (code) => failed(new Error(`the packaged app ended (${code}) before its window`)));
    if (child.stderr)
      createInterface({ input: child.stderr }).on('line', (line) => {
        const address = /^DevTools listening on (ws:\S+)/.exec(line)?.[1];
        if (address) found(address);
      });
  });
}

/** Playwright waits for ever for a window that it meets between two pages (playwright#29386): first the page is there, then it connects. */
async function pageStands(address: string): Promise<void> {
  const { host } = new URL(address);
  for (;;) {
    const pages = (await (await fetch(`http://${host}/json/list`)).json()) as {
      title: string;
      url: string;
    }[];
    if (pages.some(({ title, url }) => url.startsWith('app://') && title !== '' && title !== url)) return;
    await new Promise((done) => setTimeout(done, 50));
  }
}

async function firstPage(browser: Browser): Promise<Page> {
  const [context] = browser.contexts();
  if (!context) throw new Error('the packaged app has no browser context');
  return context.pages()[0] ?? (await context.waitForEvent('page'));
}
