/** `/v1/update`: the release that the city hands out, its manifest as it was signed and its installers piece by piece. */
import { z } from 'zod';
import { signed } from '../../../shared/contract/sync/messages.ts';
import { FILE_PART_BYTES, MEDIA } from '../../../shared/contract/sync/version.ts';
import { INSTALLER_MAX_BYTES, UPDATE_FILE } from '../../../shared/domain/update.ts';
import { fail } from '../../../shared/problem.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

export const updateRoute = endpoint({
  method: 'GET',
  path: '/v1/update',
  summary: 'Bản chương trình mới nhất, tệp mô tả có chữ ký của nơi phát hành',
  who: 'device',
  query: noQuery,
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub) => ({
    jws: (await hub.updates.manifest()) ?? fail('UPDATE_NONE', { file: UPDATE_FILE }),
  }),
});

const place = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) });

export const installerRoute = endpoint({
  method: 'GET',
  path: '/v1/update/:sha256',
  summary: 'Bộ cài của bản mới từ vị trí đã nêu, từng phần',
  who: 'device',
  query: z.strictObject({ offset: z.coerce.number().pipe(z.int().min(0).max(INSTALLER_MAX_BYTES)) }),
  body: z.undefined(),
  reply: z.instanceof(Uint8Array),
  mediaType: MEDIA.file,
  handle: async (hub, { params, query: { offset } }) => {
    const { sha256 } = place.parse(params);
    const piece = await hub.updates.read(sha256, offset, FILE_PART_BYTES);
    return piece ?? fail('UPDATE_FILE_MISSING', { name: sha256.slice(0, 12) });
  },
});
