/** Shell calls that write a file where the clerk chooses, or the clipboard. No path ever comes from the window. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import electron, { BrowserWindow, clipboard, dialog, type IpcMainInvokeEvent } from 'electron';
import type { SavedFile } from '../../shared/contract/ipc/export.ts';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReportSource } from '../../shared/contract/ipc/report.ts';
import { isProblemCode, Problem } from '../../shared/problem.ts';
import type { DataClient } from './data-client.ts';
import type { ShellCall } from './ipc.ts';
import { pagePdf, printOut } from './window.ts';

/** The address of a report in the hidden print window; '-' stands for what is not given. */
function reportPage(source: ReportSource): string {
  if ('frozen' in source) return `#/print/kept/${source.frozen}`;
  const { report, from, to, treeOn, compare } = source;
  const parts = [report, from ?? '-', to, treeOn ?? '-', compare ? '1' : '0'];
  return `#/print/report/${parts.map(encodeURIComponent).join('/')}`;
}

export function saveCalls(
  data: DataClient,
  devUrl: string | null,
): Record<
  | 'access.save'
  | 'count.save'
  | 'target.save'
  | 'report.save'
  | 'report.paper'
  | 'report.copy'
  | 'receipt.save',
  ShellCall
> {
  return {
    'access.save': async (input, event) => {
      const { filter, guard } = input as Input<'access.save'>;
      const format = guard.way === 'password' ? 'xlsx' : 'csv';
      const { name, bytes } = await ask(data, 'access.file', { filter, format });
      const about = `${filter.from ?? ''} ${filter.to ?? ''}`.trim();
      return saveGuarded(data, event, { name, bytes, guard, what: 'access', about, owner: null });
    },
    'count.save': async (input, event) => {
      const { name, bytes } = await ask(data, 'count.file', input as Input<'count.save'>);
      return { saved: (await save(event, name, bytes)) !== null };
    },
    'target.save': async (input, event) => {
      const { name, bytes } = await ask(data, 'target.file', input as Input<'target.save'>);
      return { saved: (await save(event, name, bytes)) !== null };
    },
    'report.save': async (input, event) => {
      const { source, format } = input as Input<'report.save'>;
      const { name, bytes } =
        format === 'pdf'
          ? { name: await pdfName(data, source), bytes: await pagePdf(devUrl, reportPage(source)) }
          : await ask(data, 'report.file', { source, format });
      const saved = (await save(event, name, bytes)) !== null;
      // The other formats are noted where their bytes are made.
      if (saved && format === 'pdf') await logReport(data, source, 'pdf');
      return { saved };
    },
    'report.paper': async (input): Promise<Output<'report.paper'>> => {
      const { source } = input as Input<'report.paper'>;
      const done = await printOut(devUrl, reportPage(source), 'A4');
      if (done) await logReport(data, source, 'print');
      return { done };
    },
    'report.copy': async (input) => {
      const { source, what } = input as Input<'report.copy'>;
      const { html, text, paragraph } = await ask(data, 'report.clipping', { source });
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

const logReport = (data: DataClient, source: ReportSource, way: 'print' | 'pdf') =>
  ask(data, 'paper.log', {
    paper: 'report',
    about: 'frozen' in source ? source.frozen : `${source.report} ${source.from ?? ''} ${source.to}`,
    way,
  });

/** The same name as that of the other formats; the definition's id, never a person's name. */
async function pdfName(data: DataClient, source: ReportSource): Promise<string> {
  const name = (report: string, from: string | null, to: string) =>
    `${report}-${from === null ? to : `${from}-${to}`}`;
  if (!('frozen' in source)) return `${name(source.report, source.from, source.to)}.pdf`;
  const { id, made } = await ask(data, 'report.kept', source);
  return `${name(id, made.from, made.to)}-da-chot.pdf`;
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

interface GuardedFile extends Input<'export.log'> {
  /** As it is proposed without a password. */
  readonly name: string;
  readonly bytes: Uint8Array;
  /** How it is called inside a ZIP, where anybody can read it; the name itself where that is none of a person. */
  readonly inside?: string;
}

/** A file with personal data: under a password that is answered once, or in plain with its reason. */
export async function saveGuarded(
  data: DataClient,
  event: IpcMainInvokeEvent,
  { name, bytes, inside = name, ...about }: GuardedFile,
): Promise<SavedFile> {
  const { sealedName, sealFile } = await import('../files/seal-file.ts');
  const isSealed = about.guard.way === 'password';
  const place = await choosePlace(event, isSealed ? sealedName(name) : name);
  if (place === null) return { saved: false, password: null };
  // Before the file: none lies outside that the log does not know of.
  await ask(data, 'export.log', about);
  const sealed = isSealed ? await sealFile(bytes, inside) : { bytes, password: null };
  await writeFile(place, sealed.bytes);
  return { saved: true, password: sealed.password };
}

/** A file without personal data. */
export async function save(
  event: IpcMainInvokeEvent,
  name: string,
  content: Uint8Array | string,
): Promise<string | null> {
  const place = await choosePlace(event, name);
  if (place !== null) await writeFile(place, content);
  return place;
}

async function choosePlace(event: IpcMainInvokeEvent, name: string): Promise<string | null> {
  const window = BrowserWindow.fromWebContents(event.sender);
  const options = { defaultPath: name };
  const { canceled, filePath } = window
    ? await dialog.showSaveDialog(window, options)
    : await dialog.showSaveDialog(options);
  return canceled || !filePath ? null : filePath;
}
