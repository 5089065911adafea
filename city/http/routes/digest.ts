/** GET /v1/digest?day=: what the city holds of this device's day, signed, for Chốt ngày. */
import { z } from 'zod';
import { type DigestReply, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { iso } from '../../clock.ts';
import { dayDigest } from '../../db/queries/digest.ts';
import { currentEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { endpoint } from '../endpoint.ts';

export const digest = endpoint({
  method: 'GET',
  path: '/v1/digest',
  summary: 'Từng bản ghi của máy hỏi trong một ngày, có chữ ký',
  who: 'device',
  query: z.strictObject({ day: z.iso.date().refine((d) => !d.startsWith('0000')) }),
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { query: { day }, device }) => {
    const { id: epoch } = await currentEpoch(hub);
    const found = await dayDigest(hub.db, device, day);
    const at = iso(hub.clock.now());
    const reply: DigestReply = { v: 1, epoch, device: device.id, day, ...found, at };
    return { jws: await signAsCity(hub.keys, TYP.digest, reply) };
  },
});
