/** GET /v1/machines, GET /v1/machines/loss, POST /v1/machines/revoke: lost machines of the asking office and of those below it. */
import { z } from 'zod';
import {
  type LossReply,
  type MachinesReply,
  type revokeReply,
  revokeMachine as revoking,
} from '../../../shared/contract/sync/machines.ts';
import { signed } from '../../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../../shared/contract/sync/version.ts';
import { fail } from '../../../shared/problem.ts';
import { iso } from '../../clock.ts';
import { readMachines } from '../../db/queries/machine.ts';
import { currentEpoch } from '../../epoch.ts';
import { signAsCity } from '../../jws.ts';
import { countLoss, machineOf } from '../../lost/loss.ts';
import { isOwnMachine, requireLossRole, revokeFor } from '../../lost/revoke.ts';
import { endpoint } from '../endpoint.ts';
import { noQuery } from '../no-query.ts';

export const machines = endpoint({
  method: 'GET',
  path: '/v1/machines',
  summary: 'Các máy của đơn vị hỏi và đơn vị cấp dưới',
  who: 'device',
  query: noQuery,
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { device }) => {
    await requireLossRole(hub, device);
    const own = (await readMachines(hub.db)).filter((one) => isOwnMachine(hub, device, one));
    const { id: epoch } = await currentEpoch(hub);
    const reply: MachinesReply = {
      ...{ v: 1, epoch, device: device.id },
      machines: own.map(({ id: _, demo: __, ...machine }) => machine),
      at: iso(hub.clock.now()),
    };
    return { jws: await signAsCity(hub.keys, TYP.machines, reply) };
  },
});

export const loss = endpoint({
  method: 'GET',
  path: '/v1/machines/loss',
  summary: 'Trên máy đó có gì, theo những gì Thành phố đã nhận; chỉ có số liệu, có chữ ký',
  who: 'device',
  slow: true,
  query: z.strictObject({ no: z.coerce.number().int().min(1) }),
  body: z.undefined(),
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { query: { no }, device }) => {
    await requireLossRole(hub, device);
    if (!isOwnMachine(hub, device, await machineOf(hub.db, no))) fail('MACHINE_NOT_YOURS', { no });
    const { id: epoch } = await currentEpoch(hub);
    const facts = await countLoss(hub, no);
    const reply: LossReply = { v: 1, epoch, device: device.id, facts, at: iso(hub.clock.now()) };
    return { jws: await signAsCity(hub.keys, TYP.loss, reply) };
  },
});

export const revoke = endpoint({
  method: 'POST',
  path: '/v1/machines/revoke',
  summary: 'Thu hồi khoá của một máy bị mất; ghi ai, lúc nào, vì sao',
  who: 'device',
  query: noQuery,
  body: revoking,
  reply: signed,
  mediaType: MEDIA.json,
  handle: async (hub, { body, device, asked }) => {
    const revoked = await revokeFor(hub, device, body);
    const { id: epoch } = await currentEpoch(hub);
    const reply: z.infer<typeof revokeReply> = { v: 1, epoch, device: device.id, asked, revoked };
    return { jws: await signAsCity(hub.keys, TYP.revoke, reply) };
  },
});
