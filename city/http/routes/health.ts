/** GET /health: whether this process can reach its database. */
import { z } from 'zod';
import product from '../../../package.json' with { type: 'json' };
import { MEDIA, PROTOCOL } from '../../../shared/contract/sync/version.ts';
import { iso } from '../../clock.ts';
import { currentEpoch } from '../../epoch.ts';
import { endpoint } from '../endpoint.ts';

const reply = z.strictObject({
  ok: z.literal(true),
  epoch: z.uuid(),
  version: z.string(),
  protocol: z.int(),
  at: z.iso.datetime(),
});

export const health = endpoint({
  method: 'GET',
  path: '/health',
  summary: 'Máy chủ còn chạy và còn đọc được cơ sở dữ liệu',
  who: 'anyone',
  query: z.looseObject({}),
  body: z.undefined(),
  reply,
  mediaType: MEDIA.json,
  handle: async (hub) => {
    const { id: epoch } = await currentEpoch(hub);
    return {
      ok: true,
      epoch,
      version: product.version,
      protocol: PROTOCOL.max,
      at: iso(hub.clock.now()),
    } satisfies z.infer<typeof reply>;
  },
});
