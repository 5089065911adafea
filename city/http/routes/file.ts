/** `/v1/files/{sha256}`: how much of a scan the city holds of this device, and the next piece of it. */
import { z } from 'zod';
import { type FileState, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { FILE_MAX_BYTES, fileHash } from '../../../shared/domain/attached-file.ts';
import { fail } from '../../../shared/problem.ts';
import type { Device } from '../../db/queries/place.ts';
import { currentEpoch } from '../../epoch.ts';
import type { Hub } from '../../hub.ts';
import { signAsCity } from '../../jws.ts';
import { judgeFile } from '../../receive/judge-newer.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

const place = z.object({ sha256: fileHash });

export const fileState = endpoint({
  method: 'GET',
  path: '/v1/files/:sha256',
  summary: 'Thành phố đang giữ bao nhiêu của một tệp quét',
  who: 'device',
  query: noQuery,
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { params, device }) => answer(hub, place.parse(params).sha256, device),
});

export const filePart = endpoint({
  method: 'PUT',
  path: '/v1/files/:sha256',
  summary: 'Phần tiếp theo của một tệp quét',
  who: 'device',
  query: z.strictObject({
    offset: z.coerce.number().pipe(z.int().min(0)),
    size: z.coerce.number().pipe(z.int().min(1).max(FILE_MAX_BYTES)),
  }),
  body: z.instanceof(Uint8Array),
  bodyType: MEDIA.file,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { params, query: { offset, size }, body: bytes, device }) => {
    const { sha256 } = place.parse(params);
    if (bytes.byteLength === 0 || offset + bytes.byteLength > size)
      fail('INPUT_INVALID', { where: 'files', detail: 'size' });
    // A piece that does not follow is no fault: the answer says where to go on.
    const fits = !hub.files.has(sha256) && offset === (await hub.files.received(sha256, device.id));
    if (fits) await hub.files.append({ sha256, device: device.id, offset, size, bytes });
    return answer(hub, sha256, device);
  },
});

async function answer(hub: Hub, sha256: string, device: Device): Promise<{ jws: string }> {
  // First: what is true of an epoch that has just ended is asked again in the next.
  const { id: epoch } = await currentEpoch(hub);
  const complete = hub.files.has(sha256);
  // Here too, for the hub may have been killed between the file and the word on its events.
  if (complete) await judgeFile(hub, sha256);
  const received = complete ? 0 : await hub.files.received(sha256, device.id);
  const reply: FileState = { v: 1, epoch, device: device.id, sha256, received, complete };
  return { jws: await signAsCity(hub.keys, TYP.file, reply) };
}
