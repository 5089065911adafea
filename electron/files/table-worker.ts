/** A thread that reads one table file, which somebody may have made to break its reader: what it takes with it is only itself. */
import { parentPort, workerData } from 'node:worker_threads';
import { Problem } from '../../shared/problem.ts';
import { readRows } from './read-rows.ts';

readRows(workerData as Uint8Array).then(
  (rows) => parentPort?.postMessage({ rows }),
  (error: unknown) =>
    parentPort?.postMessage({ code: error instanceof Problem ? error.code : 'FILE_UNREADABLE' }),
);
