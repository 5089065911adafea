/**
 * High-water mark of the written stream, in a file beside the database. A database that was put back from an older copy stands behind
 * it, and is given a new stream before anything is written: no place of a stream ever gets two contents. Works without a network;
 * what the city holds beyond the copy comes back with the next exchange.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { type AccessHead, accessHead } from '../shared/domain/access.ts';
import type { Clock, Ids } from './clock.ts';
import { inTransaction, type ReadDb } from './handle.ts';
import { writePrivate } from './private-file.ts';
import { accessTip } from './queries/access.ts';
import { readIdentity, writeRecovering } from './queries/device.ts';
import { currentStream, hashAt, ownStreams, streamTip } from './queries/stream.ts';
import { named } from './sqlite-problem.ts';
import { openStream } from './streams.ts';

const MARK_FILE = 'stream-mark.json';
const streamMark = z.strictObject({
  v: z.literal(1),
  device: z.string(),
  stream: z.string(),
  seq: z.int().min(0),
  hash: z.string(),
  /** How far the access log goes. */
  access: accessHead.nullable().default(null),
});
type StreamMark = z.infer<typeof streamMark>;

/** Writes where the stream stands; nothing before enrolment. Without the mark only the city would notice a store that was put back. */
export function writeStreamMark(db: ReadDb, folder: string): void {
  const identity = readIdentity(db);
  if (!identity) return;
  const stream = currentStream(db);
  const mark: StreamMark = {
    v: 1,
    device: identity.device,
    stream,
    ...streamTip(db, stream),
    access: accessTip(db),
  };
  writePrivate(path.join(folder, MARK_FILE), JSON.stringify(mark));
}

/** Before the first write: true where the store stood behind its mark and goes on with a new stream. */
export function openStreamIfPutBack(
  db: ReadDb,
  folder: string,
  { clock, ids }: { clock: Clock; ids: Ids },
): boolean {
  const mark = readMark(folder);
  const putBack = mark !== null && standsBehind(db, mark);
  if (putBack)
    named(() =>
      inTransaction(db, (tx) => {
        const at = new Date(clock.now()).toISOString();
        openStream(tx, { stream: ids.uuid(), why: 'put_back', links: [], at });
        writeRecovering(tx, 'put_back');
      }),
    );
  return putBack;
}

function standsBehind(db: ReadDb, mark: StreamMark): boolean {
  if (readIdentity(db)?.device !== mark.device) return false;
  return !ownStreams(db).includes(mark.stream) || hashAt(db, mark.stream, mark.seq) !== mark.hash;
}

/** Where the access log stood when the mark was last written; null where nothing says. */
export function markedAccess(folder: string): AccessHead | null {
  return readMark(folder)?.access ?? null;
}

/** A mark that is missing or damaged says nothing. */
function readMark(folder: string): StreamMark | null {
  try {
    return streamMark.parse(JSON.parse(readFileSync(path.join(folder, MARK_FILE), 'utf8')));
  } catch {
    return null;
  }
}
