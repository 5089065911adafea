/** The one door between the window and the rest: an allow-listed invoke and subscribe, nothing else. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Bridge } from '../../shared/contract/ipc/registry.ts';

// Names only: main and the data process parse every input again, this list merely keeps strangers out early.
const ANNOUNCEMENTS = new Set(['changed', 'sync-state', 'import-progress', 'fetch-progress', 'lock-asked']);

const bridge: Bridge = {
  invoke: (method, input) => ipcRenderer.invoke('call', method, input),
  subscribe(announcement, listener) {
    if (!ANNOUNCEMENTS.has(announcement)) throw new Error('unknown announcement');
    const heard = (_event: unknown, name: unknown, body: unknown) => {
      if (name === announcement) listener(body);
    };
    ipcRenderer.on('announce', heard);
    return () => ipcRenderer.removeListener('announce', heard);
  },
};
contextBridge.exposeInMainWorld('desk', bridge);
