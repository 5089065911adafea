/** The line between desk and city: a TCP relay that can be cut, cut after so many bytes, or answered by somebody else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import net from 'node:net';

export interface Line {
  readonly url: string;
  down(): void;
  up(): void;
  /** Another process of the hub answers from now on. */
  aim(target: string): void;
  /** Cuts the next connections after this many bytes towards the city (`request`) or back (`reply`). */
  cutAfter(bytes: { request?: number; reply?: number }): void;
  /** Bytes that went each way since the last `up`. */
  readonly passed: { request: number; reply: number };
  close(): Promise<void>;
}

export async function startLine(target: string): Promise<Line> {
  let { port: targetPort, hostname } = new URL(target);
  const sockets = new Set<net.Socket>();
  const passed = { request: 0, reply: 0 };
  let isUp = true;
  let limit: { request?: number; reply?: number } = {};

  const server = net.createServer((near) => {
    sockets.add(near);
    near.on('close', () => sockets.delete(near));
    near.on('error', () => near.destroy());
    if (!isUp) {
      near.resetAndDestroy();
      return;
    }
    const far = net.connect(Number(targetPort), hostname);
    sockets.add(far);
    far.on('close', () => sockets.delete(far));
    const cut = () => {
      near.resetAndDestroy();
      far.resetAndDestroy();
    };
    far.on('error', cut);
    relay(near, far, 'request', cut);
    relay(far, near, 'reply', cut);
  });

  /** Passes bytes on until the limit of this direction, then cuts both ends. */
  function relay(from: net.Socket, to: net.Socket, way: 'request' | 'reply', cut: () => void): void {
    from.on('data', (chunk) => {
      const left = limit[way];
      const part = left === undefined ? chunk : chunk.subarray(0, Math.max(0, left - passed[way]));
      passed[way] += part.length;
      to.write(part, () => part.length < chunk.length && cut());
    });
    from.on('end', () => to.end());
  }

  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    passed,
    down() {
      isUp = false;
      for (const socket of sockets) socket.resetAndDestroy();
    },
    up() {
      isUp = true;
      limit = {};
      Object.assign(passed, { request: 0, reply: 0 });
    },
    aim(next) {
      ({ port: targetPort, hostname } = new URL(next));
    },
    cutAfter(bytes) {
      limit = bytes;
      Object.assign(passed, { request: 0, reply: 0 });
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function listen(server: net.Server): Promise<number> {
  return new Promise((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as net.AddressInfo).port)),
  );
}

export interface Stranger {
  readonly url: string;
  close(): Promise<void>;
}

/** Something else that answers at the city's address: a captive portal, a broken proxy, a liar. */
export async function startStranger(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Stranger> {
  const server: Server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(request, response));
  });
  const port = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
