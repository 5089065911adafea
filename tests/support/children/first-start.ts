/**
 * A process that opens a desk's store as the first start of a version does. It kills itself (SIGKILL) right before its n-th touch of the
 * disk, n given; 0 = never. At its end it says how many there were.
 */
import fs from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';

const [folder = '', migrationsFolder = '', given = '0'] = process.argv.slice(2);
const killAt = Number(given);
let touches = 0;

function counted(holder: object, names: readonly string[]): void {
  const methods = holder as Record<string, (...args: unknown[]) => unknown>;
  for (const name of names) {
    const plain = methods[name];
    if (!plain) throw new Error(`there is no ${name}`);
    methods[name] = function (this: unknown, ...args: unknown[]) {
      if (++touches === killAt) process.kill(process.pid, 'SIGKILL');
      return plain.apply(this, args);
    };
  }
}
counted(fs, [
  'openSync',
  'writeSync',
  'fsyncSync',
  'renameSync',
  'rmSync',
  'mkdirSync',
  'copyFileSync',
  'chmodSync',
]);
syncBuiltinESMExports();
const driver = createRequire(import.meta.url)('better-sqlite3') as { prototype: object };
counted(driver.prototype, ['exec', 'pragma']);

const { randomIds, startDesk, systemClock } = await import('../../../electron/data/start-desk.ts');
fs.writeSync(1, 'begin\n');
touches = 0;
const began = performance.now();
const desk = startDesk({
  folder,
  migrationsFolder,
  version: '0.0.0-test',
  ...{ cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: ['so-mot-cua'] },
  clock: systemClock(),
  ids: randomIds,
  announce: () => undefined,
  report: (_ref, error) => fs.writeSync(2, `${String(error)}\n`),
});
const [opened, ms] = [touches, Math.ceil(performance.now() - began)];
await desk.close();
fs.writeSync(1, `touches ${opened} in ${ms} ms\n`);
