/** Shell calls that write a file where the clerk chooses. No path ever comes from the window. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BrowserWindow, dialog, type IpcMainInvokeEvent } from 'electron';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import { isProblemCode, Problem } from '../../shared/problem.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { printPage } from './window.ts';

export function saveCalls(
  data: DataClient,
  devUrl: string | null,
): Record<'annex.save' | 'receipt.save', ShellCall> {
  return {
    'annex.save': async (input, event) => {
      const { asOf, format } = input as Input<'annex.save'>;
      const name = `ngoai-nganh-${asOf}.${format}`;
      const bytes =
        format === 'pdf'
          ? await printPage(devUrl, `#/print/annex/${asOf}`)
          : (await ask(data, 'annex.file', { asOf, format })).bytes;
      return { saved: (await save(event, name, bytes)) !== null };
    },
    'receipt.save': async (input, event) => {
      const { id } = input as Input<'receipt.save'>;
      const receipt = await ask(data, 'receipt.get', { id });
      const file = await save(event, `bien-nhan-${receipt.row.short}.jws`, receipt.jws);
      // Beside the receipt, so that anybody can check it without this machine.
      if (file !== null)
        await writeFile(path.join(path.dirname(file), 'city-receipt-key.json'), `${receipt.publicKey}\n`);
      return { saved: file !== null };
    },
  };
}

export async function ask<M extends Method>(
  data: DataClient,
  method: M,
  input: Input<M>,
): Promise<Output<M>> {
  const reply = await data.call(method, input);
  if (reply.ok) return reply.value as Output<M>;
  const { code, details } = reply.problem;
  throw new Problem(isProblemCode(code) ? code : 'INTERNAL', details);
}

export async function save(
  event: IpcMainInvokeEvent,
  name: string,
  content: Uint8Array | string,
): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(event.sender);
  const options = { defaultPath: name };
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  if (canceled || !filePath) return null;
  await writeFile(filePath, content);
  return filePath;
}
