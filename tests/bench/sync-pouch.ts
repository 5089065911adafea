/** The same events as documents of PouchDB, replicated to express-pouchdb in another process; both ends keep them in memory. */
import { fileURLToPath } from 'node:url';
import { must } from '../../shared/lib/must.ts';
import { loadPouch, pouchRequire } from './pouch-place.ts';
import { startProgram } from './program.ts';
import { type Candidate, WrongAnswer } from './rounds.ts';

interface Replication {
  readonly candidate: Candidate;
  stop(): Promise<void>;
}
/** Times the work and notes by how many MB the process grew at its peak. */
export type Watch = (work: () => Promise<unknown>, played: number) => Promise<number>;

const BLOCK = 500;

export async function startPouch(raws: readonly string[], name: string, watch: Watch): Promise<Replication> {
  const Pouch = loadPouch(pouchRequire());
  const program = await startProgram(fileURLToPath(new URL('./pouch-server.ts', import.meta.url)), [], {});
  const docs = raws.map((raw) => {
    const event = JSON.parse(raw) as { id: string };
    return { _id: event.id, ...event };
  });
  let made = 0;
  let local: InstanceType<typeof Pouch> | null = null;
  let far: InstanceType<typeof Pouch> | null = null;
  let url = '';
  return {
    candidate: {
      name,
      async prepare() {
        const base = `events-${++made}`;
        url = `${program.url}/${base}`;
        local = new Pouch(`local-${base}`, { adapter: 'memory' });
        far = new Pouch(url);
        await far.info();
        for (let at = 0; at < docs.length; at += BLOCK) await local.bulkDocs(docs.slice(at, at + BLOCK));
      },
      run: async (played) => [
        await watch(async () => {
          const done = await must(local, 'local').replicate.to(url);
          if (!done.ok) throw new WrongAnswer('pouch: replication not ok');
        }, played),
      ],
      async check() {
        const { rows } = await must(far, 'far').allDocs({ include_docs: true });
        const held = new Set(rows.map(({ doc }) => (doc as { hash?: string } | null)?.hash));
        if (rows.length !== docs.length || held.size !== docs.length)
          throw new WrongAnswer(`pouch: ${rows.length} of ${docs.length} documents arrived`);
        for (const base of [local, far]) await must(base, 'base').destroy();
      },
    },
    stop: () => program.stop(),
  };
}
