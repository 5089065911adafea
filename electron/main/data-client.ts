/** Main's side of the data process: start it, ask it, start it again if it dies. Main holds no data itself. */
import { type UtilityProcess, utilityProcess } from 'electron';
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import { ipc, isMethod, type Reply } from '../../shared/contract/ipc/registry.ts';
import { problemSentence } from '../../shared/problem.ts';
import type { DataProcessOptions, FromData, ToData } from '../data-messages.ts';
import { osLayer } from './os-layer.ts';

export interface DataClient {
  call(method: string, input: unknown): Promise<Reply<unknown>>;
  /** The operating system has a network, or none. */
  networkChanged(online: boolean): void;
  stop(): Promise<void>;
}
export interface Hooks {
  announce(announcement: string, body: unknown): void;
  /** The store cannot be opened, or the process keeps dying. */
  fatal(problem: ProblemValue): void;
  systemProxy(url: string): Promise<string | null>;
}

/** Five deaths within ten minutes are no accident. */
const MOST_RESTARTS = 5;
const RESTART_WINDOW_MS = 10 * 60_000;
const STOP_MS = 5_000;

const details = { where: 'data', ref: 'restart' };
const lost: ProblemValue = { code: 'INTERNAL', sentence: problemSentence('INTERNAL', details), details };

interface Call {
  readonly id: number;
  readonly method: string;
  readonly input: unknown;
  answer(reply: Reply<unknown>): void;
}
const isRead = ({ method }: Call) =>
  isMethod(method) && (ipc[method].kind === 'read' || method === 'account.state');

export function startDataClient(script: string, options: DataProcessOptions, hooks: Hooks): DataClient {
  const open = new Map<number, Call>();
  let child: UtilityProcess;
  let ready = false;
  let stopping = false;
  let deaths: number[] = [];
  let last = 0;

  const post = ({ id, method, input }: Call) => tell({ id, method, input });

  function hear(message: FromData): void {
    if ('ready' in message) {
      ready = true;
      for (const call of open.values()) post(call);
    } else if ('fatal' in message) hooks.fatal(message.fatal);
    else if ('proxyOf' in message) void findProxy(message.proxyOf);
    else if ('os' in message) tell({ osFor: message.os, text: osLayer(message.act, message.text) });
    else if ('announcement' in message) hooks.announce(message.announcement, message.body);
    else {
      open.get(message.id)?.answer(message.reply);
      open.delete(message.id);
    }
  }

  async function findProxy(url: string): Promise<void> {
    const proxy = await hooks.systemProxy(url).catch(() => null);
    tell({ proxyFor: url, proxy });
  }
  const tell = (message: ToData) => child.postMessage(message);

  function start(): void {
    ready = false;
    child = utilityProcess.fork(script, [JSON.stringify(options)], {
      serviceName: 'so-mot-cua-data',
      // Node 20 calls Ed25519 in Web Crypto experimental; it is the same algorithm as in Node 24.
      execArgv: ['--disable-warning=ExperimentalWarning'],
      stdio: 'inherit',
    });
    child.on('message', hear);
    child.on('exit', () => {
      if (stopping) return;
      if (ready) answerLostCalls();
      deaths = [...deaths.filter((at) => at > Date.now() - RESTART_WINDOW_MS), Date.now()];
      if (deaths.length > MOST_RESTARTS) hooks.fatal(lost);
      else {
        start();
        hooks.announce('changed', ['dossier', 'sheet', 'draft', 'sync', 'session', 'account']);
      }
    });
  }

  /** Reads are asked again. A write in flight may or may not be committed: the clerk is told, and a repeat is harmless. */
  function answerLostCalls(): void {
    for (const call of open.values()) {
      if (isRead(call)) continue;
      call.answer({ ok: false, problem: lost });
      open.delete(call.id);
    }
  }
  start();

  return {
    call(method, input) {
      return new Promise((answer) => {
        const call: Call = { id: ++last, method, input, answer };
        open.set(call.id, call);
        if (ready) post(call);
      });
    },
    networkChanged: (online) => tell({ online }),
    stop() {
      stopping = true;
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          child.kill();
          resolve();
        }, STOP_MS);
        child.once('exit', () => {
          clearTimeout(timer);
          resolve();
        });
        tell({ stop: true });
      });
    },
  };
}
