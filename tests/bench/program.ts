/** A server in its own process, so that the client's time and memory are the client's. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { must } from '../../shared/lib/must.ts';

const root = path.resolve(import.meta.dirname, '../..');
const listening = z.object({
  event: z.literal('listening'),
  url: z.string(),
  enrolCode: z.string().optional(),
});

export interface Program {
  readonly url: string;
  readonly enrolCode: string | undefined;
  stop(): Promise<void>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Waits for the program's line that says where it listens. */
export async function startProgram(
  script: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Program> {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log = (log + text).slice(-2000);
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const orphaned = () => child.kill('SIGKILL');
  process.once('exit', orphaned);
  const line = await Promise.race([
    new Promise<string>((done) => createInterface({ input: child.stdout }).once('line', done)),
    ended.then((code) => Promise.reject(new Error(`${script} ended (${code}) before it listened:\n${log}`))),
  ]);
  const { url, enrolCode } = listening.parse(JSON.parse(must(line, 'line')));
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    await ended;
    process.off('exit', orphaned);
  };
  return { url, enrolCode, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
