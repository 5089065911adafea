/** Builds the hub's HTTP side from a list of plugins. */
import type { Writable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { BATCH_MAX_BYTES } from '../shared/contract/sync/version.ts';
import { fail } from '../shared/problem.ts';
import { currentEpoch } from './db/queries/place.ts';
import { type Endpoint, register } from './http/endpoint.ts';
import { openapi } from './http/openapi.ts';
import { plugins } from './http/plugins.ts';
import { consoleRoute } from './http/routes/console.ts';
import { digest } from './http/routes/digest.ts';
import { enrol } from './http/routes/enrol.ts';
import { health } from './http/routes/health.ts';
import { helloRoute } from './http/routes/hello.ts';
import { inbox } from './http/routes/inbox.ts';
import { problems } from './http/routes/problem.ts';
import { countsRoute } from './http/routes/report.ts';
import { stream } from './http/routes/stream.ts';
import { server } from './http/server-limits.ts';
import type { Hub } from './hub.ts';

const documented: readonly Endpoint[] = [
  enrol,
  helloRoute,
  stream,
  inbox,
  digest,
  countsRoute,
  problems,
  health,
  consoleRoute,
];
export const endpoints: readonly Endpoint[] = [...documented, openapi(documented)];

export interface AppParts extends Omit<Hub, 'epoch'> {
  readonly logTo?: Writable | undefined;
}

export async function buildApp({
  db,
  keys,
  clock,
  settle,
  logTo,
}: AppParts): Promise<{ app: FastifyInstance; hub: Hub }> {
  const epoch = await currentEpoch(db, keys.receiptPublic.x, new Date(clock.now()));
  const hub: Hub = { db, keys, clock, epoch, settle };
  const app: FastifyInstance = Fastify({
    ...server,
    bodyLimit: BATCH_MAX_BYTES,
    logger: logTo ? { level: 'info', stream: logTo } : false,
  });
  for (const plugin of plugins) plugin(app);
  register(app, hub, endpoints);
  app.setNotFoundHandler(async () => fail('ROUTE_UNKNOWN'));
  await app.ready();
  return { app, hub };
}
