// Stands in for Electron's default_app, which the registry runtime lacks: `electron [-r FILE] FOLDER` runs that folder's app, FILE first.
// ES module with top-level await on purpose: the app must be loaded before Electron emits `ready`.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';

const { argv } = process;
const first = argv.includes('-r') ? argv[argv.indexOf('-r') + 1] : undefined;
const folder = argv.slice(1).find((a) => !a.startsWith('-') && existsSync(path.join(a, 'package.json')));
if (!folder) {
  console.error('usage: electron APP_FOLDER');
  app.exit(2);
} else {
  const root = path.resolve(folder);
  const pkg = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  app.setAppPath(root);
  app.setName(pkg.productName ?? pkg.name);
  app.setVersion(pkg.version);
  app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
  if (first) createRequire(import.meta.url)(path.resolve(first));
  await import(pathToFileURL(path.join(root, pkg.main ?? 'index.js')).href);
}
