// SQLite for an Electron with Node-API < 10: one binary that loads in Node 20, Node 24 and Electron 33.
// The shipped binary is Node-API 10 and takes an older process down without a JavaScript error.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { nodeApiOf } from './electron-runtime.mjs';
import { oneAtATime } from './lock.mjs';
import { cached, isLinux, root } from './paths.mjs';
import { Failure, timed } from './say.mjs';
import { must } from './shell.mjs';
import { needSystem } from './system-packages.mjs';

const modules = path.join(root, 'node_modules');
const sqlite = path.join(modules, 'better-sqlite3');
const shim = path.join(root, 'build/native/napi9-string-refs.h');
const prebuild = path.join(sqlite, `prebuilds/linux-${process.arch}.node`);
const marker = path.join(sqlite, 'prebuilds/smc-napi8'); // db/open.ts looks for it

/** Puts the binary in place that the Electron, and this Node, can load. */
export async function nativeSqlite(electron) {
  if (Number(process.versions.napi) >= 10 && (await nodeApiOf(electron)) >= 10) return;
  if (!isLinux)
    throw new Failure(
      'This Electron is too old for the shipped SQLite module, and it is only built on Linux.',
    );
  const key = contentKey();
  if (existsSync(marker) && readFileSync(marker, 'utf8') === key) return;
  await oneAtATime('native', async () => {
    const built = cached('native', `${key}.node`);
    if (!existsSync(built)) {
      await needSystem('compiler');
      await timed('SQLite compiled for this Electron (once)', () => compile(built));
    }
    await proveItLoads(electron, built);
    putInPlace(built, key);
  });
}

function contentKey() {
  const inputs = [
    shim,
    import.meta.filename,
    ...['better-sqlite3', 'node-addon-api', 'node-api-headers'].map((name) =>
      path.join(modules, name, 'package.json'),
    ),
  ];
  const hash = createHash('sha256').update(process.arch);
  for (const file of inputs) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}

// Two files and a linker: node-gyp, make and Python are not needed, nor Node's own headers.
async function compile(built) {
  const folder = mkdtempSync(`${built}.`);
  const object = (name) => path.join(folder, name);
  const common = ['-c', '-O1', '-fPIC', '-DNDEBUG', ...sqliteDefines()];
  try {
    await Promise.all([
      must('gcc', [
        ...common,
        '-std=c99',
        '-w',
        '-o',
        object('sqlite3.o'),
        path.join(sqlite, 'deps/sqlite3/sqlite3.c'),
      ]),
      must('g++', [
        ...common,
        ...bindingFlags(),
        '-o',
        object('binding.o'),
        path.join(sqlite, 'src/better_sqlite3.cpp'),
      ]),
    ]);
    const link = ['-shared', '-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL', '-o', object('sqlite.node')];
    await must('g++', [...link, object('binding.o'), object('sqlite3.o'), '-ldl', '-lpthread', '-lm']);
    renameSync(object('sqlite.node'), built);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The package keeps its SQLite options in a gyp file; they are taken from there so that they cannot drift.
function sqliteDefines() {
  const gyp = readFileSync(path.join(sqlite, 'deps/defines.gypi'), 'utf8');
  const defines = [...gyp.matchAll(/'([A-Z][A-Z0-9_]*(?:=[^']*)?)'/g)].map((match) => `-D${match[1]}`);
  if (!defines.includes('-DSQLITE_ENABLE_FTS5'))
    throw new Failure('deps/defines.gypi of better-sqlite3 could not be read.');
  return defines;
}

function bindingFlags() {
  const defines = [
    'NAPI_VERSION=8',
    'BUILDING_NODE_EXTENSION',
    'NODE_GYP_MODULE_NAME=better_sqlite3',
    'NAPI_DISABLE_CPP_EXCEPTIONS',
    'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
  ];
  const includes = ['node-api-headers/include', 'node-addon-api', 'better-sqlite3/deps/sqlite3'];
  return [
    ...['-std=c++20', '-fvisibility=hidden', '-fvisibility-inlines-hidden'],
    ...defines.map((name) => `-D${name}`),
    ...['-include', shim],
    ...includes.map((folder) => `-I${path.join(modules, folder)}`),
  ];
}

async function proveItLoads(electron, built) {
  const script = `const D = require(${JSON.stringify(sqlite)});
    const db = new D(':memory:', { nativeBinding: ${JSON.stringify(built)} });
    db.function('twice', (text) => text + text);
    db.exec('CREATE VIRTUAL TABLE t USING fts5(a)');
    if (db.prepare("SELECT twice('số') AS a").get().a !== 'sốsố') process.exit(3);`;
  await must(process.execPath, ['-e', script]);
  await must(electron, ['-e', script], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
}

// By rename, so that a process that has the old file open keeps it whole.
function putInPlace(built, key) {
  try {
    copyFileSync(built, `${prebuild}.${process.pid}`);
    renameSync(`${prebuild}.${process.pid}`, prebuild);
    writeFileSync(marker, key);
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
    throw new Failure(`${prebuild} cannot be written: run \`npm ci\` as the same user that runs the app.`);
  }
}
