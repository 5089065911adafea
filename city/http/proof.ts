/** `authorization: SMC <jws>`: a device signs the very request that it makes, under a fresh challenge. */
import type { FastifyRequest } from 'fastify';
import { requestProof } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { fail } from '../../shared/problem.ts';
import type { Device } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { readFromDevice } from '../receive/from-device.ts';
import { requireChallenge } from './challenge.ts';

export interface Proof {
  readonly device: Device;
  /** SHA-256 that the body must have; null: no body. */
  readonly body: string | null;
}

export async function readProof(hub: Hub, request: FastifyRequest): Promise<Proof> {
  const jws =
    /^SMC (\S{20,8000})$/.exec(request.headers.authorization ?? '')?.[1] ?? fail('SIGNATURE_INVALID');
  const { device, message } = await readFromDevice(hub, jws, {
    typ: TYP.request,
    schema: requestProof,
    address: request.ip,
  });
  if (message.method !== request.method || message.path !== request.url) fail('SIGNATURE_INVALID');
  requireChallenge(hub, device.id, message.challenge);
  return device.revoked ? fail('DEVICE_REVOKED') : { device, body: message.body };
}
