// A throw-away PostgreSQL for tests: own data folder, own port, gone afterwards.
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { atExit } from './at-exit.mjs';
import { isRoot } from './paths.mjs';
import { Failure } from './say.mjs';
import { keep, must } from './shell.mjs';
import { needSystem, postgresFolder } from './system-packages.mjs';

/** Starts it; answers { url, stop }. */
export async function throwAwayPostgres() {
  await needSystem('postgres');
  const bin = postgresFolder();
  if (!bin)
    throw new Failure(
      'PostgreSQL is not installed: initdb was not found. Install it, or set SMC_TEST_DATABASE_URL.',
    );
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smc-postgres-'));
  const user = isRoot ? await asPostgres(folder) : {};
  const remove = () => rmSync(folder, { recursive: true, force: true });
  atExit(remove);

  const data = path.join(folder, 'data');
  await must(
    `${bin}/initdb`,
    ['-D', data, '-U', 'smc', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'],
    { cwd: folder, ...user },
  );
  const port = await freePort();
  const server = startServer(`${bin}/postgres`, { data, folder, port, user });
  await ready(data, server);
  const stop = async () => {
    await server.stop();
    remove();
  };
  return { url: `postgres://smc@127.0.0.1:${port}/postgres`, stop };
}

// PostgreSQL refuses to run as root, so it runs as the user its package made.
async function asPostgres(folder) {
  const [uid, gid] = (await must('sh', ['-c', 'id -u postgres && id -g postgres']))
    .trim()
    .split('\n')
    .map(Number);
  chownSync(folder, uid, gid);
  return { uid, gid };
}

function startServer(program, { data, folder, port, user }) {
  // Nothing in it outlives the tests, so it need not survive a power cut.
  const settings = {
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: folder,
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return keep(program, ['-D', data, ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], ...user });
}

// The server itself writes "ready" into its pid file.
async function ready(data, server) {
  let log = '';
  server.child.stderr.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-4000);
  });
  const pidFile = path.join(data, 'postmaster.pid');
  const end = Date.now() + 30_000;
  while (Date.now() < end && server.child.exitCode === null) {
    if (existsSync(pidFile) && /^ready\s*$/m.test(readFileSync(pidFile, 'utf8'))) return;
    await sleep(50);
  }
  throw new Failure(`PostgreSQL did not start:\n${log}`);
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
