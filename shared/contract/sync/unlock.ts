/**
 * Opening a machine by the city where every password and the printed code are lost: files that go by stick. The data key is sealed to the
 * city's recovery key (age, X25519), whose private half lies in a safe; the safe's PC seals it to the machine's one-time key, the hub signs.
 */
import { z } from 'zod';
import { roles } from '../../domain/verbs.ts';
import { publicJwk } from './messages.ts';

export const ageRecipient = z.string().regex(/^age1[0-9a-z]{50,70}$/);
/** An age file (binary) in base64. */
const ageFile = z.base64().max(8_000);
const nonce = z.string().regex(/^[0-9a-f]{32}$/);
const jws = z.string().min(20).max(30_000);

/** Lies in the folder of key slots; nothing in it opens anything without the safe. */
export const citySlot = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  recipient: ageRecipient,
  cityKey: publicJwk,
  /** JWS of the device card. */
  card: jws,
  at: z.iso.datetime(),
  /** age file of a `citySlotSecret`. */
  sealed: ageFile,
});
export type CitySlot = z.infer<typeof citySlot>;
/** Bound to device and moment: a slot that was put into another machine's file is found out. */
export const citySlotSecret = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  at: z.iso.datetime(),
  cipher: z.enum(['aegis', 'chacha20']),
  key: z.string().regex(/^[0-9a-f]{64}$/),
});

/** From the machine to the safe. */
export const unlockRequest = z.strictObject({
  v: z.literal(1),
  slot: citySlot,
  /** One-time age recipient of the machine. */
  once: ageRecipient,
  nonce,
  at: z.iso.datetime(),
});
export type UnlockRequest = z.infer<typeof unlockRequest>;

/** From the safe to the hub: the secret, now sealed to the machine's one-time key. */
export const openedRequest = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  card: jws,
  nonce,
  sealed: ageFile,
});

/** From the hub to the machine: `smc-unlock+jws` over this. */
export const unlockAnswer = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  nonce,
  sealed: ageFile,
  account: z.strictObject({ id: z.string().min(1), name: z.string(), role: z.enum(roles) }),
  /** JWS of the person's role paper. */
  paper: z.string().min(20).max(4_000),
  until: z.iso.datetime(),
});
export const signedAnswer = z.strictObject({ v: z.literal(1), answer: jws });

export const UNLOCK_LIFE_MS = 7 * 86_400_000;
/** Ends of the names: request, what the safe gives to the hub, answer. */
export const UNLOCK_FILES = {
  request: '.xin-mo-khoa',
  opened: '.da-mo',
  answer: '.tra-loi-mo-khoa',
} as const;
