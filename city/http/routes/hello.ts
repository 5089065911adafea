/** POST /v1/hello: versions, epoch, where the stream stands, a challenge for what follows. */
import { z } from 'zod';
import { type HelloReply, hello, signed } from '../../../shared/contract/sync/messages.ts';
import {
  BATCH_MAX_BYTES,
  BATCH_MAX_EVENTS,
  MEDIA,
  PROTOCOL,
  TYP,
} from '../../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA } from '../../../shared/domain/event.ts';
import { fail } from '../../../shared/problem.ts';
import { iso } from '../../clock.ts';
import { openStream } from '../../db/queries/place.ts';
import { signAsCity } from '../../jws.ts';
import { readFromDevice } from '../../receive/from-device.ts';
import { newChallenge } from '../challenge.ts';
import { endpoint } from '../endpoint.ts';

/** Readable in every version of the protocol, so that two strangers can still say that they share none. */
const versions = z.looseObject({ proto: z.looseObject({ min: z.int(), max: z.int() }) });

export const helloRoute = endpoint({
  method: 'POST',
  path: '/v1/hello',
  summary: 'Chào hỏi: phiên bản, kỳ dữ liệu, số đã nhận',
  who: 'anyone',
  query: z.looseObject({}),
  body: signed,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { body: { jws } }) => {
    const { device, message } = await readFromDevice(hub, jws, { typ: TYP.hello, schema: versions });
    if (device.revoked) fail('DEVICE_REVOKED');
    const { min, max } = message.proto;
    if (min > max || min > PROTOCOL.max || max < PROTOCOL.min)
      fail('PROTOCOL_UNSUPPORTED', { min: PROTOCOL.min, max: PROTOCOL.max });
    const asked = hello.parse(message);
    const now = hub.clock.now();
    const stream = await openStream(hub.db, { id: asked.stream, device: device.id }, new Date(now));
    const reply: HelloReply = {
      v: 1,
      proto: Math.min(max, PROTOCOL.max),
      schema: EVENT_SCHEMA,
      epoch: hub.epoch,
      stream: stream.id,
      acked: { seq: stream.acked, hash: stream.head },
      limits: { events: BATCH_MAX_EVENTS, bytes: BATCH_MAX_BYTES },
      nonce: asked.nonce,
      challenge: newChallenge(hub, device.id),
      at: iso(now),
    };
    return { jws: await signAsCity(hub.keys, TYP.helloReply, reply) };
  },
});
