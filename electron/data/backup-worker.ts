/** A thread beside the data process for one long work on the store: a backup, a check of all pages, a look at a backup. */
import { parentPort, workerData } from 'node:worker_threads';
import { type BackupJob, runJob } from '../../db/backup/jobs.ts';
import { sqliteProblem } from '../../db/sqlite-problem.ts';
import { Problem } from '../../shared/problem.ts';

try {
  parentPort?.postMessage({ result: runJob(workerData as BackupJob) });
} catch (error) {
  const known = sqliteProblem(error);
  if (!(known instanceof Problem)) throw error;
  // An error would lose its code on the way.
  parentPort?.postMessage({ problem: { code: known.code, details: { ...known.details } } });
}
