/** Bodies: batches as bytes, JSON with the hash of its bytes, which a device signs with its request. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MEDIA } from '../../shared/contract/sync/version.ts';
import { Problem } from '../../shared/problem.ts';
import { sha256Hex } from '../sha256.ts';

const hashes = new WeakMap<FastifyRequest, string>();

/** SHA-256 of the JSON body as it came; null without one. */
export function bodyHash(request: FastifyRequest): string | null {
  return hashes.get(request) ?? null;
}

export function readBodies(app: FastifyInstance): void {
  app.addContentTypeParser(MEDIA.batch, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addContentTypeParser(MEDIA.file, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    hashes.set(request, sha256Hex(body));
    done(null, body);
  });
  // Keys like __proto__ are refused, as by the framework's own reader.
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser(MEDIA.json);
  app.addContentTypeParser(MEDIA.json, { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    hashes.set(request, sha256Hex(body));
    void parse(request, body.toString('utf8'), (error, value) => {
      if (error) done(error);
      else if (isDeep(value)) done(new Problem('INPUT_INVALID', { where: 'body', detail: 'depth' }));
      else done(null, value);
    });
  });
}

/** An event is eight levels deep; readers that call themselves must not run out of stack. */
const MAX_DEPTH = 64;

function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth > MAX_DEPTH || Object.values(value).some((inner) => isDeep(inner, depth + 1));
}
