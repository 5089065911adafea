/** POST /v1/missing {ids}: which of these events the city does not hold, on whatever road they came. */
import type { z } from 'zod';
import { missing as asking, type missingReply, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { lackingIds } from '../../db/queries/stored-event.ts';
import { currentEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

export const missing = endpoint({
  method: 'POST',
  path: '/v1/missing',
  summary: 'Những bản ghi mà Thành phố không có',
  who: 'device',
  query: noQuery,
  body: asking,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { body: { ids }, device, asked }) => {
    const { id: epoch } = await currentEpoch(hub);
    const lacking = [...(await lackingIds(hub.db, ids))];
    const reply: z.infer<typeof missingReply> = { v: 1, epoch, device: device.id, asked, lacking };
    return { jws: await signAsCity(hub.keys, TYP.missing, reply) };
  },
});
