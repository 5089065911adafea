/**
 * The data key and the cipher. Until the first password is chosen: a key file that only the user may read; afterwards the
 * key comes out of a slot (key-slots.ts) and that file is gone. A key check stands in the key file (is it whole?) and in a file of its own beside the data (is it the key
 * of this data?), so that a wrong key is told apart from a damaged file (SQLite answers SQLITE_NOTADB to both) and
 * nobody is ever offered "delete and start again".
 */
import { createCipheriv, createHmac, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { fail } from '../shared/problem.ts';
import { syncFolder, writePrivate } from './private-file.ts';

export const ciphers = ['aegis', 'chacha20'] as const;
export type Cipher = (typeof ciphers)[number];
export interface DataKey {
  /** 32 bytes, hex. */
  readonly hex: string;
  readonly cipher: Cipher;
}
export interface KeyStore {
  /** The key of this data folder; makes one only where there is no data yet. */
  open(hasData: boolean): DataKey;
}

const keyFile = z.strictObject({
  v: z.literal(1),
  cipher: z.enum(ciphers),
  key: z.string().regex(/^[0-9a-f]{64}$/),
  check: z.string(),
});

function keyCheck(hex: string): string {
  return createHmac('sha256', Buffer.from(hex, 'hex'))
    .update('so-mot-cua/key-check/v1')
    .digest('hex')
    .slice(0, 32);
}

/** Tells one store from another; tells nothing about its key. */
export const storeId = (key: DataKey) => keyCheck(key.hex).slice(0, 8);

const KEY_FILE = 'desk.key';
export const CHECK_FILE = 'desk.key-check';

/** A key that a slot gave: it must be the one that this data was made with. */
export function heldKeyStore(folder: string, key: DataKey): KeyStore {
  const checkFile = path.join(folder, CHECK_FILE);
  return {
    open(hasData) {
      if (!hasData || !existsSync(checkFile)) writePrivate(checkFile, keyCheck(key.hex));
      else if (readFileSync(checkFile, 'utf8') !== keyCheck(key.hex)) fail('DB_KEY_WRONG');
      return key;
    },
  };
}

/** Ends the time of the plain key file. Written over first: what lies under it on a flash disk is out of our reach. */
export function dropKeyFile(folder: string): void {
  const file = path.join(folder, KEY_FILE);
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r+');
  writeSync(handle, '0'.repeat(statSync(file).size));
  fsyncSync(handle);
  closeSync(handle);
  rmSync(file);
  syncFolder(folder);
}

export function fileKeyStore(folder: string): KeyStore {
  const file = path.join(folder, KEY_FILE);
  const checkFile = path.join(folder, CHECK_FILE);
  return {
    open(hasData) {
      if (existsSync(file)) {
        const known = readKeyFile(file);
        if (!hasData) writePrivate(checkFile, keyCheck(known.hex));
        else if (existsSync(checkFile) && readFileSync(checkFile, 'utf8') !== keyCheck(known.hex))
          fail('DB_KEY_WRONG');
        return known;
      }
      if (hasData) fail('DB_KEY_MISSING', { file: path.basename(file) });
      const made: DataKey = { hex: randomBytes(32).toString('hex'), cipher: fastestCipher() };
      const check = keyCheck(made.hex);
      writePrivate(checkFile, check);
      writePrivate(file, JSON.stringify({ v: 1, cipher: made.cipher, key: made.hex, check }));
      return made;
    },
  };
}

function readKeyFile(file: string): DataKey {
  let parsed: z.infer<typeof keyFile>;
  try {
    parsed = keyFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return fail('DB_KEY_WRONG');
  }
  if (parsed.check !== keyCheck(parsed.key)) fail('DB_KEY_WRONG');
  return { hex: parsed.key, cipher: parsed.cipher };
}

/** AEGIS costs almost nothing with AES instructions; an old CPU without them is faster with ChaCha20. Both carry a MAC. */
export function fastestCipher(): Cipher {
  const block = Buffer.alloc(1 << 20);
  const run = () => {
    const cipher = createCipheriv('aes-256-gcm', Buffer.alloc(32), Buffer.alloc(12));
    const start = process.hrtime.bigint();
    cipher.update(block);
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  const best = Math.min(run(), run(), run(), run());
  const SLOW_MS_PER_MB = 4;
  return best < SLOW_MS_PER_MB ? 'aegis' : 'chacha20';
}
