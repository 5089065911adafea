// Debian packages the desk needs to run and to be tested. Looking costs nothing when they are there.
import { existsSync, readdirSync } from 'node:fs';
import { oneAtATime } from './lock.mjs';
import { isLinux, isRoot } from './paths.mjs';
import { Failure, timed } from './say.mjs';
import { must, which } from './shell.mjs';

const libraryFolders = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/lib64',
];
const library = (file) => () => libraryFolders.some((folder) => existsSync(`${folder}/${file}`));
const program =
  (...names) =>
  () =>
    names.some((name) => which(name));

// Newer Debian and Ubuntu name some libraries with t64 at the end; the first name that apt knows is taken.
const needs = {
  window: [
    { present: library('libgtk-3.so.0'), packages: ['libgtk-3-0t64', 'libgtk-3-0'] },
    { present: library('libnss3.so'), packages: ['libnss3'] },
    { present: library('libasound.so.2'), packages: ['libasound2t64', 'libasound2'] },
    { present: library('libgbm.so.1'), packages: ['libgbm1'] },
  ],
  display: [{ present: program('Xvfb'), packages: ['xvfb'] }],
  unpack: [{ present: program('7za', '7z', '7zz'), packages: ['p7zip-full', '7zip'] }],
  compiler: [{ present: program('g++'), packages: ['g++'] }],
  pdf: [{ present: program('pdftoppm'), packages: ['poppler-utils'] }],
  postgres: [{ present: () => postgresFolder() !== undefined, packages: ['postgresql'] }],
};

/** Makes sure that the named needs are met; installs what is missing where that is possible. */
export async function needSystem(...names) {
  if (!isLinux || missing(names).length === 0) return;
  if (!which('apt-get')) {
    throw new Failure(
      `Missing on this machine (Debian names): ${preferred(missing(names))}. Install them and start again.`,
    );
  }
  if (!isRoot) {
    throw new Failure(
      `System packages are missing. Run this once, then start again:\n  sudo apt-get update && sudo apt-get install -y ${preferred(missing(names))}`,
    );
  }
  await oneAtATime('apt', async () => {
    if (missing(names).length === 0) return;
    await timed('System packages by apt-get', () => install(missing(names)));
    if (missing(names).length > 0) {
      throw new Failure(`apt-get reported success, yet this is still missing: ${preferred(missing(names))}`);
    }
  });
}

/** The newest PostgreSQL's folder of programs. */
export function postgresFolder() {
  const base = '/usr/lib/postgresql';
  const versions = existsSync(base) ? readdirSync(base).sort((a, b) => Number(b) - Number(a)) : [];
  const debian = versions
    .map((version) => `${base}/${version}/bin`)
    .find((bin) => existsSync(`${bin}/initdb`));
  return debian ?? which('initdb')?.replace(/\/initdb$/, '');
}

const missing = (names) => names.flatMap((name) => needs[name]).filter((need) => !need.present());

// Debian 12 and older still have the plain names, and those names are the ones people know.
const preferred = (list) =>
  list.map((need) => need.packages.at(need.packages[0].endsWith('t64') ? 1 : 0)).join(' ');

async function install(list) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await must('apt-get', ['-qq', '-o', 'DPkg::Lock::Timeout=300', 'update'], { env });
  const names = [];
  for (const need of list) names.push(await firstKnown(need.packages));
  await must(
    'apt-get',
    ['-qq', '-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', ...names],
    { env },
  );
}

async function firstKnown(packages) {
  for (const name of packages.slice(0, -1)) {
    const policy = await must('apt-cache', ['policy', name]);
    if (/Candidate: (?!\(none\))/.test(policy)) return name;
  }
  return packages.at(-1);
}
