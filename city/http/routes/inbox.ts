/** GET /v1/inbox?after=N: what others changed within the scope of the asking office, and later words on its own events, signed. */
import { z } from 'zod';
import { type InboxReply, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { localTime } from '../../../shared/lib/local-date.ts';
import { inboxPage } from '../../db/queries/inbox.ts';
import { currentEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { marked, seenAt } from '../../receive/marked.ts';
import { endpoint } from '../endpoint.ts';

export const inbox = endpoint({
  method: 'GET',
  path: '/v1/inbox',
  summary: 'Bản ghi của nơi khác thuộc phạm vi của máy hỏi',
  who: 'device',
  query: z.strictObject({ after: z.coerce.number().pipe(z.int().min(0)) }),
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { query: { after }, device }) => {
    const { id: epoch, newest } = await currentEpoch(hub);
    const asked = { after, newest, today: localTime(hub.clock.now()).date };
    const { items, ...page } = await inboxPage(hub.db, device, asked);
    const events = marked(hub.keys, epoch, items);
    const seen = await seenAt(hub, epoch, page.next);
    const reply: InboxReply = { v: 1, epoch, device: device.id, after, ...page, events, seen };
    return { jws: await signAsCity(hub.keys, TYP.inbox, reply) };
  },
});
