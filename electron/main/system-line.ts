/** What the operating system knows of the line: whether there is a network, which proxy, and that it must not sleep while sending. */
import { net, powerMonitor, powerSaveBlocker, session } from 'electron';

/** Electron has no event for it in this process; asking costs nothing. */
const LOOK_MS = 3_000;

/** Tells of every change, and again after a sleep. */
export function watchNetwork(changed: (online: boolean) => void): void {
  let known = net.isOnline();
  setInterval(() => {
    const online = net.isOnline();
    if (online !== known) changed(online);
    known = online;
  }, LOOK_MS).unref();
  powerMonitor.on('resume', () => changed(net.isOnline()));
}

/** The window's own session has no way out at all (security.ts), so the system is asked through another one that loads nothing. */
const asked = () => session.fromPartition('line');

/** The proxy for an address as a URL, from "PROXY host:port; DIRECT" and the like; null = straight. */
export async function systemProxy(url: string): Promise<string | null> {
  const [first = 'DIRECT'] = (await asked().resolveProxy(url)).split(';');
  const [kind = '', place] = first.trim().split(' ');
  const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTPS: 'https', SOCKS5: 'socks5' };
  const scheme = schemes[kind];
  return scheme && place ? `${scheme}://${place}` : null;
}

/** A machine that falls asleep half-way sends the rest tomorrow. */
export function stayAwakeWhile(): (busy: boolean) => void {
  let blocker: number | null = null;
  return (busy) => {
    if (busy && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension');
    else if (!busy && blocker !== null) {
      powerSaveBlocker.stop(blocker);
      blocker = null;
    }
  };
}
