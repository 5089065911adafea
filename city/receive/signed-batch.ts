/** A batch header whose signature was checked before its body was read. */
import { type BatchHeader, batchHeader } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { fail } from '../../shared/problem.ts';
import type { Device } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { sha256Hex } from '../sha256.ts';
import { readFromDevice } from './from-device.ts';

export interface SignedBatch {
  readonly device: Device;
  readonly header: BatchHeader;
  /** SHA-256 of the header as sent: names the batch. */
  readonly hash: string;
}

export async function readSignedBatch(
  hub: Hub,
  jws: string,
  { address, ...place }: { stream: string; range: string; address: string | null },
): Promise<SignedBatch> {
  const expected = { typ: TYP.batch, schema: batchHeader, address };
  const { device, message: header } = await readFromDevice(hub, jws, expected);
  if (header.stream !== place.stream || `${header.from}-${header.to}` !== place.range)
    fail('BATCH_BROKEN', { detail: 'address' });
  return { device, header, hash: sha256Hex(jws) };
}
