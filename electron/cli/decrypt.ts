/** `npm run decrypt -- FOLDER|BUNDLE --out FOLDER`: what the desk keeps sealed, as plain SQLite, JSON and scans, without the app. */
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Problem, problemSentence } from '../../shared/problem.ts';
import { plainBundle } from '../plain/bundle.ts';
import { keyOf } from '../plain/keys.ts';
import { plainFolder } from '../plain/store.ts';

const HELP = `npm run decrypt -- WHAT --out FOLDER
WHAT is a data folder of any version (desk.db, backups, journal, access-aside, scans), or a bundle from a USB stick (.somotcua).
A data folder opens with one of: SMC_KEY (aegis:HEX or chacha20:HEX), SMC_RECOVERY (the printed code), SMC_SIGN_IN (somebody's
password); a folder of a version without passwords opens by the key file in it. A bundle opens with --city-key hub-keys.json.
Nothing in WHAT is changed. The output is NOT encrypted: delete it when it is no longer needed. Formats: docs/formats.md.`;

const cityKey = z.object({ box: z.string() });

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { out: { type: 'string' }, 'city-key': { type: 'string' }, help: { type: 'boolean' } },
  });
  const [what] = positionals;
  if (values.help || what === undefined || values.out === undefined) {
    console.log(HELP);
    return values.help ? 0 : 1;
  }
  const to = path.resolve(values.out);
  if (!statSync(what).isDirectory()) {
    const { box } = cityKey.parse(JSON.parse(readFileSync(values['city-key'] ?? '', 'utf8')));
    const { batches, scans } = await plainBundle(what, box, to);
    console.log(`Đã mở gói USB: ${batches} lô, ${scans} tệp quét, trong ${to}. Tệp này KHÔNG mã hoá.`);
    return 0;
  }
  const { SMC_KEY: key, SMC_RECOVERY: recovery, SMC_SIGN_IN: password } = process.env;
  const { databases, journals, accesses, scans, damaged } = await plainFolder(
    what,
    await keyOf(what, { key, recovery, password }),
    to,
  );
  console.log(
    `Đã mở ${databases.length} cơ sở dữ liệu, ${journals.length} nhật ký, ${accesses.length} tệp lượt truy cập, ${scans.length} tệp quét, trong ${to}. Các tệp này KHÔNG mã hoá.`,
  );
  for (const name of damaged) console.error(`Không mở được: ${name}`);
  return damaged.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(
    error instanceof Problem
      ? problemSentence(error.code, error.details)
      : 'Không mở được: tệp hoặc khoá không đúng.',
  );
  process.exitCode = 2;
}
