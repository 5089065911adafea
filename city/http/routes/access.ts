/** POST /v1/access: how far a machine's access log goes, signed back to it; for days on which it has nothing else to send. */
import { type AccessAnchor, accessSaid, signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { fail } from '../../../shared/problem.ts';
import { iso } from '../../clock.ts';
import { keepAccessHead } from '../../db/queries/access-head.ts';
import { lockStream } from '../../db/queries/place.ts';
import { currentEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

export const access = endpoint({
  method: 'POST',
  path: '/v1/access',
  summary: 'Ghi nhận mốc nhật ký truy cập của máy, trả lại có chữ ký',
  who: 'device',
  query: noQuery,
  body: accessSaid,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { body: { stream, head }, device }) => {
    const { id: epoch } = await currentEpoch(hub);
    const now = hub.clock.now();
    const said = { stream, device: device.id };
    await hub.db.transaction(async (tx) => {
      if (!(await lockStream(tx, { id: stream, device: device.id }))) fail('STREAM_FORK');
      await keepAccessHead(tx, { ...said, ...head }, { epoch, at: new Date(now) });
    });
    const reply: AccessAnchor = { v: 1, epoch, ...said, head, at: iso(now) };
    return { jws: await signAsCity(hub.keys, TYP.access, reply) };
  },
});
