/** GET /v1/digest?day=: what the city holds of this device's day, for Chốt ngày. */
import { z } from 'zod';
import { digestReply } from '../../../shared/contract/sync/messages.ts';
import { MEDIA } from '../../../shared/contract/sync/version.ts';
import { dayDigest } from '../../db/queries/digest.ts';
import { endpoint } from '../endpoint.ts';

export const digest = endpoint({
  method: 'GET',
  path: '/v1/digest',
  summary: 'Tóm tắt một ngày của máy hỏi',
  who: 'device',
  query: z.strictObject({ day: z.iso.date().refine((d) => !d.startsWith('0000')) }),
  body: z.undefined(),
  reply: digestReply,
  mediaType: MEDIA.json,
  handle: (hub, { query, device }) => dayDigest(hub.db, device.id, query.day),
});
