/** A bundle as bytes, made while it is written: one batch at a time is in memory, however much waits. */
import { createHash } from 'node:crypto';
import { ReadableStream as NodeStream } from 'node:stream/web';
import { Encrypter } from 'age-encryption';
import type { CourierFile, CourierHeader } from '../../shared/contract/sync/courier.ts';
import { type StreamHash, wrap } from '../../shared/courier/envelope.ts';
import { frame } from '../../shared/courier/frames.ts';
import type { SealedBatch } from '../../shared/protocol/desk-ports.ts';

export interface BundleParts {
  /** age recipient of the city. */
  readonly boxKey: string;
  signHeader(): Promise<string>;
  /** Scans whose content `contentOf` gives, whole: they stand before the batches that name them. */
  readonly scans?: readonly CourierFile[];
  contentOf?(sha256: string): AsyncIterable<Uint8Array>;
  readonly batches: AsyncIterable<SealedBatch>;
  /** The last place that went in. */
  reached(to: number): void;
}

export function headerOf(about: Omit<CourierHeader, 'v'>): CourierHeader {
  return { v: 1, ...about };
}

export async function* bundleBytes(parts: BundleParts): AsyncGenerator<Uint8Array> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(parts.boxKey);
  const sealed = await encrypter.encrypt(streamOf(frames(parts)));
  yield* wrap({ kind: 'bundle', about: parts.boxKey }, sealed, streamHash());
}

/** Node's own type of a web stream lags behind the one that the library names; the stream is the same. */
function streamOf(parts: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return NodeStream.from(parts) as unknown as ReadableStream<Uint8Array>;
}

async function* frames(parts: BundleParts): AsyncGenerator<Uint8Array> {
  const { signHeader, batches, reached } = parts;
  yield frame('H', Buffer.from(await signHeader()));
  yield* scanFrames(parts);
  for await (const { header, body, toSeq } of batches) {
    yield frame('J', Buffer.from(header));
    yield frame('B', body);
    reached(toSeq);
  }
  yield frame('Z', new Uint8Array());
}

async function* scanFrames({ scans = [], contentOf }: BundleParts): AsyncGenerator<Uint8Array> {
  for (const { sha256, size } of scans) {
    yield frame('F', Buffer.from(JSON.stringify({ sha256, size })));
    for await (const piece of contentOf?.(sha256) ?? []) yield frame('P', piece);
  }
}

export function streamHash(): StreamHash {
  const hash = createHash('sha256');
  return { update: (bytes) => void hash.update(bytes), hex: () => hash.digest('hex') };
}
