/** A process that takes an update in piece by piece, from a file, and ends with SIGKILL before its n-th piece, n given; 0 = never. */
import { createReadStream } from 'node:fs';
import { openUpdateFolder } from '../../../electron/update/update-folder.ts';
import type { Installer } from '../../../shared/domain/update.ts';

const [folder = '', source = '', version = '', given = '', killAt = '0'] = process.argv.slice(2);
const installer = JSON.parse(given) as Installer;
const waiting = openUpdateFolder(folder, 0);
let pieces = 0;
async function* counted(from: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of from) {
    if (++pieces === Number(killAt)) process.kill(process.pid, 'SIGKILL');
    yield piece;
  }
}
const start = waiting.received(version, installer);
await waiting.add(version, installer, counted(createReadStream(source, { start })));
await waiting.finish(version, installer);
