/** The one wrapper of every route: input parsed, identity established, answer shaped. Handlers decide, nothing else. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BATCH_MAX_BYTES, BATCH_MAX_EVENTS } from '../../shared/contract/sync/version.ts';
import { fail } from '../../shared/problem.ts';
import type { Device } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { readSignedBatch, type SignedBatch } from '../receive/signed-batch.ts';
import { bodyHash } from './body.ts';
import { type Proof, readProof } from './proof.ts';

export const BATCH_HEADER = 'smc-batch';

/** What the wrapper has made sure of before a handler runs. */
export type Caller =
  | { readonly kind: 'anyone' }
  | ({ readonly kind: 'device' } & Proof)
  | { readonly kind: 'batch'; readonly batch: SignedBatch };

interface Shape<Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly summary: string;
  readonly query: Q;
  readonly body: B;
  readonly reply: z.ZodType;
  readonly mediaType: string;
  /** Media type of a body that is not JSON. */
  readonly bodyType?: string;
  /** Where a body may be larger than a batch. */
  readonly bodyLimit?: number;
}
interface OpenSpec<Q extends z.ZodType, B extends z.ZodType> extends Shape<Q, B> {
  readonly who: 'anyone';
  readonly handle: (
    hub: Hub,
    input: { query: z.infer<Q>; body: z.infer<B>; address: string },
  ) => Promise<unknown>;
}
interface DeviceSpec<Q extends z.ZodType, B extends z.ZodType> extends Shape<Q, B> {
  readonly who: 'device';
  /** Takes seconds: waits in a line of its own, so that those who read their inbox do not. */
  readonly slow?: true;
  /** `asked`: SHA-256 of the body, empty without one; the device has signed it. */
  readonly handle: (
    hub: Hub,
    input: { params: unknown; query: z.infer<Q>; body: z.infer<B>; device: Device; asked: string },
  ) => Promise<unknown>;
}
interface BatchSpec<Q extends z.ZodType, B extends z.ZodType> extends Shape<Q, B> {
  readonly who: 'batch';
  readonly handle: (hub: Hub, input: { batch: SignedBatch; body: Uint8Array }) => Promise<unknown>;
}

export interface Endpoint extends Shape<z.ZodType, z.ZodType> {
  readonly who: Caller['kind'];
  readonly identify: (hub: Hub, request: FastifyRequest) => Promise<Caller>;
  readonly run: (hub: Hub, request: FastifyRequest, caller: Caller) => Promise<unknown>;
}

export function endpoint<Q extends z.ZodType, B extends z.ZodType>(
  spec: OpenSpec<Q, B> | DeviceSpec<Q, B> | BatchSpec<Q, B>,
): Endpoint {
  const { handle: _, ...shape } = spec;
  return {
    ...shape,
    identify: identify(spec.who),
    run: (hub, request, caller) => run(spec, hub, { request, caller }),
  };
}

function identify(who: Caller['kind']): Endpoint['identify'] {
  return async (hub, request) => {
    if (who === 'anyone') return { kind: 'anyone' };
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (who === 'device') {
      const proof = await readProof(hub, request);
      hub.pace.take(proof.device.id, request.ip, { requests: 1, bytes, events: 0 });
      return { kind: 'device', ...proof };
    }
    const place = z.object({ stream: z.string(), range: z.string() }).parse(request.params);
    const jws = z.string().max(8_000).catch('').parse(request.headers[BATCH_HEADER]);
    const batch = await readSignedBatch(hub, jws, { ...place, address: request.ip });
    const events = Math.max(0, Math.min(BATCH_MAX_EVENTS, batch.header.to - batch.header.from + 1));
    hub.pace.take(batch.device.id, request.ip, { requests: 1, bytes: bytes || BATCH_MAX_BYTES, events });
    return { kind: 'batch', batch };
  };
}

type Spec<Q extends z.ZodType, B extends z.ZodType> = OpenSpec<Q, B> | DeviceSpec<Q, B> | BatchSpec<Q, B>;

async function run<Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<Q, B>,
  hub: Hub,
  { request, caller }: { request: FastifyRequest; caller: Caller },
): Promise<unknown> {
  const query = spec.query.parse(request.query);
  if (spec.who === 'anyone')
    return spec.handle(hub, { query, body: spec.body.parse(request.body), address: request.ip });
  if (spec.who === 'device' && caller.kind === 'device') {
    const asked = bodyHash(request);
    if (asked !== caller.body) fail('SIGNATURE_INVALID');
    const body = spec.body.parse(request.body ?? undefined);
    const input = { params: request.params, query, body, device: caller.device, asked: asked ?? '' };
    const line = spec.slow ? hub.slow : hub.reads;
    return line.run(caller.device.id, () => spec.handle(hub, input));
  }
  if (spec.who === 'batch' && caller.kind === 'batch')
    return spec.handle(hub, { batch: caller.batch, body: z.instanceof(Uint8Array).parse(request.body) });
  throw new Error(`caller ${caller.kind} at ${spec.path}`);
}

export function register(app: FastifyInstance, hub: Hub, endpoints: readonly Endpoint[]): void {
  const callers = new WeakMap<FastifyRequest, Caller>();
  for (const e of endpoints) {
    app.route({
      method: e.method,
      url: e.path,
      ...(e.bodyLimit !== undefined && { bodyLimit: e.bodyLimit }),
      // Identity first, on the headers alone: a stranger cannot make us read a body.
      onRequest: async (request) => {
        callers.set(request, await e.identify(hub, request));
      },
      handler: async (request, reply: FastifyReply) => {
        const answer = await e.run(hub, request, callers.get(request) ?? { kind: 'anyone' });
        return reply
          .type(e.mediaType === 'application/json' ? 'application/json; charset=utf-8' : e.mediaType)
          .send(answer);
      },
    });
  }
}
