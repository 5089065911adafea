/** Reads a table file on a thread with an end to its memory and its time. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { isProblemCode, Problem } from '../../shared/problem.ts';

/** Heap of the thread; a sheet of 20.000 rows and 200 columns needs about a third. */
const MOST_MIB = 1_024;
const LONGEST_MS = 120_000;

type Answer = { readonly rows: string[][] } | { readonly code: string };

/** Bundled beside the data process; from the sources it is TypeScript. */
function workerFile(): string {
  const bundled = path.join(import.meta.dirname, 'table-worker.js');
  return existsSync(bundled) ? bundled : path.join(import.meta.dirname, 'table-worker.ts');
}

/** Fails with FILE_TOO_HEAVY, FILE_UNREADABLE, FILE_EMPTY, FILE_ENCODING. */
export function readApart(
  bytes: Uint8Array,
  { mib = MOST_MIB, ms = LONGEST_MS }: { readonly mib?: number; readonly ms?: number } = {},
): Promise<string[][]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(workerFile(), {
      workerData: bytes.slice(),
      resourceLimits: { maxOldGenerationSizeMb: mib },
    });
    const end = (problem: Problem) => {
      clearTimeout(timer);
      reject(problem);
      void worker.terminate();
    };
    const timer = setTimeout(() => end(new Problem('FILE_TOO_HEAVY')), ms);
    worker.once('message', (answer: Answer) => {
      clearTimeout(timer);
      if ('rows' in answer) resolve(answer.rows);
      else reject(new Problem(isProblemCode(answer.code) ? answer.code : 'FILE_UNREADABLE'));
    });
    // Its memory is at an end, or the reader itself is broken by the file.
    worker.once('error', (error: Error & { code?: string }) =>
      end(new Problem(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'FILE_TOO_HEAVY' : 'FILE_UNREADABLE')),
    );
    worker.once('exit', () => end(new Problem('FILE_UNREADABLE')));
  });
}
