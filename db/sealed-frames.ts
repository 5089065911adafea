/**
 * A file of sealed frames that only grows: magic, salt, and frames of length (4 bytes) and AES-256-GCM of JSON under a key made from the
 * data key and the salt, the nonce being the number of the frame. What a killed program left half written, or what was spoiled, ends the
 * file there.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { openSync, writeSync } from 'node:fs';
import type { DataKey } from './key-store.ts';

/** Each kind has a key of its own: a frame of one is none of another. */
export interface FrameKind {
  readonly magic: string;
  /** Purpose of the key (HKDF info). */
  readonly purpose: string;
}
const SALT = 16;
const LENGTH = 4;
const TAG = 16;
/** Magic and salt. */
export const startOf = ({ magic }: FrameKind): number => magic.length + SALT;

const keyOf = (kind: FrameKind, key: DataKey, salt: Buffer) =>
  Buffer.from(hkdfSync('sha256', Buffer.from(key.hex, 'hex'), salt, kind.purpose, 32));

function nonceOf(frame: number): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(frame, 8);
  return nonce;
}

export interface FrameWriter {
  readonly handle: number;
  append(content: object): void;
}

/** Each file has a salt of its own, so a nonce is never used twice under one key. */
export function createFrames(file: string, kind: FrameKind, key: DataKey): FrameWriter {
  const handle = openSync(file, 'wx', 0o600);
  const salt = randomBytes(SALT);
  const own = keyOf(kind, key, salt);
  let frames = 0;
  writeSync(handle, Buffer.concat([Buffer.from(kind.magic), salt]));
  return {
    handle,
    append(content) {
      const cipher = createCipheriv('aes-256-gcm', own, nonceOf(frames++));
      const body = Buffer.concat([
        cipher.update(JSON.stringify(content)),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      const length = Buffer.alloc(LENGTH);
      length.writeUInt32BE(body.length);
      writeSync(handle, Buffer.concat([length, body]));
    },
  };
}

/** Up to the first frame that cannot be read. Answers how many whole frames stand from there on. */
export function* framesOf(bytes: Buffer, kind: FrameKind, key: DataKey): Generator<unknown, number> {
  const magic = Buffer.from(kind.magic);
  let at = startOf(kind);
  if (!bytes.subarray(0, magic.length).equals(magic)) return wholeFrom(bytes, at);
  const own = keyOf(kind, key, bytes.subarray(magic.length, at));
  for (let frame = 0; at + LENGTH < bytes.length; frame++) {
    const end = endOf(bytes, at);
    const plain = unseal(bytes.subarray(at + LENGTH, end), own, frame);
    if (end > bytes.length || plain === null) break;
    yield JSON.parse(plain.toString());
    at = end;
  }
  return wholeFrom(bytes, at);
}

const endOf = (bytes: Buffer, at: number) => at + LENGTH + bytes.readUInt32BE(at);

/** The last one of a killed program is not whole. */
function wholeFrom(bytes: Buffer, start: number): number {
  let whole = 0;
  for (let at = start; at + LENGTH < bytes.length; at = endOf(bytes, at))
    if (endOf(bytes, at) <= bytes.length) whole++;
  return whole;
}

function unseal(sealed: Buffer, key: Buffer, frame: number): Buffer | null {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(frame), { authTagLength: TAG });
    decipher.setAuthTag(sealed.subarray(-TAG));
    return Buffer.concat([decipher.update(sealed.subarray(0, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}
