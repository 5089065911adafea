/**
 * The newest number that this hub ever answered for, in a file beside the database: a database that knows less was put back from
 * a backup. Written whole, without fsync: a mark that is too low only sees less.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const markFile = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  counter: z.int().min(1),
  hub: z.int().min(0),
});
export type Mark = Omit<z.infer<typeof markFile>, 'v'>;

export interface HubMark {
  read(): Mark | null;
  /** Never lowers the number within an epoch. */
  raise(mark: Mark): void;
}

export function openHubMark(dataDir: string): HubMark {
  const file = path.join(dataDir, 'hub-mark.json');
  let mark = readMark(file);
  return {
    read: () => mark,
    raise(next) {
      const same = mark?.epoch === next.epoch;
      if (mark && ((same && next.hub <= mark.hub) || next.counter < mark.counter)) return;
      mark = { epoch: next.epoch, counter: next.counter, hub: next.hub };
      const draft = `${file}.${process.pid}`;
      writeFileSync(draft, JSON.stringify({ v: 1, ...mark }), { mode: 0o600 });
      renameSync(draft, file);
    },
  };
}

/** A file that is gone or damaged says nothing; the desks' witnesses remain. */
function readMark(file: string): Mark | null {
  try {
    const { v: _, ...mark } = markFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return mark;
  } catch {
    return null;
  }
}
