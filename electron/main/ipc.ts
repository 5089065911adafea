/** The only `ipcMain`: who asks, what is asked, and the answer as a value. Data calls are passed on, shell calls answered here. */
import { type IpcMainInvokeEvent, ipcMain } from 'electron';
import { ipc, isMethod, type MethodOf, type Reply } from '../../shared/contract/ipc/registry.ts';
import { Problem, type ProblemCode, problemSentence } from '../../shared/problem.ts';
import { callPace, isWithinBounds } from '../call-bounds.ts';
import { APP_ORIGIN } from './app-protocol.ts';
import type { DataClient } from './data-client.ts';

export type ShellCall = (input: unknown, event: IpcMainInvokeEvent) => Promise<unknown>;

export function serveIpc(
  data: DataClient,
  shell: Readonly<Record<MethodOf<'shell'>, ShellCall>>,
  devUrl: string | null,
): void {
  const mayCall = callPace(() => performance.now());
  ipcMain.handle('call', async (event, method: unknown, input: unknown): Promise<Reply<unknown>> => {
    if (!isTrusted(event, devUrl)) return refused('FORBIDDEN', { role: '?', verb: '?' });
    if (!mayCall(event.sender.id)) return refused('CALLS_TOO_MANY', {});
    if (!isMethod(method)) return refused('INPUT_INVALID', { where: '?', detail: '?' });
    if (!isWithinBounds(input)) return refused('INPUT_INVALID', { where: method, detail: '?' });
    if (ipc[method].kind === 'inner' || ipc[method].kind === 'inner-gate')
      return refused('FORBIDDEN', { role: '?', verb: method });
    if (ipc[method].kind !== 'shell') return data.call(method, input);
    const may = atGate.includes(method) ? null : await data.call('session.may', { call: method });
    if (may?.ok === false) return may;
    const parsed = ipc[method].input.safeParse(input);
    if (!parsed.success)
      return refused('INPUT_INVALID', {
        where: method,
        detail: parsed.error.issues[0]?.path.join('.') ?? '',
      });
    try {
      return {
        ok: true,
        value: ipc[method].output.parse(await shell[method as MethodOf<'shell'>](parsed.data, event)),
      };
    } catch (error) {
      return error instanceof Problem
        ? refused(error.code, error.details)
        : refused('INTERNAL', { where: method, ref: 'shell' });
    }
  });
}

/** Asked before anybody has signed in. */
const atGate: readonly string[] = ['account.ask-city', 'account.hear-city'];

/** Only the main frame of our own page may call. */
function isTrusted({ senderFrame }: IpcMainInvokeEvent, devUrl: string | null): boolean {
  if (!senderFrame || senderFrame.parent !== null) return false;
  return (
    senderFrame.url.startsWith(`${APP_ORIGIN}/`) || (devUrl !== null && senderFrame.url.startsWith(devUrl))
  );
}

function refused(code: ProblemCode, details: Problem['details']): Reply<never> {
  return { ok: false, problem: { code, sentence: problemSentence(code, details), details: { ...details } } };
}
