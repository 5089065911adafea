/** The windows: the one that people see, and the hidden one that prints. */
import path from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, type WebContents } from 'electron';
import { must } from '../../shared/lib/must.ts';
import { fail } from '../../shared/problem.ts';
import { type PaperSize, SLIP_PDF } from '../../shared/slip/paper-size.ts';
import { APP_ORIGIN } from './app-protocol.ts';

function newWindow(options: BrowserWindowConstructorOptions, devTools: boolean): BrowserWindow {
  return new BrowserWindow({
    ...options,
    webPreferences: {
      preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false,
      devTools,
    },
  });
}

function pageUrl(devUrl: string | null, hash = ''): string {
  return `${devUrl ?? `${APP_ORIGIN}/index.html`}${hash}`;
}

export async function openWindow(devUrl: string | null, devTools: boolean): Promise<BrowserWindow> {
  const options = {
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 600,
    show: false,
    backgroundColor: '#ffffff',
    title: 'Sổ Một Cửa',
  };
  const window = newWindow(options, devTools);
  window.once('ready-to-show', () => window.show());
  window.webContents.on('page-title-updated', (event) => event.preventDefault());
  await window.loadURL(pageUrl(devUrl));
  return window;
}

const READY =
  "new Promise((done) => { const look = () => document.body.dataset.ready === '1' ? done(true) : setTimeout(look, 20); look(); })";

/** Opens one page of the app where nobody sees it, and closes it after `work`. */
async function withPage<T>(
  devUrl: string | null,
  hash: string,
  work: (contents: WebContents) => Promise<T>,
): Promise<T> {
  const window = newWindow({ show: false, width: 1123, height: 794 }, false);
  try {
    await window.loadURL(pageUrl(devUrl, hash));
    must(await window.webContents.executeJavaScript(READY), 'printed page');
    return await work(window.webContents);
  } finally {
    window.destroy();
  }
}

/** Pages that the paper was laid out on; a paper that could not be made is never written, and never called printed. */
const PAGES = "Number(document.body.dataset.pages ?? '0')";
async function requirePages(contents: WebContents): Promise<void> {
  if (!((await contents.executeJavaScript(PAGES)) > 0)) fail('PAPER_FAILED');
}

/** A paper or a report as PDF: the page itself says its sheet (`@page`) and keeps its own margins. */
export function pagePdf(devUrl: string | null, hash: string): Promise<Uint8Array> {
  return withPage(devUrl, hash, async (contents) => {
    await requirePages(contents);
    return contents.printToPDF(SLIP_PDF);
  });
}

/** The same page to a printer that the clerk chooses; false where the dialog was closed without printing. */
export function printOut(devUrl: string | null, hash: string, pageSize: PaperSize): Promise<boolean> {
  return withPage(devUrl, hash, async (contents) => {
    await requirePages(contents);
    return new Promise<boolean>((done) => {
      // No margins are said here: those of the page (`@page`) count.
      const options = { silent: false, printBackground: true, pageSize } as const;
      contents.print(options, (printed) => done(printed));
    });
  });
}
