/** PouchDB and express-pouchdb in a folder of their own, installed at the first use from the lock file in `tests/bench/pouch`. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const SOURCE = path.join(import.meta.dirname, 'pouch');
const FILES = ['package.json', 'package-lock.json', '.npmrc'];

/** What is used of a database of PouchDB. */
interface PouchBase {
  bulkDocs(docs: readonly object[]): Promise<readonly { readonly ok?: boolean }[]>;
  info(): Promise<{ readonly doc_count: number }>;
  allDocs(wish: {
    readonly include_docs: true;
  }): Promise<{ readonly rows: readonly { readonly doc: unknown }[] }>;
  destroy(): Promise<unknown>;
  readonly replicate: { to(url: string): Promise<{ readonly ok: boolean; readonly docs_written: number }> };
}
interface Pouch {
  new (name: string, wish?: { readonly adapter: string }): PouchBase;
  plugin(plugin: unknown): Pouch;
  defaults(wish: { readonly adapter: string }): Pouch;
}

/** Requires as a module of that folder would. */
export function pouchRequire(): NodeJS.Require {
  const lock = readFileSync(path.join(SOURCE, 'package-lock.json'));
  const name = `pouch-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`;
  const place = path.join(os.homedir(), '.cache/so-mot-cua', name);
  if (!existsSync(path.join(place, 'node_modules/pouchdb-core'))) {
    mkdirSync(place, { recursive: true });
    for (const file of FILES) cpSync(path.join(SOURCE, file), path.join(place, file));
    execFileSync('npm', ['ci'], { cwd: place, stdio: ['ignore', 'ignore', 'inherit'] });
  }
  return createRequire(path.join(place, 'package.json'));
}

export function loadPouch(load: NodeJS.Require): Pouch {
  const plugins = ['adapter-memory', 'adapter-http', 'replication', 'mapreduce'];
  return plugins.reduce(
    (pouch, name) => pouch.plugin(load(`pouchdb-${name}`)),
    load('pouchdb-core') as Pouch,
  );
}
