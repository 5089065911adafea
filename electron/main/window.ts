/** The windows: the one that people see, and the hidden one that prints. */
import path from 'node:path';
import { BrowserWindow } from 'electron';
import { must } from '../../shared/lib/must.ts';
import { APP_ORIGIN } from './app-protocol.ts';

const webPreferences = {
  preload: path.join(import.meta.dirname, '../preload/preload.cjs'),
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  webSecurity: true,
  spellcheck: false,
} as const;

function pageUrl(devUrl: string | null, hash = ''): string {
  return `${devUrl ?? `${APP_ORIGIN}/index.html`}${hash}`;
}

export async function openWindow(devUrl: string | null, devTools: boolean): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1366,
    height: 768,
    minWidth: 1024,
    minHeight: 600,
    show: false,
    backgroundColor: '#ffffff',
    title: 'Sổ Một Cửa',
    webPreferences: { ...webPreferences, devTools },
  });
  window.once('ready-to-show', () => window.show());
  window.webContents.on('page-title-updated', (event) => event.preventDefault());
  await window.loadURL(pageUrl(devUrl));
  return window;
}

const READY =
  "new Promise((done) => { const look = () => document.body.dataset.ready === '1' ? done(true) : setTimeout(look, 20); look(); })";

/** Prints one page of the app to PDF, A4 landscape: what is previewed is what is printed. */
export async function printPage(devUrl: string | null, hash: string): Promise<Uint8Array> {
  const window = new BrowserWindow({
    show: false,
    width: 1123,
    height: 794,
    webPreferences: { ...webPreferences, devTools: false },
  });
  try {
    await window.loadURL(pageUrl(devUrl, hash));
    must(await window.webContents.executeJavaScript(READY), 'printed page');
    const margins = { top: 0.6, bottom: 0.6, left: 0.6, right: 0.5 };
    return await window.webContents.printToPDF({
      pageSize: 'A4',
      landscape: true,
      printBackground: true,
      generateTaggedPDF: true,
      margins,
    });
  } finally {
    window.destroy();
  }
}
