/** What it was measured on: absolute figures mean nothing without it. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { must } from '../../shared/lib/must.ts';

const SYNCS = 200;

/** Appends of 4 kB with an fdatasync each, per second. */
export function fdatasyncRate(folder: string): number {
  const file = path.join(folder, 'fdatasync.bin');
  const block = Buffer.alloc(4096, 1);
  const handle = openSync(file, 'w');
  const start = performance.now();
  for (let i = 0; i < SYNCS; i++) {
    writeSync(handle, block);
    fdatasyncSync(handle);
  }
  const seconds = (performance.now() - start) / 1000;
  closeSync(handle);
  rmSync(file);
  return Math.round(SYNCS / seconds);
}

export function machine(): Record<string, string | number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smc-bench-'));
  try {
    const cpus = os.cpus();
    return {
      cpu: cpus[0]?.model.trim() ?? '?',
      cores: cpus.length,
      memoryGB: Math.round(os.totalmem() / 2 ** 30),
      system: `${os.type()} ${os.release()} ${os.arch()}`,
      load1: Number(must(os.loadavg()[0], 'load').toFixed(2)),
      node: process.versions.node,
      'better-sqlite3': version('better-sqlite3'),
      fastify: version('fastify'),
      pg: version('pg'),
      pglite: version('@electric-sql/pglite'),
      fdatasyncPerSecond: fdatasyncRate(folder),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function version(name: string): string {
  const roots = createRequire(import.meta.url).resolve.paths(name) ?? [];
  for (const root of roots) {
    try {
      const found = JSON.parse(readFileSync(path.join(root, name, 'package.json'), 'utf8')) as {
        version: string;
      };
      return found.version;
    } catch {
      // not in this folder; the next one up is tried
    }
  }
  return '?';
}
