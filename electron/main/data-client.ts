/** Main's side of the data process: start it, ask it, start it again if it dies. Main holds no data itself. */
import { type UtilityProcess, utilityProcess } from 'electron';
import type { ProblemValue } from '../../shared/contract/ipc/common.ts';
import type { Reply } from '../../shared/contract/ipc/registry.ts';
import { problemSentence } from '../../shared/problem.ts';
import type { DataProcessOptions, FromData } from '../data-messages.ts';

export interface DataClient {
  call(method: string, input: unknown): Promise<Reply<unknown>>;
  stop(): Promise<void>;
}
interface Hooks {
  announce(announcement: string, body: unknown): void;
  /** The store cannot be opened, or the process keeps dying. */
  fatal(problem: ProblemValue): void;
}

const MOST_RESTARTS = 5;
const STOP_MS = 5_000;

const lost = (): Reply<unknown> => {
  const details = { where: 'data', ref: 'restart' };
  return {
    ok: false,
    problem: { code: 'INTERNAL', sentence: problemSentence('INTERNAL', details), details },
  };
};

export function startDataClient(script: string, options: DataProcessOptions, hooks: Hooks): DataClient {
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  let unsent: { id: number; method: string; input: unknown }[] = [];
  let child: UtilityProcess;
  let ready = false;
  let stopping = false;
  let restarts = 0;
  let last = 0;

  function hear(message: FromData): void {
    if ('ready' in message) {
      ready = true;
      for (const call of unsent) child.postMessage(call);
      unsent = [];
    } else if ('fatal' in message) hooks.fatal(message.fatal);
    else if ('announcement' in message) hooks.announce(message.announcement, message.body);
    else {
      waiting.get(message.id)?.(message.reply);
      waiting.delete(message.id);
    }
  }

  function start(): void {
    ready = false;
    child = utilityProcess.fork(script, [JSON.stringify(options)], {
      serviceName: 'so-mot-cua-data',
      stdio: 'inherit',
    });
    child.on('message', hear);
    child.on('exit', () => {
      if (stopping) return;
      // A call in flight may or may not have been committed: say "not known", the screen reads again; a repeat is harmless.
      const queued = new Set(unsent.map((c) => c.id));
      for (const [id, answer] of waiting)
        if (!queued.has(id)) {
          answer(lost());
          waiting.delete(id);
        }
      if (++restarts > MOST_RESTARTS) hooks.fatal(failureOf(lost()));
      else {
        start();
        hooks.announce('changed', ['dossier', 'sheet', 'draft', 'sync', 'session']);
      }
    });
  }
  start();

  return {
    call(method, input) {
      const id = ++last;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        if (ready) child.postMessage({ id, method, input });
        else unsent.push({ id, method, input });
      });
    },
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
        child.postMessage({ stop: true });
      });
    },
  };
}

function failureOf(reply: Reply<unknown>): ProblemValue {
  return reply.ok ? { code: 'INTERNAL', sentence: '', details: {} } : reply.problem;
}
