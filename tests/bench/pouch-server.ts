/** express-pouchdb as a program, all in memory: no disk, no signature, no rule. Started by `sync-pouch.ts`. */
import { mkdtempSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { loadPouch, pouchRequire } from './pouch-place.ts';

type Handler = (...args: unknown[]) => unknown;
interface App {
  use(handler: Handler): void;
  listen(port: number, host: string, done: () => void): Server;
}

const load = pouchRequire();
const express = load('express') as () => App;
const handlerFor = load('express-pouchdb') as (pouch: unknown, wish: object) => Handler;
const app = express();
const logPath = path.join(mkdtempSync(path.join(os.tmpdir(), 'smc-bench-pouch-')), 'log.txt');
app.use(
  handlerFor(loadPouch(load).defaults({ adapter: 'memory' }), {
    ...{ mode: 'minimumForPouchDB', inMemoryConfig: true, logPath },
  }),
);
const server = app.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ event: 'listening', url: `http://127.0.0.1:${port}` })}\n`);
});
