/** A relay that passes everything to the hub; the answers of one door can be changed. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How a request is known: the beginning of its path, and its method where two doors share one. */
const DOORS = {
  hello: ['POST', '/v1/hello'],
  batch: ['PUT', '/v1/streams/'],
  inbox: ['GET', '/v1/inbox'],
  own: ['GET', '/v1/own'],
  missing: ['POST', '/v1/missing'],
  returned: ['POST', '/v1/returned'],
  streams: ['POST', '/v1/streams'],
  digest: ['GET', '/v1/digest'],
} as const;
export type Door = keyof typeof DOORS;
/** Headers of a hub's own answer. */
export const OURS = { 'content-type': 'application/json', 'smc-protocol': '1' };

type Spoil = (response: ServerResponse, real: string) => void;

export async function startRelay(target: string) {
  let spoiled: { readonly door: Door; readonly answer: Spoil } | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: passedOn(request.headers),
      ...(body.length > 0 && { body }),
    });
    const text = await answer.text();
    if (spoiled && isAt(spoiled.door, request.method, request.url)) spoiled.answer(response, text);
    else response.writeHead(answer.status, OURS).end(text);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil(door: Door, answer: Spoil) {
      spoiled = { door, answer };
    },
    honest() {
      spoiled = null;
    },
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
export type Relay = Awaited<ReturnType<typeof startRelay>>;

function isAt(door: Door, method = '', url = ''): boolean {
  const [verb, path] = DOORS[door];
  return method === verb && url.startsWith(path);
}

const passedOn = (headers: IncomingHttpHeaders) =>
  Object.fromEntries(
    Object.entries(headers).filter(([k]) => !['host', 'connection', 'content-length'].includes(k)),
  ) as Record<string, string>;
