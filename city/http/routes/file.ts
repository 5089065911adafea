/** `/v1/files/{sha256}`: how much of a scan the city holds of this device, the next piece of it, and its content for who may read it. */
import { z } from 'zod';
import { type FileState, signed } from '../../../shared/contract/sync/messages.ts';
import { FILE_PART_BYTES, MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { FILE_MAX_BYTES, fileHash } from '../../../shared/domain/attached-file.ts';
import { readable, readersOf } from '../../../shared/domain/scope.ts';
import { localTime } from '../../../shared/lib/local-date.ts';
import { fail } from '../../../shared/problem.ts';
import { subjectsShowing } from '../../db/queries/file.ts';
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
  handle: async (hub, { params, device }) => {
    const { sha256 } = place.parse(params);
    if (!hub.files.has(sha256)) await hub.files.finish(sha256, device.id);
    return answer(hub, sha256, device);
  },
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

export const fileContent = endpoint({
  method: 'GET',
  path: '/v1/files/:sha256/content',
  summary: 'Nội dung một tệp quét từ vị trí đã nêu, từng phần',
  who: 'device',
  query: z.strictObject({ offset: z.coerce.number().pipe(z.int().min(0).max(FILE_MAX_BYTES)) }),
  body: z.undefined(),
  reply: z.instanceof(Uint8Array),
  mediaType: MEDIA.file,
  handle: async (hub, { params, query: { offset }, device }) => {
    const { sha256 } = place.parse(params);
    // Whoever may not read it is not told whether the city holds it.
    if (!(await mayReadFile(hub, device, sha256))) fail('SCAN_OUT_OF_SCOPE');
    const piece = (await hub.files.read(sha256, offset, FILE_PART_BYTES)) ?? fail('SCAN_NOT_AT_CITY');
    return offset <= piece.size ? piece.bytes : fail('INPUT_INVALID', { where: 'files', detail: 'offset' });
  },
});

/** Whether a dossier or a sheet that this office reads today shows the file. */
async function mayReadFile(hub: Hub, { unit }: Device, sha256: string): Promise<boolean> {
  const mine = new Set(readable(unit, localTime(hub.clock.now()).date));
  const showing = await subjectsShowing(hub.db, sha256);
  return showing.some((subject) => readersOf(subject).some((entry) => mine.has(entry)));
}

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
