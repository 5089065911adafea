/** Shell calls that write a file where the clerk chooses, or the clipboard. No path ever comes from the window. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import electron, { BrowserWindow, clipboard, dialog, type IpcMainInvokeEvent } from 'electron';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import { isProblemCode, Problem } from '../../shared/problem.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { pagePdf } from './window.ts';

type Wanted = Input<'report.make'>;

/** The address of a report in the hidden print window; '-' stands for what is not given. */
const reportPage = ({ report, from, to, treeOn, compare }: Wanted) =>
  `#/print/report/${[report, from ?? '-', to, treeOn ?? '-', compare ? '1' : '0'].map(encodeURIComponent).join('/')}`;

export function saveCalls(
  data: DataClient,
  devUrl: string | null,
): Record<'count.save' | 'target.save' | 'report.save' | 'report.copy' | 'receipt.save', ShellCall> {
  return {
    'count.save': async (input, event) => {
      const { name, bytes } = await ask(data, 'count.file', input as Input<'count.save'>);
      return { saved: (await save(event, name, bytes)) !== null };
    },
    'target.save': async (input, event) => {
      const { name, bytes } = await ask(data, 'target.file', input as Input<'target.save'>);
      return { saved: (await save(event, name, bytes)) !== null };
    },
    'report.save': async (input, event) => {
      const { format, ...wanted } = input as Input<'report.save'>;
      const { name, bytes } =
        format === 'pdf'
          ? { name: reportName(wanted), bytes: await pagePdf(devUrl, reportPage(wanted)) }
          : await ask(data, 'report.file', { ...wanted, format });
      return { saved: (await save(event, name, bytes)) !== null };
    },
    'report.copy': async (input) => {
      const { what, ...wanted } = input as Input<'report.copy'>;
      const { html, text, paragraph } = await ask(data, 'report.clipping', wanted);
      if (what === 'table') await copyTable({ html, text });
      else await clipboard.writeText(paragraph);
      return null;
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

/** The same name as that of the other formats; the definition's id, never a person's name. */
function reportName({ report, from, to }: Wanted): string {
  return `${report}-${from === null ? to : `${from}-${to}`}.pdf`;
}

/** Electron 33 takes one object and has no `ClipboardItem`; later ones take a list of items, as the web does. */
async function copyTable(table: { readonly html: string; readonly text: string }): Promise<void> {
  const { ClipboardItem }: { ClipboardItem?: typeof electron.ClipboardItem } = electron;
  if (ClipboardItem)
    await clipboard.write([new ClipboardItem({ 'text/html': table.html, 'text/plain': table.text })]);
  else (clipboard.write as unknown as (data: typeof table) => void)(table);
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
