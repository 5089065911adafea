/** GET /metrics: counters of this process in the text form of Prometheus. No personal data. */
import { z } from 'zod';
import { currentEpoch } from '../../epoch.ts';
import { endpoint } from '../endpoint.ts';

export const metrics = endpoint({
  method: 'GET',
  path: '/metrics',
  summary: 'Số đo của máy chủ (Prometheus)',
  who: 'anyone',
  query: z.looseObject({}),
  body: z.undefined(),
  reply: z.string(),
  mediaType: 'text/plain; version=0.0.4; charset=utf-8',
  handle: async (hub) => {
    const { counter, newest } = await currentEpoch(hub);
    return hub.metrics.page({
      smc_batches_waiting: hub.lanes.waiting(),
      smc_reads_waiting: hub.reads.waiting(),
      smc_epoch: counter,
      smc_newest_number: newest,
    });
  },
});
