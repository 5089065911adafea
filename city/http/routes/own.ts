/** GET /v1/own?after=N: all that this device ever sent, with the newest words and the receipts: for a desk that was put back. */
import { z } from 'zod';
import { type OwnReply, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { ownPage } from '../../db/queries/own.ts';
import { currentEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { marked, markedUnread } from '../../receive/marked.ts';
import { endpoint } from '../endpoint.ts';

export const own = endpoint({
  method: 'GET',
  path: '/v1/own',
  summary: 'Mọi bản ghi máy hỏi đã gửi, kèm kết quả và biên nhận',
  who: 'device',
  query: z.strictObject({ after: z.coerce.number().pipe(z.int().min(0)) }),
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { query: { after }, device }) => {
    const { id: epoch } = await currentEpoch(hub);
    const { items, unread: odd, ...page } = await ownPage(hub.db, device.id, after);
    const [events, unread] = [marked(hub.keys, epoch, items), markedUnread(hub.keys, epoch, odd)];
    const reply: OwnReply = { v: 1, epoch, device: device.id, after, ...page, events, unread };
    return { jws: await signAsCity(hub.keys, TYP.own, reply) };
  },
});
