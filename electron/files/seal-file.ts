/**
 * A file with personal data under a password of its own: Office documents by their own encryption, which asks for the password when they
 * are opened; everything else in a ZIP of AES-256 (AE-2), which 7-Zip and WinRAR open.
 */
import { randomInt } from 'node:crypto';
import { withOfficePassword } from './office-cipher.ts';

/** 66 bits: also where a guess costs little (a ZIP has a thousand rounds) nobody comes to an end. Digits, because every keyboard types them alike. */
const DIGITS = 20;

const office = /\.(xlsx|docx)$/i;

/** Under which name it is proposed. */
export function sealedName(name: string): string {
  return office.test(name) ? name : `${name.replace(/\.[^.]*$/, '')}.zip`;
}

export interface SealedFile {
  readonly bytes: Uint8Array;
  /** Told once, kept nowhere. */
  readonly password: string;
}

/** `inside`: how the content is called in a ZIP, which anybody can read without the password. */
export async function sealFile(content: Uint8Array, inside: string): Promise<SealedFile> {
  const password = Array.from({ length: DIGITS }, () => randomInt(10)).join('');
  const bytes = office.test(inside)
    ? withOfficePassword(content, password)
    : await zipped(content, inside, password);
  return { bytes, password };
}

async function zipped(content: Uint8Array, inside: string, password: string): Promise<Uint8Array> {
  const { configure, Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } = await import('@zip.js/zip.js');
  configure({ useWebWorkers: false });
  const zip = new ZipWriter(new Uint8ArrayWriter(), { password, encryptionStrength: 3 });
  await zip.add(inside, new Uint8ArrayReader(content));
  return zip.close();
}
