// What is inside the package, as CycloneDX 1.6: read from the source maps of the build, so it lists what was really bundled.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { Failure } from '../bootstrap/say.mjs';

const PACKAGE = /^(.*node_modules\/((?:@[^/]+\/)?[^/]+))\//;

export function writeSbom(file, electronVersion) {
  const folders = new Set([path.join(root, 'node_modules/better-sqlite3')]);
  // Only what is packed: out/ also holds what tests leave there.
  const packed = ['main', 'preload', 'renderer'].flatMap((name) => maps(path.join(root, 'out', name)));
  for (const map of packed) {
    const { sources } = JSON.parse(readFileSync(map, 'utf8'));
    for (const source of sources) {
      const folder = PACKAGE.exec(path.resolve(path.dirname(map), source))?.[1];
      if (folder) folders.add(folder);
    }
  }
  const own = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const components = [...folders].map(component);
  // The renderer is built without maps of its own packages' styles; a list without React was read from nothing.
  if (!components.some(({ name }) => name === 'react-dom'))
    throw new Failure('The build left no source maps to read.');
  components.push({
    ...{ type: 'framework', name: 'electron', version: electronVersion },
    purl: `pkg:npm/electron@${electronVersion}`,
  });
  const sbom = {
    ...{ bomFormat: 'CycloneDX', specVersion: '1.6', version: 1 },
    metadata: { component: { type: 'application', name: own.name, version: own.version } },
    components: components.sort((a, b) => (a.purl < b.purl ? -1 : 1)),
  };
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
}

function component(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return {
    ...{ type: 'library', name, version },
    ...(typeof license === 'string' && { licenses: [{ expression: license }] }),
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
  };
}

function maps(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.map'))
    .map((entry) => path.join(entry.parentPath, entry.name));
}
