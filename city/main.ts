/** The hub as a program: JSON lines on stdout for the program that started it, the log on stderr. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { roles } from '../shared/domain/verbs.ts';
import { errorFields, logFields } from '../shared/lib/log-fields.ts';
import { Problem, problemSentence } from '../shared/problem.ts';
import { backupTo, checkRestored, markLine } from './backup/backup-command.ts';
import { clockFrom, systemClock } from './clock.ts';
import { readConfig } from './config.ts';
import { importPlace } from './courier/import-place.ts';
import { startHub } from './start.ts';
import { openPlace, recoveryPair, signPlace } from './unlock/unlock-place.ts';

const HELP = `Sổ Một Cửa – city hub / máy chủ Thành phố

node city/main.ts [--port N] [--host H] [--enrol-code UNIT [--role ROLE] [--name NAME] [--demo]] [--account DEVICE-NO] [--help]
node city/main.ts --import FILE|FOLDER [--out FILE2]
node city/main.ts --recovery-key
node city/main.ts --open-request FILE [--identity FILE] [--out FILE2]
node city/main.ts --sign-answer FILE --person NAME|ID [--out FILE2]
node city/main.ts --backup FILE
node city/main.ts --backup-verified postgres://…

  --port N            port, 0 = any free one (SMC_CITY_PORT, default 8787)
  --host H            address to listen on (default 127.0.0.1)
  --enrol-code UNIT   also make a one-time enrol code for this unit, e.g. 26740
  --account DEVICE-NO also give the device of this number one more account, of --name and --role: one more clerk at one PC
  --role ROLE         ${roles.join(' | ')} (default: clerk for a commune, else officer)
  --name NAME         name of the account (default "Cán bộ Dùng Thử")
  --demo              the account and its device are marked as a demonstration
  --import PLACE      take in a bundle from a USB stick (a folder: every bundle in it), write the receipts file, end.
                      Exit 0 taken, 1 refused or not to the end. With the embedded database only while no hub
                      runs on this folder; while one runs, use its page http://127.0.0.1:PORT/ on this machine
  --recovery-key      make the key of the city's safe on a PC that is no hub: prints both halves once. The private one
                      (AGE-SECRET-KEY-1…) goes on paper into the safe, the public one into SMC_CITY_RECOVERY_KEY of the hub
  --open-request FILE on the safe's PC: opens a machine's request with the private half (from standard input, or
                      --identity FILE) and writes FILE….da-mo for the hub. The data key is never in the open
  --sign-answer FILE  on the hub: checks machine and person, signs the answer that the machine reads; good for 7 days, once
  --backup FILE       write the embedded database to this file, open it again, compare it with the one in use, note that it was
                      found whole, end. Only while no hub runs on this folder. Exit 0 whole, 1 not
  --backup-verified URL  the same check for PostgreSQL: URL is a database into which a backup was restored (pg_dump, pg_restore)
  --out FILE2         the receipts file (default: beside the bundle, ….bien-nhan.somotcua)

Environment: SMC_CITY_DATA_DIR, SMC_CITY_DATABASE_URL (postgres://…; empty = embedded), SMC_CITY_PORT, SMC_CITY_RECOVERY_KEY, SMC_NOW,
SMC_CITY_UPDATES (folder of the release for the desks; default: updates in the data folder).
Prints {"event":"listening","url":…,"enrolCode":…} on stdout, the log on stderr. Ctrl+C or SIGTERM stops it.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string' },
      host: { type: 'string' },
      'enrol-code': { type: 'string' },
      account: { type: 'string' },
      role: { type: 'string' },
      name: { type: 'string' },
      demo: { type: 'boolean' },
      import: { type: 'string' },
      out: { type: 'string' },
      'recovery-key': { type: 'boolean' },
      'open-request': { type: 'string' },
      identity: { type: 'string' },
      'sign-answer': { type: 'string' },
      person: { type: 'string' },
      backup: { type: 'string' },
      'backup-verified': { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return;
  }
  if (values['recovery-key']) return say(await recoveryPair());
  const request = values['open-request'];
  if (request !== undefined) return say(await openPlace(request, values.identity, values.out));
  const config = readConfig({
    ...process.env,
    ...(values.port !== undefined && { SMC_CITY_PORT: values.port }),
  });
  const clock = config.startMs === null ? systemClock : clockFrom(config.startMs);
  if (values.import !== undefined) {
    const { dataDir, databaseUrl } = config;
    process.exitCode = await importPlace({ dataDir, databaseUrl, clock }, values.import, values.out);
    return;
  }
  const opened = values['sign-answer'];
  if (opened !== undefined) {
    const { dataDir, databaseUrl } = config;
    return say(await signPlace({ dataDir, databaseUrl, clock }, opened, values.person ?? '', values.out));
  }
  const { backup, 'backup-verified': restored } = values;
  if (backup !== undefined || restored !== undefined) {
    const { dataDir, databaseUrl } = config;
    const place = { dataDir, databaseUrl, clock };
    const mark =
      backup === undefined
        ? await checkRestored(place, restored ?? '')
        : await backupTo(place, path.resolve(backup));
    process.stdout.write(`${markLine(mark)}\n`);
    return;
  }
  const role = z.enum(roles).optional().parse(values.role);
  const hub = await startHub({
    dataDir: config.dataDir,
    databaseUrl: config.databaseUrl,
    updatesDir: config.updatesDir,
    host: values.host,
    port: config.port,
    recoveryKey: config.recoveryKey,
    clock,
    logTo: process.stderr,
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => hub.close().then(() => process.exit(0), stopWith));
  try {
    const unit = values['enrol-code'];
    const wish = { role, name: values.name, demo: values.demo };
    const enrolCode = unit === undefined ? undefined : await hub.createEnrolCode({ unit, ...wish });
    if (values.account !== undefined)
      await hub.addAccount({ no: z.coerce.number().int().parse(values.account), role, name: values.name });
    process.stdout.write(`${JSON.stringify({ event: 'listening', url: hub.url, enrolCode })}\n`);
  } catch (error) {
    await hub.close();
    throw error;
  }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

function stopWith(error: unknown): never {
  // The words of a problem are ours; those of anything else may quote a row.
  const words =
    error instanceof Problem
      ? { msg: `${error.code}: ${problemSentence(error.code, error.details)}` }
      : { msg: 'failed', ...logFields(errorFields(error)) };
  process.stderr.write(`${JSON.stringify({ level: 60, ...words })}\n`);
  process.exit(1);
}
for (const event of ['uncaughtException', 'unhandledRejection'] as const) process.on(event, stopWith);

main().catch(stopWith);
