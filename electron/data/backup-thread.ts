/** Runs one job on a thread of its own and answers what it found; the desk goes on meanwhile. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BackupJob, JobProblem, JobResult } from '../../db/backup/jobs.ts';
import { isProblemCode, Problem } from '../../shared/problem.ts';

/** Bundled beside the data process; from the sources it is TypeScript. */
function workerFile(): string {
  const bundled = path.join(import.meta.dirname, 'backup-worker.js');
  return existsSync(bundled) ? bundled : path.join(import.meta.dirname, 'backup-worker.ts');
}

type Answer<J extends BackupJob> =
  | { readonly result: JobResult[J['job']] }
  | { readonly problem: JobProblem };

export function runOnThread<J extends BackupJob>(job: J): Promise<JobResult[J['job']]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), { workerData: job });
    worker.once('message', (answer: Answer<J>) => {
      if ('result' in answer) resolve(answer.result);
      else reject(asProblem(answer.problem));
    });
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread ended with ${code}`)));
  });
}

export function asProblem({ code, details }: JobProblem): Problem {
  return new Problem(isProblemCode(code) ? code : 'INTERNAL', details);
}
