/** POST /v1/readmit: a device that the city forgot when it was put back comes in again by the card that the city signed for it. */
import { z } from 'zod';
import {
  type DeviceCard,
  deviceCard,
  type readmitReply,
  readmit as readmitting,
  signed,
} from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { fail } from '../../../shared/problem.ts';
import { addAlerts } from '../../db/queries/alert.ts';
import { readmitDevice } from '../../db/queries/enrol.ts';
import { currentEpoch } from '../../epoch.ts';
import type { Hub } from '../../hub.ts';
import { peekJws, signAsCity, verifyJws } from '../../jws.ts';
import { endpoint } from '../endpoint.ts';

export const readmit = endpoint({
  method: 'POST',
  path: '/v1/readmit',
  summary: 'Nhận lại máy đã ghi danh mà Thành phố quên sau khi khôi phục',
  who: 'anyone',
  query: z.looseObject({}),
  body: signed,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { body: { jws }, address }) => {
    const asked = readmitting.parse(peekJws(jws));
    hub.pace.atDoor(asked.device, address);
    const card = await cardOf(hub, asked.card);
    if (card.device !== asked.device) fail('SIGNATURE_INVALID');
    const { nonce } = readmitting.parse(await verifyJws(jws, card.key, TYP.readmit));
    const { id: epoch } = await currentEpoch(hub);
    const { no } = await hub.db.transaction(async (tx) => {
      const found = await readmitDevice(tx, card);
      const at = new Date(hub.clock.now());
      if (found.forgotten) await addAlerts(tx, [{ kind: 'readmitted', epoch, device: card.device, at }]);
      return found;
    });
    await hub.settle();
    const reply: z.infer<typeof readmitReply> = { v: 1, device: card.device, no, nonce };
    return { jws: await signAsCity(hub.keys, TYP.readmitReply, reply) };
  },
});

async function cardOf(hub: Hub, jws: string): Promise<DeviceCard> {
  return deviceCard.parse(await verifyJws(jws, hub.keys.receiptPublic, TYP.card));
}
