/** Scans to the city: each from where the city has it on, in pieces; small ones before the events that name them, large ones last. */
import type { FileStore } from '../../db/file-seal.ts';
import { readFile } from '../../db/file-store.ts';
import { inTransaction } from '../../db/handle.ts';
import { fileKeyOf, filesToSend, type KeptFile, markSent } from '../../db/queries/file.ts';
import type { FileState } from '../../shared/contract/sync/messages.ts';
import { FILE_PART_BYTES } from '../../shared/contract/sync/version.ts';
import { fail, Problem } from '../../shared/problem.ts';
import type { FileSize } from '../../shared/protocol/exchange.ts';
import type { Challenged } from '../../shared/protocol/fresh-challenge.ts';
import type { Desk } from '../context.ts';
import type { FilePort } from './city-port.ts';

const SMALL_BYTES = 256 * 1024;
/** What is wrong with one file; the others go on. */
const ITS_OWN: ReadonlySet<string> = new Set([
  'SCAN_DAMAGED',
  'SCAN_NOT_KEPT',
  'FILE_HASH_WRONG',
  'SCAN_TYPE',
]);

export interface Sending {
  readonly desk: Pick<Desk, 'db' | 'settings'>;
  readonly city: FilePort;
  readonly epoch: string;
  readonly under: Challenged;
  readonly signal: AbortSignal;
}

/** Whether any of them came to be whole at the city. */
export async function sendFiles(sending: Sending, size: FileSize): Promise<boolean> {
  const { db, settings } = sending.desk;
  const wanted = filesToSend(db, sending.epoch).filter((f) => f.size <= SMALL_BYTES === (size === 'small'));
  if (wanted.length === 0) return false;
  const store = { folder: settings.dataFolder, key: fileKeyOf(db) };
  let sent = false;
  for (const file of wanted) {
    try {
      await sendFile(sending, store, file);
      sent = true;
    } catch (error) {
      if (!(error instanceof Problem && ITS_OWN.has(error.code))) throw error;
    }
  }
  return sent;
}

async function sendFile(sending: Sending, store: FileStore, { sha256, size }: KeptFile): Promise<void> {
  const { desk, city, epoch, under, signal } = sending;
  let state: FileState = await under((now) => city.fileState(sha256, now));
  while (!state.complete) {
    if (signal.aborted) fail('SYNC_CANCELLED');
    const offset = state.received;
    const bytes = await partFrom(store, sha256, offset);
    state = await under((now) => city.sendPart({ sha256, offset, size, bytes }, now));
    if (!state.complete && state.received === offset) fail('CITY_ANSWER_FOREIGN');
  }
  inTransaction(desk.db, (tx) => markSent(tx, sha256, epoch));
}

async function partFrom(store: FileStore, sha256: string, offset: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of readFile(store, sha256, offset)) {
    parts.push(part);
    length += part.length;
    if (length >= FILE_PART_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, FILE_PART_BYTES);
}
