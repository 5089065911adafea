/** Scans as the shell handles them: chosen by a dialog, saved where the clerk says, and read for the window's own protocol. */
import path from 'node:path';
import { BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { ask, saveGuarded } from './save-files.ts';

export function scanCalls(data: DataClient): Record<'file.choose' | 'file.save', ShellCall> {
  return {
    'file.choose': async (_input, event) => {
      const place = await chooseFile(event);
      return place === null ? null : ask(data, 'file.keep', { place });
    },
    'file.save': async (input, event) => {
      const { guard, ...scan } = input as Input<'file.save'>;
      const { name, bytes } = await ask(data, 'file.read', scan);
      const about = scan.sha256.slice(0, 12);
      const file = await saveGuarded(data, event, {
        ...{ name, bytes, guard, what: 'scan', about, owner: scan.id },
        inside: `ban-quet-${about}${path.extname(name)}`,
      });
      if (file.saved) await ask(data, 'file.log', scan);
      return file;
    },
  };
}

async function chooseFile({ sender }: IpcMainInvokeEvent): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(sender);
  const options = {
    title: 'Chọn tệp quét để đính kèm',
    properties: ['openFile'] as 'openFile'[],
    filters: [{ name: 'Ảnh JPG, PNG hoặc PDF', extensions: ['jpg', 'jpeg', 'png', 'pdf'] }],
  };
  const { canceled, filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}

/** A picture of a dossier for the window; null where there is none that it may show. */
export async function pictureOf(data: DataClient, path: string) {
  const [, id, sha256] = /^\/scan\/([^/]{1,400})\/([0-9a-f]{64})$/.exec(path) ?? [];
  if (!id || !sha256) return null;
  const { type, bytes } = await ask(data, 'file.read', { id: decodeURIComponent(id), sha256 });
  return type === 'application/pdf' ? null : { type, bytes };
}
