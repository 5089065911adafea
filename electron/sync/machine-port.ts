/** The city's answers about lost machines: signed, and to what was asked. */
import { sha256 as sha256Of } from '../../db/write.ts';
import {
  type LossReply,
  lossReply,
  type MachinesReply,
  machinesReply,
  type Revoked,
  type RevokeMachine,
  revokeReply,
} from '../../shared/contract/sync/machines.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { fail } from '../../shared/problem.ts';
import type { Greeted } from '../../shared/protocol/desk-ports.ts';
import { ask, get, type HttpCity, json } from './city-port.ts';

export function readMachines(city: HttpCity, under: Greeted): Promise<MachinesReply> {
  return ask(city, under, get('/v1/machines'), { typ: TYP.machines, schema: machinesReply });
}

export async function readLoss(city: HttpCity, no: number, under: Greeted): Promise<LossReply> {
  const asked = { typ: TYP.loss, schema: lossReply };
  const reply = await ask(city, under, get(`/v1/machines/loss?no=${no}`), asked);
  return reply.facts.no === no ? reply : fail('CITY_SIGNATURE');
}

export async function revokeMachine(city: HttpCity, wish: RevokeMachine, under: Greeted): Promise<Revoked> {
  const request = json('/v1/machines/revoke', wish);
  const reply = await ask(city, under, request, { typ: TYP.revoke, schema: revokeReply });
  return reply.asked === sha256Of(request.body) ? reply.revoked : fail('CITY_SIGNATURE');
}
