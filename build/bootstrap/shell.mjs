// Starting other programs: run to the end, capture what they print, or keep one running beside us.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { atExit, isLeaving } from './at-exit.mjs';
import { root } from './paths.mjs';
import { Failure } from './say.mjs';

/** Runs a program on our terminal; answers its exit code. */
export function run(command, args, options = {}) {
  return keep(command, args, { detached: false, ...options }).done;
}

/** Runs one of node's own scripts on our terminal; answers its exit code. */
export function runNode(args, options) {
  return run(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], options);
}

/** Runs a program quietly; answers { code, output } with stdout and stderr in the order they came. */
export async function capture(command, args, options = {}) {
  const { child, done } = keep(command, args, {
    detached: false,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  return { code: await done, output };
}

/** Like capture, but a program that fails is a failure that shows what it printed. */
export async function must(command, args, options = {}) {
  const { code, output } = await capture(command, args, options);
  if (code !== 0)
    throw new Failure(`${command} ${args.join(' ')} ended with ${code}:\n${output.slice(-4000)}`);
  return output;
}

/**
 * Keeps a program running until it ends, stop() is called or we end ourselves. It gets a process group of its
 * own: Ctrl+C in a terminal goes to the whole group, and the display would otherwise be gone before the window.
 */
export function keep(
  command,
  args,
  { grace = 5000, detached = process.platform !== 'win32', ...options } = {},
) {
  if (isLeaving()) throw new Failure(`Stopped before ${path.basename(command)} was started.`);
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', detached, ...options });
  const done = ended(child);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    // SIGTERM goes to the program alone, which closes its own children in order; SIGKILL to all of them.
    child.kill('SIGTERM');
    const timer = setTimeout(() => (detached ? killGroup(child.pid) : child.kill('SIGKILL')), grace);
    await done.catch(() => {});
    clearTimeout(timer);
  };
  done.then(atExit(stop), () => {});
  return { child, done, stop };
}

function killGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // it ended in between
  }
}

function ended(child) {
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new Failure(`${child.spawnfile} cannot be started: ${error.message}`)),
    );
    child.once('close', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]));
  });
}

/** The program's path if it is in PATH or where the system keeps programs. */
export function which(name) {
  const names = process.platform === 'win32' ? [`${name}.exe`, `${name}.cmd`] : [name];
  const folders = [
    ...(process.env.PATH ?? '').split(path.delimiter),
    '/usr/bin',
    '/usr/sbin',
    '/bin',
    '/sbin',
  ];
  return folders
    .flatMap((folder) => names.map((file) => path.join(folder, file)))
    .find((file) => existsSync(file));
}

/** The path of a tool's script inside node_modules. */
export function tool(packageName, file) {
  const script = path.join(root, 'node_modules', packageName, file);
  if (!existsSync(script)) throw new Failure('node_modules is missing or incomplete: run `npm ci` first.');
  return script;
}

/** Runs npm quietly, the same npm that started us where there was one. */
export function npm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli?.endsWith('.js')) return must(process.execPath, [cli, ...args], options);
  return must('npm', args, { shell: process.platform === 'win32', ...options });
}
