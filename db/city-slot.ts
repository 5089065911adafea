/**
 * The data key sealed to the city's safe, beside the slots of people, and the way back: a request with a one-time key, and what the
 * city answered. The one-time key lies here until the answer is used; whoever has this disk gains nothing by it without the safe.
 */
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { z } from 'zod';
import {
  type CitySlot,
  citySlot,
  citySlotSecret,
  signedAnswer,
  type UnlockRequest,
  unlockAnswer,
} from '../shared/contract/sync/unlock.ts';
import { TYP } from '../shared/contract/sync/version.ts';
import { checkedText, readChecked } from '../shared/courier/checked-text.ts';
import { fail } from '../shared/problem.ts';
import type { OsWrap } from './key-slot.ts';
import { KEYS_FOLDER } from './key-slots.ts';
import type { DataKey } from './key-store.ts';
import { writePrivate } from './private-file.ts';
import { readSigned } from './signed.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
export const CITY_SLOT = 'city.sealed';
const slotFile = (folder: string) => path.join(folder, KEYS_FOLDER, CITY_SLOT);
const askedFile = (folder: string) => path.join(folder, KEYS_FOLDER, 'city-request.json');
/** Of the request under way: the one-time identity, inside the layer of the operating system where `os`. */
const asked = z.strictObject({ v: z.literal(1), nonce: z.string(), identity: z.string(), os: z.boolean() });

export type Answer = z.infer<typeof unlockAnswer>;

function readFile<S extends z.ZodType>(file: string, schema: S): z.output<S> | null {
  return existsSync(file) ? readChecked(readFileSync(file, 'utf8'), schema, sha256) : null;
}

/** Null where there is none, or it is not whole. */
export const readCitySlot = (folder: string): CitySlot | null => readFile(slotFile(folder), citySlot);

export async function sealForCity(
  folder: string,
  about: Omit<CitySlot, 'v' | 'sealed'>,
  key: DataKey,
): Promise<void> {
  const { device, at, recipient } = about;
  const secret: z.infer<typeof citySlotSecret> = { v: 1, device, at, cipher: key.cipher, key: key.hex };
  const sealer = new Encrypter();
  sealer.addRecipient(recipient);
  const sealed = Buffer.from(await sealer.encrypt(JSON.stringify(secret))).toString('base64');
  mkdirSync(path.dirname(slotFile(folder)), { recursive: true, mode: 0o700 });
  writePrivate(slotFile(folder), checkedText({ v: 1, ...about, sealed }, sha256));
}

/** A request for the safe; an older one is answered in vain from now on. */
export async function makeRequest(
  folder: string,
  { os, at }: { readonly os: OsWrap; readonly at: string },
): Promise<{ readonly device: string; readonly text: string }> {
  const slot = readCitySlot(folder) ?? fail('UNLOCK_NO_SLOT');
  const identity = await generateX25519Identity();
  const nonce = randomBytes(16).toString('hex');
  const wrapped = await os.wrap(identity);
  const mine = { v: 1, nonce, identity: wrapped ?? identity, os: wrapped !== null };
  writePrivate(askedFile(folder), checkedText(mine, sha256));
  const request: UnlockRequest = { v: 1, slot, once: await identityToRecipient(identity), nonce, at };
  return { device: slot.device, text: checkedText(request, sha256) };
}

/** What the city signed for the request under way, by the key that stands beside the slot; the store checks it again by its own. */
export function readAnswer(folder: string, text: string): { readonly answer: Answer; readonly jws: string } {
  const file = readChecked(text, signedAnswer, sha256) ?? fail('UNLOCK_FILE_BROKEN');
  const mine = readFile(askedFile(folder), asked) ?? fail('UNLOCK_NOT_ASKED');
  const slot = readCitySlot(folder) ?? fail('UNLOCK_NO_SLOT');
  const answer = signedFor(file.answer, slot.cityKey) ?? fail('CITY_SIGNATURE');
  if (answer.device !== slot.device) fail('UNLOCK_OTHER_DEVICE');
  if (answer.nonce !== mine.nonce) fail('UNLOCK_NOT_ASKED');
  return { answer, jws: file.answer };
}

export const signedFor = (jws: string, key: CitySlot['cityKey']): Answer | null =>
  readSigned(jws, { key, typ: TYP.unlock, schema: unlockAnswer });

export async function keyFromAnswer(
  folder: string,
  { sealed, device }: Answer,
  os: OsWrap,
): Promise<DataKey> {
  const mine = readFile(askedFile(folder), asked) ?? fail('UNLOCK_NOT_ASKED');
  const identity = mine.os ? await os.unwrap(mine.identity) : mine.identity;
  try {
    const opener = new Decrypter();
    opener.addIdentity(identity ?? '');
    const secret = await opener.decrypt(Buffer.from(sealed, 'base64'), 'text');
    const { key: hex, cipher, device: of } = citySlotSecret.parse(JSON.parse(secret));
    if (of === device) return { hex, cipher };
  } catch {
    // Not sealed to this request: the same answer as for one that was never asked.
  }
  return fail('UNLOCK_NOT_ASKED');
}

export function endRequest(folder: string): void {
  rmSync(askedFile(folder), { force: true });
}
