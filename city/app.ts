/** Builds the hub's HTTP side from a list of plugins. */
import type { Writable } from 'node:stream';
import Fastify, { type FastifyInstance } from 'fastify';
import { BATCH_MAX_BYTES } from '../shared/contract/sync/version.ts';
import { fail } from '../shared/problem.ts';
import { serveLost } from './http/console-lost.ts';
import { receiveUploads } from './http/courier-upload.ts';
import { type Endpoint, register } from './http/endpoint.ts';
import { openapi } from './http/openapi.ts';
import { plugins } from './http/plugins.ts';
import { access } from './http/routes/access.ts';
import { catalogueRoute } from './http/routes/catalogue.ts';
import { consoleRoute } from './http/routes/console.ts';
import { digest } from './http/routes/digest.ts';
import { enrol } from './http/routes/enrol.ts';
import { figures } from './http/routes/figures.ts';
import { fileContent, filePart, fileState } from './http/routes/file.ts';
import { health } from './http/routes/health.ts';
import { helloRoute } from './http/routes/hello.ts';
import { inbox } from './http/routes/inbox.ts';
import { loss, machines, revoke } from './http/routes/machines.ts';
import { metrics } from './http/routes/metrics.ts';
import { missing } from './http/routes/missing.ts';
import { own } from './http/routes/own.ts';
import { problems } from './http/routes/problem.ts';
import { readmit } from './http/routes/readmit.ts';
import { replace } from './http/routes/replace.ts';
import { countsRoute } from './http/routes/report.ts';
import { returned } from './http/routes/returned.ts';
import { stream } from './http/routes/stream.ts';
import { installerRoute, updateRoute } from './http/routes/update.ts';
import { server } from './http/server-limits.ts';
import type { Hub } from './hub.ts';

const documented: readonly Endpoint[] = [
  enrol,
  readmit,
  helloRoute,
  stream,
  replace,
  missing,
  own,
  returned,
  access,
  inbox,
  digest,
  fileState,
  filePart,
  fileContent,
  catalogueRoute,
  updateRoute,
  installerRoute,
  countsRoute,
  figures,
  machines,
  loss,
  revoke,
  problems,
  health,
  metrics,
  consoleRoute,
];
export const endpoints: readonly Endpoint[] = [...documented, openapi(documented)];

/** HTTP over a hub that stands already. */
export async function buildApp(hub: Hub, logTo?: Writable): Promise<FastifyInstance> {
  const app: FastifyInstance = Fastify({
    ...server,
    bodyLimit: BATCH_MAX_BYTES,
    logger: logTo ? { level: 'info', stream: logTo } : false,
  });
  for (const plugin of plugins) plugin(app, hub.metrics);
  register(app, hub, endpoints);
  receiveUploads(app, hub);
  serveLost(app, hub);
  app.setNotFoundHandler(async () => fail('ROUTE_UNKNOWN'));
  await app.ready();
  return app;
}
