/** Start of the desk app, as a list. Windows, dialogs and security live here; data lives in the data process. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import type { DataProcessOptions } from '../data-messages.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { startDataClient } from './data-client.ts';
import { courierCalls } from './courier-calls.ts';
import { serveIpc } from './ipc.ts';
import { paperCalls } from './print-papers.ts';
import { saveCalls } from './save-files.ts';
import { lockContents, lockSession } from './security.ts';
import { openWindow } from './window.ts';

const DEFAULT_CITY = 'http://127.0.0.1:8787';
const { env } = process;
const devUrl = app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null);
const dataFolder = env.SMC_DATA_DIR
  ? path.resolve(env.SMC_DATA_DIR)
  : path.join(app.getPath('appData'), 'so-mot-cua', 'desk');

function dataOptions(): DataProcessOptions {
  const testClock = app.isPackaged ? undefined : env.SMC_NOW;
  return {
    folder: dataFolder,
    migrationsFolder: path.join(app.getAppPath(), 'db', 'migrations'),
    version: app.getVersion(),
    cityUrl: env.SMC_CITY_URL ?? DEFAULT_CITY,
    cityUrlForced: env.SMC_CITY_URL !== undefined,
    demo: env.SMC_DEMO === '1',
    enrolCode: env.SMC_ENROL_CODE ?? null,
    now: testClock === undefined ? null : Date.parse(testClock),
  };
}

async function start(): Promise<void> {
  lockContents();
  lockSession(session.defaultSession, devUrl);
  if (devUrl === null) serveApp(path.join(import.meta.dirname, '../renderer'));
  const data = startDataClient(path.join(import.meta.dirname, 'data-process.js'), dataOptions(), {
    announce: (name, body) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('announce', name, body);
    },
    fatal: ({ sentence, code }) => {
      // On a screen that nobody sees (Xvfb, a service) the box would wait for ever: the words go to the log as well.
      process.stderr.write(`${code}: ${sentence}
`);
      void dialog
        .showMessageBox({ type: 'error', title: 'Sổ Một Cửa', message: sentence, detail: code })
        .then(() => app.exit(1));
    },
  });
  serveIpc(data, { ...saveCalls(data, devUrl), ...paperCalls(data, devUrl), ...courierCalls(data) }, devUrl);

  let stopped = false;
  app.on('will-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void data.stop().then(() => {
      stopped = true;
      app.quit();
    });
  });
  app.on('window-all-closed', () => app.quit());
  const window = await openWindow(devUrl, !app.isPackaged);
  app.on('second-instance', () => {
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

registerAppScheme();
mkdirSync(dataFolder, { recursive: true, mode: 0o700 });
app.setPath('userData', path.join(dataFolder, 'window'));
Menu.setApplicationMenu(null);
if (!app.requestSingleInstanceLock()) app.exit(0);
else
  void app
    .whenReady()
    .then(start)
    .catch((error: unknown) => {
      process.stderr.write(
        `start failed: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}\n`,
      );
      app.exit(1);
    });
