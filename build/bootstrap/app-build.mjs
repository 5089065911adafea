// The built app in out/: built again only when something that goes into it changed.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { oneAtATime } from './lock.mjs';
import { root } from './paths.mjs';
import { Failure, timed } from './say.mjs';
import { capture, tool } from './shell.mjs';

const sources = [
  'electron',
  'renderer',
  'shared',
  'db',
  'build/electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const stamp = path.join(root, 'out/.stamp');

export async function appBuild() {
  if (isCurrent()) return;
  const name = `build-${createHash('sha256').update(root).digest('hex').slice(0, 12)}`;
  await oneAtATime(name, async () => {
    if (!isCurrent()) await timed('The desk app, built into out/', build);
  });
}

const isCurrent = () =>
  existsSync(path.join(root, 'out/main/main.js')) &&
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === fingerprint();

async function build() {
  const before = fingerprint();
  const cli = tool('electron-vite', 'bin/electron-vite.js');
  const { code, output } = await capture(process.execPath, [
    cli,
    'build',
    '-c',
    'build/electron.vite.config.ts',
  ]);
  if (code !== 0) throw new Failure(`The desk app does not build:\n${output}`);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, before);
}

function fingerprint() {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(path.join(root, source)))) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(entry) {
  if (!existsSync(entry)) return [];
  if (statSync(entry).isFile()) return [entry];
  const inside = readdirSync(entry, { recursive: true, withFileTypes: true });
  return inside
    .filter((file) => file.isFile())
    .map((file) => path.join(file.parentPath, file.name))
    .sort();
}
