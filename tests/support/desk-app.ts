/** The real desk app in the real Electron, driven from outside: for the demo and the end-to-end tests. */
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import { launchElectron } from './launch-electron.ts';

const root = path.resolve(import.meta.dirname, '../..');

const WAIT_MS = 20_000;
const QUIT_MS = 20_000;

export interface DeskApp {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** What the content security policy stopped so far, in any window; taking it empties it. */
  stopped(): string[];
  call<M extends Method>(method: M, input: Input<M>): Promise<Output<M>>;
  /** Presses the keys of a room, 1 to 6, and waits until it stands. */
  room(n: number): Promise<void>;
  /** The next save dialog answers with this path. */
  saveTo(file: string): Promise<void>;
  close(): Promise<void>;
}

export interface DeskAppOptions {
  readonly dataDir: string;
  readonly cityUrl: string;
  readonly enrolCode?: string;
  readonly now?: string;
  readonly demoData?: boolean;
  /** Chosen at the first start, used at the next ones; null: the sign-in screen shows. */
  readonly signIn?: string | null;
  /** Instead of what this process has. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Of desks in tests: invented people only. */
export const TEST_PASSWORD = 'bàn ghế cửa sổ quạt trần';

export async function launchDesk({
  dataDir,
  cityUrl,
  enrolCode,
  now,
  demoData = false,
  signIn = TEST_PASSWORD,
  env = {},
}: DeskAppOptions): Promise<DeskApp> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !name.startsWith('SMC_'),
  ) as [string, string][];
  const app = await launchElectron(['--lang=vi', root], {
    ...Object.fromEntries(inherited),
    ...env,
    SMC_DATA_DIR: dataDir,
    SMC_CITY_URL: cityUrl,
    ...(enrolCode !== undefined && { SMC_ENROL_CODE: enrolCode }),
    ...(now !== undefined && { SMC_NOW: now }),
    ...(demoData && { SMC_DEMO: '1' }),
    ...(signIn !== null && { SMC_SIGN_IN: signIn }),
    ...env,
  });
  const stopped: string[] = [];
  // Hidden windows that print are heard as well.
  app.context().on('console', (message) => {
    const [text, { url }] = [message.text(), message.location()];
    if (/Content Security Policy|Trusted(HTML|Script|Type)/.test(text)) stopped.push(`${url} ${text}`);
  });
  const page = await app.firstWindow({ timeout: 60_000 });
  // Electron's pages have no limit of their own: a key that went nowhere would end as a test that says not where it stood.
  page.setDefaultTimeout(WAIT_MS);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1366, 768));
  await page.locator('body[data-ready="1"]').waitFor({ timeout: 60_000 });
  return {
    app,
    page,
    stopped: () => stopped.splice(0),
    call: (method, input) => callDesk(page, method, input),
    room: async (n) => {
      await page.keyboard.press(`Control+${n}`);
      await page.locator('body[data-ready="1"]').waitFor();
    },
    saveTo: (file) =>
      app.evaluate(({ dialog }, filePath) => {
        dialog.showSaveDialog = async () => ({ canceled: false, filePath });
      }, file),
    close: () => quit(app),
  };
}

/** A call through the window's own door (preload, sender check, dispatch). */
export async function callDesk<M extends Method>(page: Page, method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await page.evaluate(
    ([m, i]) =>
      (globalThis as unknown as { desk: { invoke(m: string, i: unknown): Promise<unknown> } }).desk.invoke(
        m,
        i,
      ),
    [method, input] as const,
  );
  const { ok, value, problem } = reply as { ok: boolean; value: Output<M>; problem?: { code: string } };
  if (!ok) throw new Error(`${method}: ${problem?.code}`);
  return value;
}

/**
 * Closes the app as the clerk does and waits for the end of its process: the window goes first, and an app started
 * meanwhile on the same data folder would only find the old one's lock. One that does not end is killed: an error.
 */
async function quit(app: ElectronApplication): Promise<void> {
  const child = app.process();
  const ended = new Promise<void>((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else child.once('exit', () => resolve());
  });
  let stuck = false;
  const timer = setTimeout(() => {
    stuck = true;
    child.kill('SIGKILL');
  }, QUIT_MS);
  await app.close();
  await ended;
  clearTimeout(timer);
  if (stuck) throw new Error(`the app did not quit within ${QUIT_MS} ms`);
}
