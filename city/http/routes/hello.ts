/** POST /v1/hello: versions, epoch, where the stream stands, a challenge for what follows. */
import { z } from 'zod';
import {
  type Hello,
  type HelloReply,
  hello,
  type Receipt,
  receipt,
  seenText,
  signed,
} from '../../../shared/contract/sync/messages.ts';
import {
  BATCH_MAX_BYTES,
  BATCH_MAX_EVENTS,
  MEDIA,
  PROTOCOL,
  PROTOCOL_BACKUP,
  TYP,
} from '../../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA } from '../../../shared/domain/event.ts';
import { fail } from '../../../shared/problem.ts';
import { type Sighting, sharedUpTo } from '../../../shared/protocol/epoch.ts';
import { newestBackupMark } from '../../backup/log-digest.ts';
import { iso } from '../../clock.ts';
import { entryAt, readEpochs } from '../../db/queries/epoch.ts';
import { noteContact } from '../../db/queries/machine.ts';
import { deviceAccounts, openStream } from '../../db/queries/place.ts';
import { epochByWitness } from '../../epoch.ts';
import type { Hub } from '../../hub.ts';
import { signAsCity, verifyJws } from '../../jws.ts';
import { readFromDevice } from '../../receive/from-device.ts';
import { signRolePaper } from '../../role-paper.ts';
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
  handle: async (hub, { body: { jws }, address }) => {
    const { device, message } = await readFromDevice(hub, jws, { typ: TYP.hello, schema: versions, address });
    hub.pace.take(device.id, address, { requests: 1, bytes: jws.length, events: 0 });
    if (device.revoked) fail('DEVICE_REVOKED');
    const { min, max } = message.proto;
    if (min > max || min > PROTOCOL.max || max < PROTOCOL.min)
      fail('PROTOCOL_UNSUPPORTED', { min: PROTOCOL.min, max: PROTOCOL.max });
    const asked = hello.parse(message);
    const sighting = await sightingIn(hub, asked);
    const epoch = await epochByWitness(hub, { receipt: await receiptIn(hub, device.id, asked), sighting });
    const now = hub.clock.now();
    const accounts = await deviceAccounts(hub.db, device.id);
    const stream = await openStream(hub.db, { id: asked.stream, device: device.id }, new Date(now));
    await noteContact(hub.db, { device: device.id, at: new Date(now), stream: stream.id, seq: asked.seq });
    const proto = Math.min(max, PROTOCOL.max);
    // An older desk reads a greeting with a word that it does not know as none.
    const backup = proto >= PROTOCOL_BACKUP ? await newestBackupMark(hub.db) : null;
    const reply: HelloReply = {
      v: 1,
      proto,
      schema: EVENT_SCHEMA,
      epoch: epoch.id,
      since: asked.epoch === null ? epoch.since : sharedUpTo(await readEpochs(hub.db), asked.epoch, sighting),
      stream: stream.id,
      frozen: stream.frozen,
      acked: { seq: stream.acked, hash: stream.head },
      accounts: [...accounts],
      papers: await Promise.all(
        accounts.map((account) => signRolePaper(hub, { device: device.id, office: device.unit, account })),
      ),
      boxKey: hub.keys.box.recipient,
      ...(hub.recoveryKey !== null && { recoveryKey: hub.recoveryKey }),
      ...(backup && { backup: { hub: backup.hub, at: iso(backup.at.getTime()) } }),
      limits: { events: BATCH_MAX_EVENTS, bytes: BATCH_MAX_BYTES },
      nonce: asked.nonce,
      challenge: newChallenge(hub, device.id),
      at: iso(now),
    };
    return { jws: await signAsCity(hub.keys, TYP.helloReply, reply) };
  },
});

/** A receipt that this city signed for this very device is a witness; anything else says nothing and is passed over. */
async function receiptIn(hub: Hub, device: string, { witness }: Hello): Promise<Receipt | null> {
  if (witness === null) return null;
  const payload = await verifyJws(witness, hub.keys.receiptPublic, TYP.receipt).catch(() => null);
  const shown = receipt.safeParse(payload).data;
  return shown?.device === device ? shown : null;
}

/** What this city once showed to a desk, and what stands there now. */
async function sightingIn({ db, keys }: Hub, { seen }: Hello): Promise<Sighting | null> {
  if (seen === null || !keys.marks.verify(seenText(seen), seen.mark)) return null;
  return { seen, standing: await entryAt(db, seen.hub) };
}
