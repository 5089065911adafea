/** A relay that knows where each HTTP message begins, and cuts one of them after exactly so many bytes. */
import net from 'node:net';

export const ways = ['request', 'reply'] as const;
export type Way = (typeof ways)[number];

/** One message of a run: which endpoint, the how-manieth of it, and its bytes each way. */
export interface Passed extends Record<Way, number> {
  readonly endpoint: string;
  readonly nth: number;
}
export interface Cut extends Pick<Passed, 'endpoint' | 'nth'> {
  readonly way: Way;
  /** So many bytes still arrive. */
  readonly after: number;
}
export interface CuttingLine {
  readonly url: string;
  /** From now on counts anew, and cuts there. */
  arm(cut: Cut | null): void;
  /** What went over the line since it was armed. */
  passed(): readonly Passed[];
  hasCut(): boolean;
  /** The desks hang up; resolves once the city has let go of every connection. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

export async function startCuttingLine(target: string): Promise<CuttingLine> {
  const { port, hostname } = new URL(target);
  const open = new Set<net.Socket>();
  const desks = new Set<net.Socket>();
  let messages: Passed[] = [];
  let cut: Cut | null = null;
  let isCut = false;

  const begin = (chunk: Buffer): Passed => {
    const endpoint = endpointOf(chunk);
    const nth = messages.filter((m) => m.endpoint === endpoint).length;
    const message = { endpoint, nth, request: 0, reply: 0 };
    messages.push(message);
    return message;
  };
  const leftOf = (message: Passed, way: Way) =>
    cut && !isCut && cut.endpoint === message.endpoint && cut.nth === message.nth && cut.way === way
      ? cut.after - message[way]
      : Number.POSITIVE_INFINITY;
  /** The receiver gets every byte up to the cut and then the end; the sender loses the line at once. */
  const pass = (
    message: Passed,
    way: Way,
    chunk: Buffer,
    { from, to }: Record<'from' | 'to', net.Socket>,
  ) => {
    const left = leftOf(message, way);
    const part = chunk.subarray(0, left);
    message[way] += part.length;
    if (chunk.length < left) return void to.write(part);
    isCut = true;
    to.end(part);
    from.resetAndDestroy();
  };

  const server = net.createServer({ allowHalfOpen: true }, (near) => {
    const far = net.connect({ port: Number(port), host: hostname, allowHalfOpen: true });
    let message: Passed | null = null;
    open.add(far);
    desks.add(near);
    far.on('close', () => open.delete(far));
    near.on('close', () => {
      desks.delete(near);
      far.end();
    });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      one.on('error', () => other.destroy());
      one.on('end', () => other.end());
    }
    near.on('data', (chunk) => {
      // A desk asks one thing at a time: after a reply the next bytes are a new request.
      if (!message || message.reply > 0) message = begin(chunk);
      pass(message, 'request', chunk, { from: near, to: far });
    });
    far.on('data', (chunk) => {
      if (message && !near.destroyed) pass(message, 'reply', chunk, { from: far, to: near });
    });
  });
  const listening = await new Promise<number>((done) =>
    server.listen(0, '127.0.0.1', () => done((server.address() as net.AddressInfo).port)),
  );
  return {
    url: `http://127.0.0.1:${listening}`,
    arm(next) {
      [messages, cut, isCut] = [[], next, false];
    },
    passed: () => messages,
    hasCut: () => isCut,
    async quiet() {
      for (const near of desks) near.destroy();
      while (open.size > 0) await new Promise((done) => setTimeout(done, 2));
    },
    close() {
      for (const socket of [...open, ...desks]) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}

function endpointOf(head: Buffer): string {
  const [method = '', path = ''] = head.toString('latin1').split(' ', 2);
  const [, name = ''] = /^\/v1\/(\w+)/.exec(path) ?? [];
  return name === 'streams' && method === 'PUT' ? 'batch' : name;
}
