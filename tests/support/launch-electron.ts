/** Starts an app in the real Electron, held by Playwright from its first line on. */
import path from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';

const LAUNCH_MS = 60_000;

/**
 * `args` end with the app's folder. Without `executablePath` Playwright preloads its own module, so that no window opens
 * before it listens: else it now and then waits for ever for a window that stood just then without a page (playwright#29386).
 */
export function launchElectron(
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
): Promise<ElectronApplication> {
  const executable = process.env.ELECTRON_EXEC_PATH;
  if (!executable) throw new Error('ELECTRON_EXEC_PATH is not set: run this through npm run');
  process.env.ELECTRON_OVERRIDE_DIST_PATH = path.dirname(executable);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return _electron.launch({
    args: [...asRoot, '--force-device-scale-factor=1', ...args],
    ...(env && { env }),
    timeout: LAUNCH_MS,
  });
}
