/** The hub's own secrets: the Ed25519 receipt key that every desk pins, and the secret of challenges and enrol codes. */
import { randomBytes } from 'node:crypto';
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
}

const privateJwk = publicJwk.extend({ d: z.string().min(40).max(50) });
const keyFile = z.strictObject({ v: z.literal(1), receipt: privateJwk, secret: z.base64url() });

export async function loadKeys(dataDir: string): Promise<HubKeys> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = path.join(dataDir, 'hub-keys.json');
  if (!existsSync(file)) writeWhole(file, JSON.stringify(await newKeys()));
  const { receipt, secret } = keyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  const receiptKey = await importJWK(receipt, ALG);
  assert(!(receiptKey instanceof Uint8Array), 'the receipt key is an asymmetric key');
  const receiptPublic: PublicJwk = { kty: receipt.kty, crv: receipt.crv, x: receipt.x };
  return {
    receiptKey,
    receiptPublic,
    kid: sha256Hex(receipt.x).slice(0, 16),
    secret: Buffer.from(secret, 'base64url'),
  };
}

async function newKeys(): Promise<z.infer<typeof keyFile>> {
  const { privateKey } = await generateKeyPair(ALG, { crv: 'Ed25519', extractable: true });
  const { kty, crv, x, d } = await exportJWK(privateKey);
  return {
    v: 1,
    receipt: privateJwk.parse({ kty, crv, x, d }),
    secret: randomBytes(32).toString('base64url'),
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
