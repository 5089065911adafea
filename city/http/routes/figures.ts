/** GET /v1/reports/figures: a report over the dossiers that the city holds of the asking office, signed. Figures, never persons. */
import { z } from 'zod';
import { type FiguresReply, figuresAsked, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { mayReadFigures } from '../../../shared/domain/verbs.ts';
import { localTime } from '../../../shared/lib/local-date.ts';
import { fail } from '../../../shared/problem.ts';
import { type Device, deviceAccounts } from '../../db/queries/place.ts';
import { currentEpoch } from '../../epoch.ts';
import type { Hub } from '../../hub.ts';
import { signAsCity } from '../../jws.ts';
import { countFigures, requireCityReport } from '../../report/figures.ts';
import { endpoint } from '../endpoint.ts';

export const figures = endpoint({
  method: 'GET',
  path: '/v1/reports/figures',
  summary: 'Báo cáo lập từ hồ sơ mà Thành phố đã nhận, các đơn vị của nơi hỏi; chỉ có số liệu, có chữ ký',
  who: 'device',
  slow: true,
  query: figuresAsked,
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { query: asked, device }) => {
    await requireRole(hub, device);
    requireCityReport(asked);
    const { id, newest } = await currentEpoch(hub);
    const today = localTime(hub.clock.now()).date;
    const name = [device.unit, ...Object.values(asked), today, id, newest].join(' ');
    const found = await hub.figures.answer(name, () => countFigures(hub, device.unit, asked));
    const reply: FiguresReply = { v: 1, device: device.id, asked, ...found };
    return { jws: await signAsCity(hub.keys, TYP.figures, reply) };
  },
});

async function requireRole(hub: Hub, device: Device): Promise<void> {
  const people = await deviceAccounts(hub.db, device.id);
  if (!people.some(({ role }) => mayReadFigures(role)))
    fail('FORBIDDEN', { role: people[0]?.role ?? '', verb: 'report.make' });
}
