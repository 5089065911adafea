/**
 * Enrolment: makes this machine's key, proves it to the city with a one-time code, pins the city's receipt key. The key
 * is stored before it is shown: where the answer is lost or the power goes, the same code with the same key gets it again.
 */
import { generateKeyPairSync } from 'node:crypto';
import { z } from 'zod';
import { inTransaction } from '../../db/handle.ts';
import {
  type PrivateJwk,
  readEnrolmentKey,
  readIdentity,
  writeEnrolmentKey,
  writeIdentity,
} from '../../db/queries/device.ts';
import { writeMachineSetting } from '../../db/queries/machine.ts';
import { noteSeenTime } from '../../db/seen-time.ts';
import { readSigned } from '../../db/signed.ts';
import { sha256 } from '../../db/write.ts';
import { deviceCard, enrolReply, publicJwk } from '../../shared/contract/sync/messages.ts';
import { MEDIA, TYP } from '../../shared/contract/sync/version.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { Desk } from '../context.ts';
import { type CityClient, readUrl } from './city-client.ts';
import { sign } from './jws.ts';

export async function enrol(
  desk: Desk,
  city: CityClient,
  input: { url: string; code: string; deviceName: string },
): Promise<void> {
  // A second identity would leave what the first one has not sent yet without a sender.
  if (readIdentity(desk.db)) fail('ENROLLED_ALREADY');
  const code = cleanText(input.code).toUpperCase();
  const key = enrolmentKey(desk, sha256(`${readUrl(input.url).origin}\n${code}`));
  const at = new Date(desk.clock.now()).toISOString();
  const name = cleanText(input.deviceName) || 'Máy một cửa';
  const payload = {
    v: 1,
    code,
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
  const { device, no, stream, office, account, epoch, receiptKey, demo, card, paper } = reply;
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
    accountKnown: true,
  };
  inTransaction(desk.db, (tx) => {
    if (readIdentity(tx)) fail('ENROLLED_ALREADY');
    writeIdentity(tx, identity, at, paper);
    writeMachineSetting(tx, 'city_card', card);
    const signed = readSigned(card, { key: receiptKey, typ: TYP.card, schema: deviceCard });
    if (signed) noteSeenTime(tx, desk.clock, Date.parse(signed.at));
  });
}

function enrolmentKey({ db }: Desk, attempt: string): PrivateJwk {
  return inTransaction(db, (tx) => {
    const key = readEnrolmentKey(tx, attempt) ?? makeKey();
    writeEnrolmentKey(tx, attempt, key);
    return key;
  });
}

function makeKey(): PrivateJwk {
  const { privateKey } = generateKeyPairSync('ed25519');
  const jwk = privateKey.export({ format: 'jwk' });
  return z
    .object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string() })
    .parse(jwk);
}
