/**
 * An Office document (.xlsx, .docx) with a password, as Excel, Word and LibreOffice write and open it: agile encryption of
 * [MS-OFFCRYPTO] 2.3.4.10-15 (ECMA-376) with AES-256-CBC and SHA-512, in the compound file of [MS-CFB].
 */
import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';
import { type CompoundFolder, compoundFile } from './compound-file.ts';

/** Rounds of SHA-512 between the password and the key; what Office writes since 2013. */
const SPIN = 100_000;
const BLOCK = 16;
const SALT = 16;
const KEY = 32;
const HASH = 64;
/** The document is enciphered in pieces of this size, each with its own vector (2.3.4.15). */
const SEGMENT = 4_096;

/** Block keys of 2.3.4.13 and 2.3.4.14: each use of the password or of the package key has its own. */
const blockKey = {
  verifierInput: 'fea7d2763b4b9e79',
  verifierHash: 'd7aa0f6d3061344e',
  packageKey: '146e0be7abacd0d6',
  hmacKey: '5fb2ad010cb9e1f6',
  hmacValue: 'a0677f02b22c8433',
} as const;
type Use = keyof typeof blockKey;

const sha512 = (...parts: readonly Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest();
const block = (use: Use) => Buffer.from(blockKey[use], 'hex');
function uint32(n: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(n);
  return bytes;
}

/** AES-256-CBC; the text is filled up with zeros to whole blocks. */
function encipher(key: Uint8Array, iv: Uint8Array, text: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  const fill = Buffer.alloc((BLOCK - (text.length % BLOCK)) % BLOCK);
  return Buffer.concat([cipher.update(text), cipher.update(fill), cipher.final()]);
}

/** 2.3.4.11: what all keys of the password begin with. */
function spun(password: string, salt: Uint8Array): Buffer {
  let hash = sha512(salt, Buffer.from(password, 'utf16le'));
  for (let n = 0; n < SPIN; n++) hash = sha512(uint32(n), hash);
  return hash;
}

/** 2.3.4.15: its length in the clear, then the pieces. */
function encipheredPackage(content: Uint8Array, key: Uint8Array, salt: Uint8Array): Buffer {
  const size = Buffer.alloc(8);
  size.writeBigUInt64LE(BigInt(content.length));
  const pieces = Array.from({ length: Math.ceil(content.length / SEGMENT) }, (_, n) =>
    encipher(
      key,
      sha512(salt, uint32(n)).subarray(0, BLOCK),
      content.subarray(n * SEGMENT, (n + 1) * SEGMENT),
    ),
  );
  return Buffer.concat([size, ...pieces]);
}

/** 2.3.4.10: version 4.4, the flag of agile encryption, then the description. */
function encryptionInfo(xml: string): Buffer {
  return Buffer.concat([Buffer.from('0400040040000000', 'hex'), Buffer.from(xml, 'utf8')]);
}

/** Answers the whole file. About a sixth of a second, and as long as the content takes. */
export function withOfficePassword(content: Uint8Array, password: string): Uint8Array<ArrayBuffer> {
  const [keySalt, dataSalt] = [randomBytes(SALT), randomBytes(SALT)];
  const start = spun(password, keySalt);
  const byPassword = (use: Use, text: Uint8Array) =>
    encipher(sha512(start, block(use)).subarray(0, KEY), keySalt, text).toString('base64');
  const packageKey = randomBytes(KEY);
  const byPackageKey = (use: Use, text: Uint8Array) =>
    encipher(packageKey, sha512(dataSalt, block(use)).subarray(0, BLOCK), text).toString('base64');
  const enciphered = encipheredPackage(content, packageKey, dataSalt);
  // 2.3.4.14: over the whole stream, its length included.
  const hmacKey = randomBytes(HASH);
  const hmac = createHmac('sha512', hmacKey).update(enciphered).digest();
  const verifier = randomBytes(SALT);
  const kind = (salt: Uint8Array) =>
    `saltSize="${SALT}" blockSize="${BLOCK}" keyBits="${KEY * 8}" hashSize="${HASH}" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512" saltValue="${Buffer.from(salt).toString('base64')}"`;
  const xml = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><keyData ${kind(dataSalt)}/><dataIntegrity encryptedHmacKey="${byPackageKey('hmacKey', hmacKey)}" encryptedHmacValue="${byPackageKey('hmacValue', hmac)}"/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey spinCount="${SPIN}" ${kind(keySalt)} encryptedVerifierHashInput="${byPassword('verifierInput', verifier)}" encryptedVerifierHashValue="${byPassword('verifierHash', sha512(verifier))}" encryptedKeyValue="${byPassword('packageKey', packageKey)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const streams = { EncryptionInfo: encryptionInfo(xml), EncryptedPackage: enciphered };
  return new Uint8Array(compoundFile({ ...dataSpaces, ...streams }));
}

/** UNICODE-LP-P4 of 2.1.2: the length in bytes, the text, filled up to a multiple of four. */
function text(value: string): Buffer {
  const letters = Buffer.from(value, 'utf16le');
  return Buffer.concat([uint32(letters.length), letters, Buffer.alloc((4 - (letters.length % 4)) % 4)]);
}
/** Version 1.0 of the reader, the updater and the writer. */
const versions = Buffer.concat([uint32(1), uint32(1), uint32(1)]);
const SPACE = 'StrongEncryptionDataSpace';
const TRANSFORM = 'StrongEncryptionTransform';
const entry = Buffer.concat([uint32(1), uint32(0), text('EncryptedPackage'), text(SPACE)]);
const transformId = text('{FF9A3F03-56EF-4613-BDD5-5A41C1D07246}');

/** 2.1.5-2.1.9 and 2.3.4.3: says that the stream EncryptedPackage is enciphered; the same in every file. */
const dataSpaces: CompoundFolder = {
  '\u0006DataSpaces': {
    Version: Buffer.concat([text('Microsoft.Container.DataSpaces'), versions]),
    DataSpaceMap: Buffer.concat([uint32(8), uint32(1), uint32(entry.length + 4), entry]),
    DataSpaceInfo: { [SPACE]: Buffer.concat([uint32(8), uint32(1), text(TRANSFORM)]) },
    TransformInfo: {
      [TRANSFORM]: {
        '\u0006Primary': Buffer.concat([
          ...[uint32(8 + transformId.length), uint32(1), transformId],
          ...[text('Microsoft.Container.EncryptionTransform'), versions],
          ...[uint32(0), uint32(0), uint32(0), uint32(4)],
        ]),
      },
    },
  },
};
