/**
 * Opens what electron/files/seal-file.ts closes, after the same documents but by other code: the container through another library, the
 * keys from the description in the file. Throws where the password is wrong or something was changed.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';
import CFB from 'cfb';
import { must } from '../../shared/lib/must.ts';

export interface OfficeInfo {
  readonly version: string;
  readonly key: Readonly<Record<string, string>>;
  readonly data: Readonly<Record<string, string>>;
}

const attributes = (xml: string, tag: string) =>
  Object.fromEntries(
    [...must(new RegExp(`<(?:\\w+:)?${tag} [^>]*>`).exec(xml), tag)[0].matchAll(/(\w+)="([^"]*)"/g)].map(
      ([, name, value]) => [name ?? '', value ?? ''],
    ),
  );
const stream = (file: CFB.CFB$Container, name: string) =>
  Buffer.from(must(CFB.find(file, `/${name}`), name).content);

/** [MS-OFFCRYPTO] 2.3.4.10-15, for any hash and key size that the file names. */
export function openOffice(bytes: Uint8Array, password: string): { info: OfficeInfo; content: Buffer } {
  const file = CFB.read(Buffer.from(bytes), { type: 'buffer' });
  const description = stream(file, 'EncryptionInfo');
  const xml = description.subarray(8).toString('utf8');
  const key = attributes(xml, 'encryptedKey');
  const data = attributes(xml, 'keyData');
  const integrity = attributes(xml, 'dataIntegrity');
  const enciphered = stream(file, 'EncryptedPackage');
  const hash = (...parts: Buffer[]) =>
    createHash(must(key.hashAlgorithm, 'hash').toLowerCase()).update(Buffer.concat(parts)).digest();
  const base64 = (of: Readonly<Record<string, string>>, name: string) =>
    Buffer.from(must(of[name], name), 'base64');
  const opened = (by: Buffer, iv: Buffer, text: Buffer) => {
    const cipher = createDecipheriv(`aes-${Number(key.keyBits)}-cbc`, by, iv).setAutoPadding(false);
    return Buffer.concat([cipher.update(text), cipher.final()]);
  };
  const number = Buffer.alloc(4);
  const counted = (n: number) => {
    number.writeUInt32LE(n);
    return Buffer.from(number);
  };
  const [keySalt, dataSalt] = [base64(key, 'saltValue'), base64(data, 'saltValue')];
  let spun = hash(keySalt, Buffer.from(password, 'utf16le'));
  for (let n = 0; n < Number(key.spinCount); n++) spun = hash(counted(n), spun);
  const byPassword = (use: string, name: string) =>
    opened(
      hash(spun, Buffer.from(use, 'hex')).subarray(0, Number(key.keyBits) / 8),
      keySalt,
      base64(key, name),
    );
  const verifier = byPassword('fea7d2763b4b9e79', 'encryptedVerifierHashInput');
  if (!hash(verifier).equals(byPassword('d7aa0f6d3061344e', 'encryptedVerifierHashValue')))
    throw new Error('wrong password');
  const packageKey = byPassword('146e0be7abacd0d6', 'encryptedKeyValue');
  const ivOf = (tail: Buffer) => hash(dataSalt, tail).subarray(0, 16);
  const byPackage = (use: string, name: string) =>
    opened(packageKey, ivOf(Buffer.from(use, 'hex')), base64(integrity, name));
  const hmac = createHmac('sha512', byPackage('5fb2ad010cb9e1f6', 'encryptedHmacKey')).update(enciphered);
  if (!hmac.digest().equals(byPackage('a0677f02b22c8433', 'encryptedHmacValue'))) throw new Error('changed');
  const size = Number(enciphered.readBigUInt64LE());
  const pieces: Buffer[] = [];
  for (let at = 8, n = 0; at < enciphered.length; at += 4_096, n++)
    pieces.push(opened(packageKey, ivOf(counted(n)), enciphered.subarray(at, at + 4_096)));
  const version = `${description.readUInt16LE(0)}.${description.readUInt16LE(2)}`;
  return { info: { version, key, data }, content: Buffer.concat(pieces).subarray(0, size) };
}

function counterMode(key: Buffer, text: Buffer): Buffer {
  const counters = Buffer.alloc(Math.ceil(text.length / 16) * 16);
  for (let n = 0; n * 16 < counters.length; n++) counters.writeUInt32LE(n + 1, n * 16);
  const stream = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).update(counters);
  return text.map((byte, at) => byte ^ (stream[at] ?? 0)) as Buffer;
}

/** The one entry of a ZIP by WinZip's AE-1 or AE-2: PBKDF2 of 1000 rounds, AES in counter mode from 1, little-endian, HMAC-SHA1 of 10 bytes. */
export function openZip(
  bytes: Uint8Array,
  password: string,
): { name: string; bits: number; content: Buffer } {
  const zip = Buffer.from(bytes);
  const at = zip.indexOf('PK\x01\x02', 0, 'latin1');
  const size = zip.readUInt32LE(at + 20);
  const [nameSize, extraSize] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30)];
  const extra = zip.subarray(at + 46 + nameSize, at + 46 + nameSize + extraSize);
  const aes = extra.subarray(extra.indexOf(Buffer.from([0x01, 0x99])));
  const strength = aes.readUInt8(8);
  const [keySize, saltSize] = [8 * (strength + 1), 4 * (strength + 1)];
  const local = zip.readUInt32LE(at + 42);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const data = zip.subarray(start, start + size);
  const keys = pbkdf2Sync(password, data.subarray(0, saltSize), 1_000, 2 * keySize + 2, 'sha1');
  if (!keys.subarray(2 * keySize).equals(data.subarray(saltSize, saltSize + 2)))
    throw new Error('wrong password');
  const text = data.subarray(saltSize + 2, -10);
  const mac = createHmac('sha1', keys.subarray(keySize, 2 * keySize))
    .update(text)
    .digest();
  if (!mac.subarray(0, 10).equals(data.subarray(-10))) throw new Error('changed');
  const content = counterMode(keys.subarray(0, keySize), text);
  return {
    name: zip.toString('utf8', at + 46, at + 46 + nameSize),
    bits: keySize * 8,
    content: aes.readUInt16LE(9) === 8 ? inflateRawSync(content) : content,
  };
}
