// The Node that runs our TypeScript directly: this one if it is new enough, else Node 24 from the npm registry.
import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { leave } from './at-exit.mjs';
import { oneAtATime } from './lock.mjs';
import { cached, isLinux } from './paths.mjs';
import { Failure, timed } from './say.mjs';
import { keep, npm } from './shell.mjs';

const version = '24.21.0';

export function isNewEnough(running = process.versions.node) {
  const [major, minor] = running.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18);
}

/** Starts the runner again under Node 24 and ends with its exit code. */
export async function startAgainUnderNode24() {
  const node = await node24();
  const args = ['--disable-warning=ExperimentalWarning', ...process.argv.slice(1)];
  // Ctrl+C reaches it directly; it needs time to close a window and a hub in order.
  await leave(await keep(node, args, { grace: 20_000, detached: false }).done);
}

/** Children must find this Node first, also through `npx` and `#!/usr/bin/env node`. */
export function putThisNodeFirst() {
  const folder = path.dirname(process.execPath);
  const rest = (process.env.PATH ?? '').split(path.delimiter);
  if (rest[0] !== folder) process.env.PATH = [folder, ...rest].join(path.delimiter);
}

async function node24() {
  const folder = cached('node24');
  const node = path.join(folder, 'node_modules/node/bin/node');
  if (existsSync(node)) return node;
  if (!isLinux) {
    throw new Failure(
      `This is Node ${process.versions.node}. Install Node 24 (https://nodejs.org) and start again.`,
    );
  }
  await oneAtATime('node24', async () => {
    if (existsSync(node)) return;
    await timed(`Node ${version} from the npm registry (this is Node ${process.versions.node})`, () =>
      fetchNode(folder),
    );
  });
  return node;
}

async function fetchNode(folder) {
  const fresh = mkdtempSync(`${folder}.`);
  await npm(['install', '--silent', '--ignore-scripts=false', '--prefix', fresh, `node@${version}`], {
    cwd: fresh,
  });
  rmSync(folder, { recursive: true, force: true });
  renameSync(fresh, folder);
}
