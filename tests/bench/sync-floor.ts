/** The least that sending the same events can cost here: one gzip POST, one COPY, one commit. */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { startProgram } from './program.ts';
import { type Candidate, timed, WrongAnswer } from './rounds.ts';
import { ask, dropDatabase, newDatabase, type Server } from './sync-place.ts';

export interface Floor {
  readonly candidate: Candidate;
  /** Bytes of the packed body, all events in one. */
  readonly packedBytes: number;
  stop(): Promise<void>;
}

export async function startFloor(server: Server, raws: readonly string[], name: string): Promise<Floor> {
  const database = await newDatabase(server);
  await ask(database, 'create table floor (event jsonb not null)');
  const program = await startProgram(fileURLToPath(new URL('./floor-server.ts', import.meta.url)), [], {
    SMC_CITY_DATABASE_URL: database,
  });
  const post = async () => {
    const body = gzipSync(raws.join('\n'));
    const headers = { 'content-type': 'application/gzip' };
    const answer = await fetch(`${program.url}/floor`, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(`floor: ${answer.status} ${await answer.text()}`);
    await answer.text();
  };
  const hashes = raws.map((raw) => (JSON.parse(raw) as { hash: string }).hash).sort();
  const digest = createHash('md5').update(hashes.join('')).digest('hex');
  return {
    packedBytes: gzipSync(raws.join('\n')).byteLength,
    candidate: {
      name,
      prepare: async () => void (await ask(database, 'truncate floor')),
      run: async () => [await timed(post)],
      async check() {
        const [row] = await ask(
          database,
          "select count(*)::int as n, md5(string_agg(event->>'hash', '' order by event->>'hash' collate \"C\")) as digest from floor",
        );
        const found = z.object({ n: z.number(), digest: z.string() }).parse(row);
        if (found.n !== raws.length || found.digest !== digest)
          throw new WrongAnswer(`floor: ${found.n} rows`);
      },
    },
    async stop() {
      await program.stop();
      await dropDatabase(database, server);
    },
  };
}
