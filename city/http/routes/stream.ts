/** PUT /v1/streams/{stream}/{from}-{to}: a sealed batch in, a receipt out. */
import { z } from 'zod';
import { signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA } from '../../../shared/contract/sync/version.ts';
import { acceptBatch } from '../../receive/accept.ts';
import { endpoint } from '../endpoint.ts';

export const stream = endpoint({
  method: 'PUT',
  path: '/v1/streams/:stream/:range',
  summary: 'Nhận một lô bản ghi đã ký, trả biên nhận có chữ ký của Thành phố',
  who: 'batch',
  query: z.looseObject({}),
  body: z.unknown(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { batch, body }) => ({ jws: await acceptBatch(hub, batch, body) }),
});
