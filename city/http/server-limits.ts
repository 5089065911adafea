/** Limits of the HTTP server: a slow or broken peer is cut off early, and even then learns that a real hub answered. */
import type { Socket } from 'node:net';
import { type FastifyReply, type FastifyRequest, LogController } from 'fastify';
import { PROTOCOL, PROTOCOL_HEADER } from '../../shared/contract/sync/version.ts';
import { failureOf } from './refusal.ts';

export const server = {
  logController: new LogController({ disableRequestLogging: true }),
  requestIdHeader: false,
  // A request that arrives while we stop is still answered; new connections are refused by the closed listener.
  return503OnClosing: false,
  forceCloseConnections: 'idle',
  requestTimeout: 30_000,
  // A peer that stops reading its answer holds a socket and nothing else, and not for ever. A batch may wait its turn that long.
  connectionTimeout: 120_000,
  keepAliveTimeout: 20_000,
  routerOptions: { maxParamLength: 120 },
  http: {
    headersTimeout: 5_000,
    requestTimeout: 30_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16_384,
  },
  clientErrorHandler: refuseSocket,
  frameworkErrors: (error: Error, _request: FastifyRequest, reply: FastifyReply) => {
    const { status, body } = failureOf(error, 'http');
    void reply.code(status).header(PROTOCOL_HEADER, String(PROTOCOL.max)).send(body);
  },
} as const;

/** A peer that never reads its refusal must not keep the socket. */
const PARTING_MS = 1_000;

function refuseSocket(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(
    failureOf(Object.assign(new Error('bad request'), { code: 'FST_ERR_HTTP', statusCode: 400 }), 'http')
      .body,
  );
  setTimeout(() => socket.destroy(), PARTING_MS).unref();
  socket.end(
    `HTTP/1.1 400 Bad Request\r\n${PROTOCOL_HEADER}: ${PROTOCOL.max}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
