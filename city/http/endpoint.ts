/** The one wrapper of every route: input parsed, identity established, answer shaped. Handlers decide, nothing else. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Device } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { readSignedBatch, type SignedBatch } from '../receive/signed-batch.ts';
import { readProof } from './proof.ts';

export const BATCH_HEADER = 'smc-batch';

/** What the wrapper has made sure of before a handler runs. */
export type Caller =
  | { readonly kind: 'anyone' }
  | { readonly kind: 'device'; readonly device: Device }
  | { readonly kind: 'batch'; readonly batch: SignedBatch };

interface Shape<Q extends z.ZodType, B extends z.ZodType> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly summary: string;
  readonly query: Q;
  readonly body: B;
  readonly reply: z.ZodType;
  readonly mediaType: string;
}
interface OpenSpec<Q extends z.ZodType, B extends z.ZodType> extends Shape<Q, B> {
  readonly who: 'anyone';
  readonly handle: (hub: Hub, input: { query: z.infer<Q>; body: z.infer<B> }) => Promise<unknown>;
}
interface DeviceSpec<Q extends z.ZodType, B extends z.ZodType> extends Shape<Q, B> {
  readonly who: 'device';
  readonly handle: (hub: Hub, input: { query: z.infer<Q>; device: Device }) => Promise<unknown>;
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
  const { method, path, summary, query, body, reply, mediaType, who } = spec;
  const shape = { method, path, summary, query, body, reply, mediaType, who };
  return {
    ...shape,
    identify: identify(who),
    run: (hub, request, caller) => run(spec, hub, { request, caller }),
  };
}

function identify(who: Caller['kind']): Endpoint['identify'] {
  return async (hub, request) => {
    if (who === 'device') return { kind: 'device', device: await readProof(hub, request) };
    if (who === 'anyone') return { kind: 'anyone' };
    const place = z.object({ stream: z.string(), range: z.string() }).parse(request.params);
    return {
      kind: 'batch',
      batch: await readSignedBatch(
        hub,
        z.string().max(8_000).catch('').parse(request.headers[BATCH_HEADER]),
        place,
      ),
    };
  };
}

type Spec<Q extends z.ZodType, B extends z.ZodType> = OpenSpec<Q, B> | DeviceSpec<Q, B> | BatchSpec<Q, B>;

async function run<Q extends z.ZodType, B extends z.ZodType>(
  spec: Spec<Q, B>,
  hub: Hub,
  { request, caller }: { request: FastifyRequest; caller: Caller },
): Promise<unknown> {
  const query = spec.query.parse(request.query);
  if (spec.who === 'anyone') return spec.handle(hub, { query, body: spec.body.parse(request.body) });
  if (spec.who === 'device' && caller.kind === 'device')
    return spec.handle(hub, { query, device: caller.device });
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
