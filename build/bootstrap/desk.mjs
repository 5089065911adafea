// Everything the desk app needs before its window can open.
import { appBuild } from './app-build.mjs';
import { display } from './display.mjs';
import { electronRuntime } from './electron-runtime.mjs';
import { nativeSqlite } from './native-sqlite.mjs';
import { isLinux } from './paths.mjs';
import { needSystem } from './system-packages.mjs';

/**
 * Answers { electron, virtual } and sets ELECTRON_EXEC_PATH and DISPLAY for the programs started next.
 * needs: more names from system-packages.mjs; screen: the size of a virtual screen; built: false leaves out/ alone.
 */
export async function readyDesk({ needs = [], screen, built = true } = {}) {
  const withoutScreen = isLinux && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY;
  await needSystem('window', ...(withoutScreen ? ['display'] : []), ...needs);
  const [electron] = await Promise.all([runtime(), built ? appBuild() : undefined]);
  const virtual = await display(screen);
  process.env.ELECTRON_EXEC_PATH = electron;
  return { electron, virtual };
}

/** Answers an Electron whose SQLite module is in place. */
export async function runtime() {
  const electron = await electronRuntime();
  await nativeSqlite(electron);
  return electron;
}
