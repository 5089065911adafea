/** Locks the desk when nobody touches the machine, when the operating system locks or goes to sleep. */
import { BrowserWindow, powerMonitor } from 'electron';
import { type AccountState, accountState } from '../../shared/contract/ipc/account.ts';
import type { DataClient } from './data-client.ts';

const LOOK_MS = 5_000;
/** Below the shortest choice there is nothing to ask. */
const IDLE_S = 60;
/** The window gets this long to save what is typed. */
const SAVE_MS = 1_500;

export function lockByItself(data: DataClient): void {
  async function state(): Promise<AccountState | null> {
    const reply = await data.call('account.state', {});
    return reply.ok ? accountState.parse(reply.value) : null;
  }
  function lock({ turn }: AccountState): void {
    for (const window of BrowserWindow.getAllWindows())
      window.webContents.send('announce', 'lock-asked', null);
    // Whether or not the window did; but not whoever came back meanwhile.
    setTimeout(() => void data.call('account.lock', { turn }), SAVE_MS);
  }
  async function lockIf(isTime: (state: AccountState) => boolean): Promise<void> {
    const now = await state();
    if (now?.phase === 'open' && isTime(now)) lock(now);
  }
  powerMonitor.on('lock-screen', () => void lockIf(() => true));
  powerMonitor.on('suspend', () => void lockIf(() => true));
  setInterval(() => {
    const idleS = powerMonitor.getSystemIdleTime();
    if (idleS >= IDLE_S) void lockIf(({ idleMinutes }) => idleS >= idleMinutes * 60);
  }, LOOK_MS);
}
