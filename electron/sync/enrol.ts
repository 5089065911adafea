/** Enrolment: makes this machine's key, proves it to the city with a one-time code, pins the city's receipt key. */
import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { inTransaction } from '../../db/handle.ts';
import { type PrivateJwk, writeIdentity } from '../../db/queries/device.ts';
import { enrolReply, publicJwk } from '../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../shared/contract/sync/version.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import type { Desk } from '../context.ts';
import { type CityClient, readUrl } from './city-client.ts';
import { sign } from './jws.ts';

export async function enrol(
  desk: Desk,
  city: CityClient,
  input: { url: string; code: string; deviceName: string },
): Promise<void> {
  const key = makeKey();
  const at = new Date(desk.clock.now()).toISOString();
  const name = cleanText(input.deviceName) || 'Máy một cửa';
  const payload = {
    v: 1,
    code: cleanText(input.code).toUpperCase(),
    key: publicJwk.parse({ kty: key.kty, crv: key.crv, x: key.x }),
    name,
    at,
  };
  const jws = await sign(payload, TYP.enrol, key);
  const reply = await city.call(
    {
      method: 'POST',
      path: '/v1/enrol',
      headers: { 'content-type': MEDIA.json },
      body: JSON.stringify({ jws }),
    },
    enrolReply,
    new AbortController().signal,
  );
  const { device, no, stream, office, account, epoch, receiptKey, demo } = reply;
  const identity = {
    device,
    no,
    name,
    office,
    stream,
    privateKey: key,
    cityUrl: readUrl(input.url).origin,
    cityKey: receiptKey,
    epoch,
    account,
    demo,
    clockOffsetMs: null,
  };
  inTransaction(desk.db, (tx) => writeIdentity(tx, identity, at));
}

function makeKey(): PrivateJwk {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  return z
    .object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() })
    .parse(jwk);
}
