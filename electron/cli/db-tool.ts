/** `npm run db:verify` and `npm run db:rebuild`: the tables equal the fold of the events; rebuild makes them so. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { DATA_FILE } from '../../db/open.ts';
import { rebuildDesk, verifyDesk } from '../../db/rebuild.ts';
import { logProblems } from '../../db/verify-log.ts';
import { Problem, problemSentence } from '../../shared/problem.ts';
import { deskFolder, withDesk } from './desk-folder.ts';

const HELP = `npm run db:verify | npm run db:rebuild
Works on the desk in SMC_DATA_DIR (else the app's own data folder) while the app is closed. SMC_SIGN_IN: a
password that opens it (not needed for a demonstration).
verify: file sound, chains unbroken and signed, access log whole, tables equal the fold of the events; exit 1 if not. rebuild: folds every table anew.`;

async function main(task: string | undefined): Promise<number> {
  if (task !== 'verify' && task !== 'rebuild') {
    console.log(HELP);
    return task === '--help' ? 0 : 1;
  }
  const folder = deskFolder();
  if (!existsSync(path.join(folder, DATA_FILE))) {
    console.error(`Không có dữ liệu trong ${folder}.`);
    return 1;
  }
  return withDesk((db) => {
    if (task === 'rebuild')
      console.log(`Đã dựng lại ${rebuildDesk(db)} hồ sơ và biểu số liệu từ dòng sự kiện.`);
    const { events, subjects, problems: ofTables } = verifyDesk(db);
    const problems = [...ofTables, ...logProblems(db)];
    for (const problem of problems) console.error(problem);
    console.log(
      `${events} sự kiện, ${subjects} hồ sơ và biểu: ${problems.length === 0 ? 'nguyên vẹn' : `${problems.length} chỗ sai`}.`,
    );
    return problems.length === 0 ? 0 : 1;
  });
}

try {
  process.exitCode = await main(process.argv.slice(2).includes('--help') ? '--help' : process.argv[2]);
} catch (error) {
  console.error(error instanceof Problem ? problemSentence(error.code, error.details) : error);
  process.exitCode = 2;
}
