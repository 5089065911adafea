/** POST /v1/streams: a new stream takes the place of an old one of the same device, which is frozen; an officer is told. */
import type { z } from 'zod';
import {
  type ReplaceStream,
  type replaceReply,
  replaceStream as replacing,
  signed,
} from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { fail } from '../../../shared/problem.ts';
import { type AlertKind, addAlerts } from '../../db/queries/alert.ts';
import { lockOrder } from '../../db/queries/epoch.ts';
import { lockBoth, replaceStream } from '../../db/queries/place.ts';
import { currentEpoch, requireEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

/** A stream that another machine froze under this one's hands: two machines write as one device. */
const kinds: Readonly<Record<ReplaceStream['why'], AlertKind>> = {
  forked: 'fork',
  frozen: 'clone',
  behind: 'replaced',
  put_back: 'replaced',
  city_restored: 'replaced',
};

export const replace = endpoint({
  method: 'POST',
  path: '/v1/streams',
  summary: 'Mở dòng sự kiện mới thay dòng cũ của cùng máy; dòng cũ đóng lại',
  who: 'device',
  query: noQuery,
  body: replacing,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { body, device }) => {
    const { stream, replaces, shared, why } = body;
    if (stream === replaces) fail('INPUT_INVALID', { where: '/v1/streams', detail: 'replaces' });
    const epoch = await currentEpoch(hub);
    const now = new Date(hub.clock.now());
    await hub.db.transaction(async (tx) => {
      const wish = { device: device.id, stream, replaces, shared, now };
      const old = await lockBoth(tx, wish);
      await lockOrder(tx);
      await requireEpoch(tx, epoch, hub.mark);
      if (await replaceStream(tx, wish, old))
        await addAlerts(tx, [
          {
            kind: kinds[why],
            epoch: epoch.id,
            device: device.id,
            stream: replaces,
            successor: stream,
            at: now,
          },
        ]);
    });
    await hub.settle();
    const reply: z.infer<typeof replaceReply> = {
      ...{ v: 1, epoch: epoch.id, device: device.id },
      ...{ stream, replaces },
    };
    return { jws: await signAsCity(hub.keys, TYP.replace, reply) };
  },
});
