/** From the sealed bytes to lines whose chain is whole: everything that can be checked without the database. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { BatchHeader } from '../../shared/contract/sync/messages.ts';
import { BATCH_MAX_EVENTS, BATCH_MAX_UNPACKED } from '../../shared/contract/sync/version.ts';
import { firstBreak } from '../../shared/domain/event.ts';
import { fail } from '../../shared/problem.ts';
import type { Line } from '../../shared/protocol/hub-ports.ts';
import { sha256Hex } from '../sha256.ts';
import { readLine } from './read-line.ts';

const gunzipBounded = promisify(gunzip);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export async function openBatch(header: BatchHeader, body: Uint8Array): Promise<Line[]> {
  if (header.to < header.from) fail('BATCH_BROKEN', { detail: 'range' });
  if (header.to - header.from + 1 > BATCH_MAX_EVENTS) fail('BATCH_TOO_LARGE');
  if (sha256Hex(body) !== header.body) fail('BATCH_BROKEN', { detail: 'body hash' });
  const text = readUtf8(await unpack(body));
  const raws = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  if (raws.length !== header.to - header.from + 1) fail('BATCH_BROKEN', { detail: 'number of lines' });
  const lines = raws.map(readLine);
  requirePlaces(lines, header);
  return lines;
}

async function unpack(body: Uint8Array): Promise<Uint8Array> {
  try {
    return await gunzipBounded(body, { maxOutputLength: BATCH_MAX_UNPACKED });
  } catch (error) {
    const bomb = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return bomb ? fail('BATCH_TOO_LARGE') : fail('BATCH_BROKEN', { detail: 'gzip' });
  }
}

function readUtf8(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    return fail('BATCH_BROKEN', { detail: 'utf-8' });
  }
}

function requirePlaces(lines: readonly Line[], header: BatchHeader): void {
  const envelopes = lines.map((l) => l.envelope);
  const stranger = envelopes.findIndex(
    (e, i) => e.seq !== header.from + i || e.stream !== header.stream || e.device !== header.device,
  );
  if (stranger >= 0) fail('BATCH_BROKEN', { detail: 'order, stream or device', line: stranger + 1 });
  const broken = firstBreak(envelopes, header.prev, sha256Hex);
  if (broken) fail('BATCH_BROKEN', { detail: 'chain', line: broken.seq - header.from + 1 });
  if (envelopes.at(-1)?.hash !== header.head) fail('BATCH_BROKEN', { detail: 'head' });
}
