/** Start of the desk app, as a list. Windows, dialogs and security live here; data lives in the data process. */
import path from 'node:path';
import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import type { SyncState } from '../../shared/contract/ipc/sync.ts';
import { problemSentence } from '../../shared/problem.ts';
import type { DataProcessOptions } from '../data-messages.ts';
import { besideOpenApp, headlessTask } from '../headless.ts';
import { logBugs, openLog } from '../log.ts';
import { registerAppScheme, serveApp } from './app-protocol.ts';
import { lockByItself } from './auto-lock.ts';
import { backupCalls } from './backup-calls.ts';
import { courierCalls } from './courier-calls.ts';
import { type DataClient, type Hooks, startDataClient } from './data-client.ts';
import { givenPassword } from './given-password.ts';
import { serveIpc } from './ipc.ts';
import { isNativeWhole } from './native-check.ts';
import { paperCalls } from './print-papers.ts';
import { runHeadless, tell } from './run-headless.ts';
import { saveCalls } from './save-files.ts';
import { pictureOf, scanCalls } from './scan-calls.ts';
import { lockContents, lockSession } from './security.ts';
import { stayAwakeWhile, systemProxy, watchNetwork } from './system-line.ts';
import { unlockCalls } from './unlock-calls.ts';
import { updateCalls } from './update-calls.ts';
import { openWindow } from './window.ts';
import { windowFolder } from './window-folder.ts';

const DEFAULT_CITY = 'http://127.0.0.1:8787';
const { env } = process;
const task = headlessTask(process.argv);
const devUrl = app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null);
const dataFolder = env.SMC_DATA_DIR
  ? path.resolve(env.SMC_DATA_DIR)
  : path.join(app.getPath('appData'), 'so-mot-cua', 'desk');

const log = openLog(dataFolder, (line) => process.stderr.write(`${line}\n`));
logBugs(log, (bug) => {
  if (bug === 'exception') stopWith('INTERNAL', problemSentence('INTERNAL', { where: 'main', ref: '-' }));
});

/** Says it in a box, then ends. On a screen that nobody sees (Xvfb, a service) the box would wait for ever: the words go out as well. */
function stopWith(code: string, sentence: string): void {
  process.stderr.write(`${code}: ${sentence}\n`);
  const box = { type: 'error', title: 'Sổ Một Cửa', message: sentence, detail: code } as const;
  void app.whenReady().then(() => dialog.showMessageBox(box).then(() => app.exit(1)));
}

function dataOptions(): DataProcessOptions {
  const testClock = app.isPackaged ? undefined : env.SMC_NOW;
  return {
    folder: dataFolder,
    migrationsFolder: path.join(app.getAppPath(), 'db', 'migrations'),
    version: app.getVersion(),
    cityUrl: env.SMC_CITY_URL ?? DEFAULT_CITY,
    cityUrlForced: env.SMC_CITY_URL !== undefined,
    demo: env.SMC_DEMO === '1',
    // An AppImage runs from a place that is gone with it: its own file is what can be started again.
    program: [env['APPIMAGE'] ?? process.execPath, ...(app.isPackaged ? [] : [app.getAppPath()])],
    enrolCode: env.SMC_ENROL_CODE ?? null,
    given: givenPassword(process.argv),
    now: testClock === undefined ? null : Date.parse(testClock),
    hardware: (app.isPackaged ? undefined : env.SMC_HARDWARE) ?? null,
    cityCaFile: env.SMC_CITY_CA ? path.resolve(env.SMC_CITY_CA) : null,
    updates: {
      keysFile: app.isPackaged
        ? path.join(import.meta.dirname, 'update-keys.json')
        : (env.SMC_UPDATE_KEYS ?? null),
      folder: `${dataFolder}-updates`,
    },
    scheduled: task === null,
  };
}

/** The data process; `rest` = what is not the same with a window and without one. */
function startData(rest: Pick<Hooks, 'announce' | 'fatal'>): DataClient {
  const stayAwake = stayAwakeWhile();
  return startDataClient(path.join(import.meta.dirname, 'data-process.js'), dataOptions(), {
    fatal: rest.fatal,
    systemProxy,
    announce(name, body) {
      if (name === 'sync-state') stayAwake((body as SyncState).running);
      rest.announce(name, body);
    },
  });
}

async function start(): Promise<void> {
  lockContents();
  lockSession(session.defaultSession, devUrl);
  const data = startData({
    announce: (name, body) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.send('announce', name, body);
    },
    fatal: ({ sentence, code }) => {
      log.write({ ref: 'fatal', code });
      stopWith(code, sentence);
    },
  });
  if (devUrl === null)
    serveApp(path.join(import.meta.dirname, '../renderer'), (place) => pictureOf(data, place));
  serveIpc(
    data,
    {
      ...{ ...saveCalls(data, devUrl), ...paperCalls(data, devUrl) },
      ...{ ...courierCalls(data), ...scanCalls(data), ...backupCalls(data) },
      ...{ ...unlockCalls(data), ...updateCalls(data) },
    },
    devUrl,
  );

  watchNetwork((online) => data.networkChanged(online));
  lockByItself(data);

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
  app.on('second-instance', (_event, argv) => {
    if (headlessTask(argv) === 'sync') {
      void data.call('sync.run', {});
      return;
    }
    if (window.isMinimized()) window.restore();
    window.focus();
  });
}

registerAppScheme();
app.setPath('userData', windowFolder(dataFolder, app.getPath('temp')));
Menu.setApplicationMenu(null);
if (app.isPackaged && !isNativeWhole(path.join(import.meta.dirname, 'native.json'), process.resourcesPath))
  refuse();
else if (!app.requestSingleInstanceLock()) leave();
else
  void app
    .whenReady()
    .then(begin)
    .catch((error: unknown) => {
      log.failed('start', error);
      app.exit(task === null ? 1 : 2);
    });

function begin(): Promise<void> | void {
  if (task === null) return start();
  runHeadless(task, ({ fatal }) => startData({ announce: () => undefined, fatal }));
}

/** A program file was changed after it was packed: nothing of it is run, and no data is opened. */
function refuse(): void {
  const sentence = problemSentence('PROGRAM_ALTERED', {});
  process.stderr.write(`PROGRAM_ALTERED: ${sentence}\n`);
  if (task === null) dialog.showErrorBox('Sổ Một Cửa', sentence);
  app.exit(2);
}

/** The app is open already: it comes to the front, or does by itself what the scheduler asks for. */
function leave(): void {
  const result = task === null ? null : besideOpenApp(task);
  if (result) tell(result);
  app.exit(result?.code ?? 0);
}
