/** GET /v1/reports/counts?asOf=: sums per category over the units of the asking office. */
import { z } from 'zod';
import { countsReport } from '../../../shared/contract/sync/messages.ts';
import { MEDIA } from '../../../shared/contract/sync/version.ts';
import { sumCounts } from '../../db/queries/counts.ts';
import { endpoint } from '../endpoint.ts';

export const countsRoute = endpoint({
  method: 'GET',
  path: '/v1/reports/counts',
  summary: 'Tổng số liệu theo loại, các đơn vị của nơi hỏi',
  who: 'device',
  query: z.strictObject({ asOf: z.iso.date().refine((d) => !d.startsWith('0000')) }),
  body: z.undefined(),
  reply: countsReport,
  mediaType: MEDIA.json,
  handle: (hub, { query, device }) => sumCounts(hub.db, device.unit, query.asOf),
});
