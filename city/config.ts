/** The environment, parsed once. */
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { ageRecipient } from '../shared/contract/sync/unlock.ts';

const environment = z.object({
  SMC_CITY_PORT: z.coerce.number().pipe(z.int().min(0).max(65_535)).default(8787),
  SMC_CITY_DATA_DIR: z.string().optional(),
  SMC_CITY_UPDATES: z.string().optional(),
  SMC_CITY_DATABASE_URL: z
    .string()
    .regex(/^(postgres(ql)?:\/\/.+)?$/)
    .default(''),
  SMC_NOW: z.iso.datetime({ offset: true }).optional(),
  SMC_CITY_RECOVERY_KEY: ageRecipient.optional(),
  XDG_DATA_HOME: z.string().optional(),
});

export interface Config {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Where the release for the desks lies. */
  readonly updatesDir: string;
  /** Public half of the key in the city's safe (age1…); null = none. */
  readonly recoveryKey: string | null;
  /** Test clock: the hub begins at this moment and runs on. */
  readonly startMs: number | null;
}

export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const e = environment.parse(given);
  const home = e.XDG_DATA_HOME ?? path.join(os.homedir(), '.local/share');
  const dataDir = path.resolve(e.SMC_CITY_DATA_DIR ?? path.join(home, 'so-mot-cua/city'));
  return {
    port: e.SMC_CITY_PORT,
    dataDir,
    updatesDir: path.resolve(e.SMC_CITY_UPDATES ?? path.join(dataDir, 'updates')),
    databaseUrl: e.SMC_CITY_DATABASE_URL,
    recoveryKey: e.SMC_CITY_RECOVERY_KEY ?? null,
    startMs: e.SMC_NOW === undefined ? null : Date.parse(e.SMC_NOW),
  };
}
