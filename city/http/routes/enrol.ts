/** POST /v1/enrol: a one-time code and proof of a new key make a device. */
import { z } from 'zod';
import {
  type DeviceCard,
  type EnrolReply,
  enrolReply,
  enrolRequest,
  signed,
} from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { cleanText } from '../../../shared/lib/vietnamese-text.ts';
import { iso } from '../../clock.ts';
import { enrolDevice } from '../../db/queries/enrol.ts';
import { enrolCodeHash } from '../../enrol-code.ts';
import { currentEpoch } from '../../epoch.ts';
import { peekJws, signAsCity, verifyJws } from '../../jws.ts';
import { signRolePaper } from '../../role-paper.ts';
import { endpoint } from '../endpoint.ts';

export const enrol = endpoint({
  method: 'POST',
  path: '/v1/enrol',
  summary: 'Ghi danh một máy mới bằng mã dùng một lần',
  who: 'anyone',
  query: z.looseObject({}),
  body: signed,
  reply: enrolReply,
  mediaType: MEDIA.json,
  handle: async (hub, { body: { jws } }) => {
    // The key inside must have signed the whole: nobody can enrol a key that he does not hold.
    const { key } = enrolRequest.parse(peekJws(jws));
    const request = enrolRequest.parse(await verifyJws(jws, key, TYP.enrol));
    const name = cleanText(request.name).replaceAll('\0', '').toWellFormed();
    const enrolled = await enrolDevice(hub.db, {
      codeHash: enrolCodeHash(hub, request.code),
      key,
      name,
      now: new Date(hub.clock.now()),
    });
    await hub.settle();
    const { id: epoch } = await currentEpoch(hub);
    const { at, stream, ...known } = enrolled;
    const card: DeviceCard = { v: 1, ...known, name, key, at: iso(at.getTime()) };
    const reply: EnrolReply = {
      ...{ ...known, stream, epoch, receiptKey: hub.keys.receiptPublic },
      card: await signAsCity(hub.keys, TYP.card, card),
      paper: await signRolePaper(hub, known),
    };
    return reply;
  },
});
