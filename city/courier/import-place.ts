/** `node city/main.ts --import`: bundles from a stick in, receipts files out, one line for each. */
import { createReadStream } from 'node:fs';
import fs from 'node:fs/promises';
import path from 'node:path';
import { answerName, type Disk, filesAt, putWhole } from '../../shared/courier/disk.ts';
import { stickProblem } from '../../shared/courier/stick-problem.ts';
import { Problem, problemSentence } from '../../shared/problem.ts';
import type { Hub } from '../hub.ts';
import { type HubWish, openHub } from '../start.ts';
import { importBundle, receiptsFile } from './import-bundle.ts';

const disk: Disk = { ...fs, join: path.join };

/** Exit code: 0 when every bundle was taken to its end, 1 otherwise. One that is refused does not stop the next. */
export async function importPlace(
  wish: Pick<HubWish, 'dataDir' | 'databaseUrl' | 'clock'>,
  place: string,
  out: string | undefined,
): Promise<0 | 1> {
  const files = await filesAt(disk, path.resolve(place), 'bundle');
  if (out !== undefined && files.length > 1)
    throw new Error('--out takes one bundle, not a folder of several');
  const { hub, close } = await openHub(wish);
  try {
    let code: 0 | 1 = 0;
    for (const file of files) {
      const taken = await importOne(hub, file, path.resolve(out ?? answerName(file)));
      if (!taken) code = 1;
    }
    return code;
  } finally {
    await close();
  }
}

async function importOne(hub: Hub, file: string, out: string): Promise<boolean> {
  const name = path.basename(file);
  try {
    const { answer, batches, scans, acked, stopped } = await importBundle(hub, () => createReadStream(file));
    const [folder, answerFile] = [path.dirname(out), path.basename(out)];
    await putWhole(disk, { folder, name: answerFile, bytes: receiptsFile(hub, answer) });
    say({
      event: 'imported',
      file: name,
      out: answerFile,
      batches,
      ...(scans > 0 && { scans }),
      acked,
      ...(stopped && { stopped: told(stopped) }),
    });
    return stopped === null;
  } catch (error) {
    const problem = stickProblem(error);
    if (!(problem instanceof Problem)) throw error;
    const { code, details } = problem;
    say({ event: 'refused', file: name, code, sentence: problemSentence(code, details) });
    return false;
  }
}

const told = (code: Problem['code']) => `${code}: ${problemSentence(code)}`;

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
