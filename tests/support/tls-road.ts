/** A road to the hub as a city has it: TLS with certificates of its own authority, and an HTTP proxy of the office before it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

export const HOST = 'motcua.test';

export interface Authority {
  /** PEM of the authority. */
  readonly ca: string;
  readonly key: string;
  readonly cert: string;
}

/** An authority, and a certificate of it for this name. */
export function makeAuthority(host = HOST): Authority {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'smc-ca-'));
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string) => readFileSync(path.join(folder, name), 'utf8');
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  writeFileSync(path.join(folder, 'ext'), `subjectAltName=DNS:${host}\n`);
  openssl(
    'req',
    '-x509',
    ...newKey,
    '-days',
    '30',
    '-subj',
    '/CN=CA Thu',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
  );
  openssl('req', ...newKey, '-subj', `/CN=${host}`, '-keyout', 'key.pem', '-out', 'req.pem');
  openssl(
    ...'x509 -req -in req.pem -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out cert.pem'.split(
      ' ',
    ),
  );
  const made = { ca: read('ca.pem'), key: read('key.pem'), cert: read('cert.pem') };
  rmSync(folder, { recursive: true });
  return made;
}

interface Place {
  readonly port: number;
  close(): Promise<void>;
}

/** TLS in front of the hub. */
export async function startTls(target: string, { key, cert }: Authority): Promise<Place> {
  const server = createTlsServer({ key, cert }, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const headers = Object.entries(request.headers).filter(
      ([k]) => !['host', 'connection', 'content-length'].includes(k),
    );
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: Object.fromEntries(headers) as Record<string, string>,
      ...(body.length > 0 && { body }),
    });
    const kept = ['content-type', 'smc-protocol'].map((name) => [name, answer.headers.get(name) ?? '']);
    response
      .writeHead(answer.status, Object.fromEntries(kept) as Record<string, string>)
      .end(await answer.text());
  });
  return listening(server, () => server.closeAllConnections());
}

export interface OfficeProxy extends Place {
  readonly url: string;
  /** Names that were asked for. */
  readonly asked: string[];
}

/** A proxy that knows CONNECT only, leads every name to `port`, and wants this user if one is given. */
export async function startProxy(port: () => number, user: string | null = null): Promise<OfficeProxy> {
  const asked: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, near: net.Socket) => {
    asked.push(request.url ?? '');
    const expected = user === null ? undefined : `Basic ${Buffer.from(user).toString('base64')}`;
    if (request.headers['proxy-authorization'] !== expected) {
      near.end('HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n');
      return;
    }
    const far = net.connect(port(), '127.0.0.1', () => {
      near.write('HTTP/1.1 200 Connection established\r\n\r\n');
      near.pipe(far).pipe(near);
    });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
    }
  });
  const place = await listening(server, () => {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
  });
  const login = user === null ? '' : `${user}@`;
  return { ...place, asked, url: `http://${login}127.0.0.1:${place.port}` };
}

async function listening(server: net.Server, drop: () => void): Promise<Place> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as net.AddressInfo;
  const close = () =>
    new Promise<void>((done) => {
      drop();
      server.close(() => done());
    });
  return { port, close };
}
