/** The log for an office's IT helper: one line of JSON an event, UTC, in `logs/desk.log` beside the data; no personal data (log-fields.ts). */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { errorFields, type LogFields, logFields } from '../shared/lib/log-fields.ts';

const MAX_BYTES = 5 * 1024 * 1024;
const KEPT = 10;

export interface Log {
  write(fields: LogFields): void;
  /** An unexpected failure, by its kind and place. */
  failed(ref: string, error: unknown): void;
}

/** `folder`: the data folder. `echo`: each line as well, without its end. */
export function openLog(folder: string, echo: (line: string) => void): Log {
  const logs = path.join(folder, 'logs');
  const file = path.join(logs, 'desk.log');
  function write(fields: LogFields): void {
    const line = JSON.stringify({ time: new Date().toISOString(), ...logFields(fields) });
    echo(line);
    try {
      mkdirSync(logs, { recursive: true, mode: 0o700 });
      rotate(file);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A full or locked disk must not stop the desk; the line was echoed.
    }
  }
  return { write, failed: (ref, error) => write({ ref, ...errorFields(error) }) };
}

/** desk.log, desk.1.log (newest) ... desk.9.log; what is older goes. */
function rotate(file: string): void {
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) < MAX_BYTES) return;
  const nth = (n: number) => (n === 0 ? file : file.replace(/\.log$/, `.${n}.log`));
  for (let n = KEPT - 1; n > 0; n--)
    if (statSync(nth(n - 1), { throwIfNoEntry: false })) renameSync(nth(n - 1), nth(n));
}

/** Node's own words about a bug would quote its message. `end`: what follows; a rejection that nobody heard need not end main. */
export function logBugs(log: Log, end: (bug: 'exception' | 'rejection') => void): void {
  const heard = (bug: 'exception' | 'rejection') => (error: unknown) => {
    log.failed(bug, error);
    end(bug);
  };
  process.on('uncaughtException', heard('exception'));
  process.on('unhandledRejection', heard('rejection'));
}
