// Rules that no linter has: the file size cap, and names that may appear in one file only.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { rooms } from './rooms.mjs';

const cap = 400;
const code = /\.(ts|tsx|mts|cts|js|mjs|cjs|css|sql)$/;
// Generated data, and texts that are long because the language is.
const uncapped = /^(shared\/catalogue\/data|renderer\/text|db\/migrations|city\/(db\/)?migrations)\//;
const onlyIn = [
  { name: 'ipcMain', pattern: /\bipcMain\b/, file: 'electron/main/ipc.ts' },
  { name: 'ipcRenderer', pattern: /\bipcRenderer\b/, file: 'electron/preload/preload.ts' },
];
const never = [
  { pattern: /\bsendSync\b/, why: 'synchronous IPC freezes the window' },
  { pattern: /@ts-(ignore|nocheck|expect-error)/, why: 'types are fixed, not silenced' },
];

function problems(file, text) {
  const found = [];
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (lines > cap && !uncapped.test(file)) found.push(`${file}: ${lines} lines, the cap is ${cap}`);
  if (!/^(electron|db|shared|renderer|city)\/.*\.tsx?$/.test(file)) return found;
  for (const rule of onlyIn) {
    if (file !== rule.file && rule.pattern.test(text))
      found.push(`${file}: ${rule.name} belongs in ${rule.file} only`);
  }
  for (const rule of never) {
    if (rule.pattern.test(text)) found.push(`${file}: ${rule.pattern.source} — ${rule.why}`);
  }
  return found;
}

function files() {
  const inRoom = (room) =>
    readdirSync(path.join(root, room), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && code.test(entry.name))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
  return rooms().flatMap(inRoom);
}

const found = files().flatMap((file) => problems(file, readFileSync(path.join(root, file), 'utf8')));
for (const problem of found) console.error(problem);
process.exitCode = found.length === 0 ? 0 : 1;
