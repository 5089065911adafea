/** F36: what may come from outside, by name. A new package is a decision that shows here. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const locked = z
  .object({
    packages: z.record(
      z.string(),
      z.object({
        version: z.string().optional(),
        integrity: z.string().optional(),
        resolved: z.string().optional(),
        hasInstallScript: z.boolean().optional(),
      }),
    ),
  })
  .parse(JSON.parse(read('package-lock.json')));
const packages = Object.entries(locked.packages).filter(([place]) => place !== '');

describe('the lock file', () => {
  test('pins every package by SHA-512', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(
      packages
        .filter(([, one]) => !/^sha512-[A-Za-z0-9+/]{86}==$/.test(one.integrity ?? ''))
        .map(([place]) => place),
    ).toEqual([]);
  });
  test('names no host of its own but the public registry over https', () => {
    const strange = packages.filter(
      ([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'),
    );
    expect(strange.map(([place]) => place)).toEqual([]);
  });
  test('packages that would run something at their installation are known, and may not', () => {
    expect(packages.filter(([, one]) => one.hasInstallScript).map(([place]) => place)).toEqual([
      'node_modules/@swc/core',
      'node_modules/better-sqlite3',
      'node_modules/electron-winstaller',
    ]);
    const settings = read('.npmrc').split('\n');
    for (const line of ['ignore-scripts=true', 'save-exact=true']) expect(settings).toContain(line);
  });
  test('our own list names exact versions only', () => {
    const { dependencies, devDependencies } = z
      .object({
        dependencies: z.record(z.string(), z.string()),
        devDependencies: z.record(z.string(), z.string()),
      })
      .parse(JSON.parse(read('package.json')));
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^(npm:[a-z0-9-]+@)?\d+\.\d+\.\d+$/.test(version),
    );
    expect(loose).toEqual([]);
  });
});

/** Names of packages that the code of these rooms imports. */
function imported(...rooms: readonly string[]): string[] {
  const files = rooms.flatMap((room) =>
    readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(tsx?|css)$/.test(file))
      .map((file) => path.join(room, file)),
  );
  const NAME =
    /(?:\bfrom |^import |\burl\(|\brequire\(|\bimport\()\s*['"]((?:@[a-z0-9-]+\/)?[a-z][a-z0-9.-]*)(?=[/'"])/gm;
  const names = files.flatMap((file) => [...read(file).matchAll(NAME)].map((m) => m[1] ?? ''));
  return [...new Set(names)].filter((name) => name !== 'node').sort();
}

test('the desk app stands on these packages', () => {
  expect(imported('shared', 'db', 'electron', 'renderer')).toEqual([
    '@fontsource/be-vietnam-pro',
    '@fontsource/tinos',
    '@mantine/core',
    '@mantine/notifications',
    '@tanstack/react-query',
    '@tanstack/react-virtual',
    '@zxcvbn-ts/core',
    '@zxcvbn-ts/language-common',
    'age-encryption',
    'better-sqlite3',
    'canonicalize',
    'docx',
    'drizzle-orm',
    'echarts',
    'electron',
    'exceljs',
    'hash-wasm',
    'jose',
    'papaparse',
    'qr',
    'react',
    'react-dom',
    'undici',
    'zod',
    'zustand',
  ]);
});
test('the hub stands on these packages', () => {
  expect(imported('shared', 'city')).toEqual([
    '@electric-sql/pglite',
    'age-encryption',
    'canonicalize',
    'drizzle-orm',
    'fastify',
    'jose',
    'pg',
    'zod',
  ]);
});
