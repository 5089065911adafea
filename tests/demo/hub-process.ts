/** Starts the hub as its own process, as `npm start` does, and reads from its database what it really holds. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { rowsOf } from '../../city/db/handle.ts';
import { openCityDb } from '../../city/db/open.ts';

const root = path.resolve(import.meta.dirname, '../..');
const listening = z.object({
  event: z.literal('listening'),
  url: z.string(),
  enrolCode: z.string().optional(),
});

export interface HubProcess {
  readonly url: string;
  readonly enrolCode: string;
  /** Everything that it wrote to its log so far. */
  logged(): string;
  stop(): Promise<void>;
}

export async function startHubProcess(
  dataDir: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<HubProcess> {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'city/main.ts', '--port', '0', ...args],
    {
      cwd: root,
      env: { ...process.env, SMC_CITY_DATA_DIR: dataDir, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const log: string[] = [];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => log.push(text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => log.push(text));
  const { url, enrolCode = '' } = await firstLine(child);
  return {
    url,
    enrolCode,
    logged: () => log.join(''),
    stop: () =>
      new Promise((done) => {
        if (child.exitCode !== null || child.signalCode !== null) return done();
        child.once('exit', () => done());
        child.kill('SIGTERM');
      }),
  };
}

function firstLine(child: ChildProcess): Promise<z.infer<typeof listening>> {
  return new Promise((done, failed) => {
    const late = setTimeout(() => failed(new Error('the hub did not listen within a minute')), 60_000);
    child.once('exit', (code) => failed(new Error(`the hub ended (${code}) before it listened`)));
    if (child.stdout)
      createInterface({ input: child.stdout }).once('line', (line) => {
        clearTimeout(late);
        done(listening.parse(JSON.parse(line)));
      });
  });
}

export interface HubFigures {
  readonly events: number;
  readonly dossiers: number;
  /** category -> sum over all units, and how many units have a figure. */
  readonly counts: Readonly<Record<string, { sum: number; units: number }>>;
}

/** Read straight from the hub's tables while no hub runs: independent of what any program claims. */
export async function readHubFigures(dataDir: string, asOf: string): Promise<HubFigures> {
  const opened = await openCityDb({ databaseUrl: process.env.SMC_CITY_DATABASE_URL ?? '', dataDir });
  try {
    const number = z.object({ n: z.coerce.number() });
    const [events] = await rowsOf(opened.db, sql`select count(*) as n from event`, number);
    const [dossiers] = await rowsOf(opened.db, sql`select count(*) as n from dossier`, number);
    const sums = await rowsOf(
      opened.db,
      sql`select c.category, sum(c.value) as sum, count(distinct s.unit) as units from count c join sheet s on s.id = c.sheet where s.as_of = ${asOf} group by c.category`,
      z.object({ category: z.string(), sum: z.coerce.number(), units: z.coerce.number() }),
    );
    return {
      events: events?.n ?? 0,
      dossiers: dossiers?.n ?? 0,
      counts: Object.fromEntries(sums.map((r) => [r.category, { sum: r.sum, units: r.units }])),
    };
  } finally {
    await opened.close();
  }
}
