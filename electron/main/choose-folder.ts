/** Asks a person for a folder. */
import { BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron';

export async function chooseFolder({ sender }: IpcMainInvokeEvent, title: string): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(sender);
  const options = { title, properties: ['openDirectory'] as 'openDirectory'[] };
  const { canceled, filePaths } = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}
