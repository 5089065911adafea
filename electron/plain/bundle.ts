/** A bundle from a USB stick in plain, with the key of the city's box: its signed heads, its events as lines, its scans. Signatures are not checked here. */

import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { gunzipSync } from 'node:zlib';
import { Decrypter } from 'age-encryption';
import { courierFile } from '../../shared/contract/sync/courier.ts';
import { BATCH_MAX_UNPACKED } from '../../shared/contract/sync/version.ts';
import { type Bytes, checkEnvelope, contentOf } from '../../shared/courier/envelope.ts';
import { framesOf } from '../../shared/courier/frames.ts';
import { fail } from '../../shared/problem.ts';

/** Answers how many batches and scans. Fails with COURIER_*. */
export async function plainBundle(
  file: string,
  identity: string,
  to: string,
): Promise<{ batches: number; scans: number }> {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  const counted = { update: (bytes: Uint8Array) => void hash.update(bytes), hex: () => hash.digest('hex') };
  const envelope = await checkEnvelope('bundle', createReadStream(file), counted);
  const save = (name: string, content: string | Uint8Array) =>
    writeFileSync(path.join(to, name), content, { mode: 0o600 });
  let [batches, scans, pieces] = [0, 0, [] as Uint8Array[]];
  let scan: { readonly sha256: string; readonly size: number } | null = null;
  for await (const { kind, bytes } of framesOf(
    decrypted(identity, contentOf(createReadStream(file), envelope)),
  )) {
    if (kind === 'H') save('bundle.json', payloadOf(bytes));
    else if (kind === 'J') save(`batch-${++batches}.json`, payloadOf(bytes));
    else if (kind === 'B')
      save(`batch-${batches}.jsonl`, gunzipSync(bytes, { maxOutputLength: BATCH_MAX_UNPACKED }));
    else if (kind === 'F') {
      scan = courierFile.parse(JSON.parse(Buffer.from(bytes).toString()));
      pieces = [];
    } else {
      if (scan === null) fail('COURIER_DAMAGED');
      pieces.push(bytes);
      if (pieces.reduce((sum, piece) => sum + piece.length, 0) < scan.size) continue;
      save(`scan-${scan.sha256}`, Buffer.concat(pieces));
      scans += 1;
      scan = null;
    }
  }
  return { batches, scans };
}

/** The content of a JWS, not its signature. */
function payloadOf(jws: Uint8Array): Buffer {
  const [, payload = ''] = Buffer.from(jws).toString('latin1').split('.');
  return Buffer.from(payload, 'base64url');
}

async function* decrypted(identity: string, content: Bytes): AsyncGenerator<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  // Node's own type of a web stream lags behind the one that the library names; the stream is the same.
  yield* await decrypter.decrypt(NodeStream.from(content) as unknown as ReadableStream<Uint8Array>);
}
