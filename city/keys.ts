/**
 * The hub's own secrets: the Ed25519 receipt key that every desk pins, the secret of challenges and enrol codes, and the age
 * identity (X25519) that opens what comes by USB stick.
 */
import { createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign, verify } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK } from 'jose';
import { z } from 'zod';
import { type PublicJwk, publicJwk } from '../shared/contract/sync/messages.ts';
import { ALG } from '../shared/contract/sync/version.ts';
import { assert } from '../shared/lib/must.ts';
import { sha256Hex } from './sha256.ts';

export interface HubKeys {
  readonly receiptKey: CryptoKey;
  readonly receiptPublic: PublicJwk;
  readonly kid: string;
  readonly secret: Uint8Array;
  /** age identity (AGE-SECRET-KEY-1…) and its recipient (age1…). */
  readonly box: { readonly identity: string; readonly recipient: string };
  /** Ed25519 over plain text, base64url: marks on events. */
  readonly marks: { sign(text: string): string; verify(text: string, mark: string): boolean };
}

const privateJwk = publicJwk.extend({ d: z.string().min(40).max(50) });
const keyFile = z.strictObject({
  v: z.literal(1),
  receipt: privateJwk,
  secret: z.base64url(),
  /** Absent in a file from before bundles by USB stick. */
  box: z
    .string()
    .regex(/^AGE-SECRET-KEY-1[0-9A-Z]{50,70}$/)
    .optional(),
});
type KeyFile = z.infer<typeof keyFile>;

export async function loadKeys(dataDir: string): Promise<HubKeys> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'hub-keys.json');
  if (!existsSync(file)) writeWhole(file, JSON.stringify(await newKeys()));
  const { receipt, secret, box } = await withBox(file);
  const receiptKey = await importJWK(receipt, ALG);
  assert(!(receiptKey instanceof Uint8Array), 'the receipt key is an asymmetric key');
  const receiptPublic: PublicJwk = { kty: receipt.kty, crv: receipt.crv, x: receipt.x };
  return {
    receiptKey,
    receiptPublic,
    kid: sha256Hex(receipt.x).slice(0, 16),
    secret: Buffer.from(secret, 'base64url'),
    box: { identity: box, recipient: await identityToRecipient(box) },
    marks: markSigner(createPrivateKey({ key: receipt, format: 'jwk' })),
  };
}

async function withBox(file: string): Promise<KeyFile & { readonly box: string }> {
  const keys = keyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  if (keys.box !== undefined) return { ...keys, box: keys.box };
  const more = { ...keys, box: await generateX25519Identity() };
  writeWhole(file, JSON.stringify(more));
  return more;
}

function markSigner(key: KeyObject): HubKeys['marks'] {
  const open = createPublicKey(key);
  return {
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
    verify: (text, mark) => verify(null, Buffer.from(text), open, Buffer.from(mark, 'base64url')),
  };
}

async function newKeys(): Promise<KeyFile> {
  const { privateKey } = await generateKeyPair(ALG, { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(privateKey);
  return {
    v: 1,
    receipt: privateJwk.parse({ kty, crv, x, d }),
    secret: randomBytes(32).toString('base64url'),
    box: await generateX25519Identity(),
  };
}

/** Whole or not at all: half a key file would lock every desk of the city out. */
function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  const handle = openSync(temporary, 'wx', 0o600);
  writeSync(handle, text);
  fsyncSync(handle);
  closeSync(handle);
  renameSync(temporary, file);
}
