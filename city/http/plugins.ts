/** What every request passes through: body readers, marks, refusals, the log. */
import type { FastifyInstance } from 'fastify';
import { PROTOCOL, PROTOCOL_HEADER } from '../../shared/contract/sync/version.ts';
import type { Metrics } from '../metrics.ts';
import { readBodies } from './body.ts';
import { POLICY } from './page-style.ts';
import { failureOf, placeOf } from './refusal.ts';

export const plugins: readonly ((app: FastifyInstance, metrics: Metrics) => void)[] = [
  readBodies,
  markAnswers,
  refuse,
  partOnClosing,
  logRequests,
];

function markAnswers(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    void reply.headers({
      [PROTOCOL_HEADER]: String(PROTOCOL.max),
      'cache-control': 'no-store',
      'content-security-policy': POLICY,
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });
}

function refuse(app: FastifyInstance, metrics: Metrics): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, body, bug } = failureOf(error, request.routeOptions.url ?? 'http');
    if (bug) request.log.error({ ref: bug.ref, ...placeOf(bug.error) }, 'failed');
    else request.log.info({ code: body.code, status }, 'refused');
    metrics.refused(body.code);
    const wait = body.details['seconds'] ?? (status === 503 ? BUSY_SECONDS : undefined);
    if (wait !== undefined) void reply.header('retry-after', String(wait));
    void reply.code(status).send(body);
  });
}

const BUSY_SECONDS = 2;

/** Route, status and duration only: no bodies, no addresses, no personal data. */
function logRequests(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.answered(request.routeOptions.url ?? '?', reply.statusCode, reply.elapsedTime);
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? '?',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      'answered',
    );
  });
}

/** A connection that is answered while we stop must not linger for another request. */
function partOnClosing(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}
