/** POST /v1/returned: events of others that the city lost, brought back by a desk that read them. */
import type { z } from 'zod';
import { returned as bringing, type returnedReply, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { signAsCity } from '../../jws.ts';
import { takeReturned } from '../../receive/take-returned.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

/** One event may be half a mebibyte long; a page of long ones is sent in halves. */
const BODY_LIMIT = 8 * 1024 * 1024;

export const returned = endpoint({
  method: 'POST',
  path: '/v1/returned',
  summary: 'Nhận lại bản ghi của máy khác mà Thành phố đã mất',
  who: 'device',
  query: noQuery,
  body: bringing,
  reply: signed,
  mediaType: MEDIA.json,
  bodyLimit: BODY_LIMIT,
  handle: async (hub, { body, device, asked }) => {
    const { id: epoch } = await takeReturned(hub, device.id, body);
    const reply: z.infer<typeof returnedReply> = { v: 1, epoch, device: device.id, asked };
    return { jws: await signAsCity(hub.keys, TYP.returned, reply) };
  },
});
