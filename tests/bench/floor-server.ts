/**
 * The floor of sending, as a program: one bare Fastify route that unpacks a gzip body of JSON lines and copies it into
 * one table. No checks, no signature, no answer worth anything. Started by `sync-floor.ts`.
 */
import { gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import pg from 'pg';
import { CopyIn } from './copy-in.ts';

/** Neither character occurs in JSON, so every line is one value as it stands. */
const COPY = "COPY floor (event) FROM STDIN (FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')";

const client = new pg.Client({
  connectionString: process.env.SMC_CITY_DATABASE_URL,
  options: '-c synchronous_commit=on',
});
await client.connect();
const app = Fastify({ bodyLimit: 2 ** 28 });
app.addContentTypeParser('application/gzip', { parseAs: 'buffer' }, (_request, body, done) =>
  done(null, body),
);
app.post('/floor', async (request) => {
  const copy = new CopyIn(COPY, gunzipSync(request.body as Buffer));
  client.query(copy);
  await copy.done;
  return { ok: true };
});
process.once('SIGTERM', () => void app.close().then(() => client.end()));
const url = await app.listen({ host: '127.0.0.1', port: 0 });
process.stdout.write(`${JSON.stringify({ event: 'listening', url })}\n`);
