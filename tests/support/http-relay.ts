/** A proxy between desk and city that sees each request before it passes it on, as those of offices do. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Relay {
  readonly url: string;
  close(): Promise<void>;
}

/** `look` may answer a status: the request then goes no further. */
export async function startRelay(
  target: string,
  look: (request: { readonly path: string; readonly body: Buffer }) => number | undefined,
): Promise<Relay> {
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request);
      const status = look({ path: request.url ?? '', body });
      if (status !== undefined) {
        response.writeHead(status, { 'content-type': 'text/html' }).end('<h1>proxy</h1>');
        return;
      }
      const { authorization, 'content-type': type, 'smc-batch': batch } = request.headers;
      const headers = { authorization, 'content-type': type, 'smc-batch': batch };
      const answer = await fetch(`${target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: Object.entries(headers).flatMap(([name, value]): [string, string][] =>
          typeof value === 'string' ? [[name, value]] : [],
        ),
        ...(body.length > 0 && { body: new Uint8Array(body) }),
      });
      response.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? '',
        'smc-protocol': answer.headers.get('smc-protocol') ?? '',
      });
      response.end(Buffer.from(await answer.arrayBuffer()));
    })();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
