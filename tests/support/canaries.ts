/** Looks for texts that must have left no trace, in every file below a folder, however they may be written down. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { searchKey } from '../../shared/lib/vietnamese-text.ts';

interface Pattern {
  readonly canary: string;
  readonly how: string;
  readonly bytes: Buffer;
  /** Digits alone may stand inside a longer number by chance. */
  readonly digits: boolean;
}
export interface Found {
  readonly file: string;
  readonly canary: string;
  readonly how: string;
}

/** The middle of the Base64 of a text, which does not depend on what stands around it, at each of three places. */
function base64Parts(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]).toString('base64');
    return coded.slice(before === 0 ? 0 : 4, Math.floor((before + Buffer.byteLength(text)) / 3) * 4);
  });
}

function patternsOf(canary: string): Pattern[] {
  const digits = /^\d+$/.test(canary);
  const bare = canary.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D');
  const written = [
    ...[canary.normalize('NFC'), canary.normalize('NFD'), canary.toLowerCase(), canary.toUpperCase()],
    ...[searchKey(canary), bare, encodeURIComponent(canary), JSON.stringify(canary).slice(1, -1)],
  ];
  const spoken = new Set(written.filter((text) => text.length >= 5));
  return [...spoken].flatMap((text) => [
    { canary, digits, how: 'utf-8', bytes: Buffer.from(text) },
    { canary, digits, how: 'utf-16le', bytes: Buffer.from(text, 'utf16le') },
    { canary, digits: false, how: 'hex', bytes: Buffer.from(Buffer.from(text).toString('hex')) },
    {
      canary,
      digits: false,
      how: 'HEX',
      bytes: Buffer.from(Buffer.from(text).toString('hex').toUpperCase()),
    },
    ...base64Parts(text).map((part) => ({ canary, digits: false, how: 'base64', bytes: Buffer.from(part) })),
  ]);
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

function stands(inside: Buffer, { bytes, digits, how }: Pattern): boolean {
  const step = how === 'utf-16le' ? 2 : 1;
  for (let at = inside.indexOf(bytes); at !== -1; at = inside.indexOf(bytes, at + 1))
    if (!digits || !(isDigit(inside[at - step]) || isDigit(inside[at + bytes.length]))) return true;
  return false;
}

const tried = (work: () => Buffer): Buffer[] => {
  try {
    return [work()];
  } catch {
    return [];
  }
};

/** The members of a zip by their local heads, a gzip or zlib file, and the streams of a PDF. */
function unpacked(content: Buffer): Buffer[] {
  const found: Buffer[] = [];
  if (content[0] === 0x1f && content[1] === 0x8b) found.push(...tried(() => gunzipSync(content)));
  if (content[0] === 0x78) found.push(...tried(() => inflateSync(content)));
  for (let at = content.indexOf('PK\x03\x04'); at !== -1; at = content.indexOf('PK\x03\x04', at + 4)) {
    const body = at + 30 + content.readUInt16LE(at + 26) + content.readUInt16LE(at + 28);
    found.push(...tried(() => inflateRawSync(content.subarray(body), { finishFlush: 2 })));
  }
  if (content.subarray(0, 5).toString() === '%PDF-')
    for (let at = content.indexOf('stream\n'); at !== -1; at = content.indexOf('stream\n', at + 7))
      found.push(...tried(() => inflateSync(content.subarray(at + 7), { finishFlush: 2 })));
  return found;
}

/** What is in `content`; also `how` it is written. */
export function canariesIn(content: Buffer, canaries: readonly string[]): Omit<Found, 'file'>[] {
  const parts = [content, ...unpacked(content)];
  return canaries.flatMap((canary) =>
    patternsOf(canary)
      .filter((pattern) => parts.some((part) => stands(part, pattern)))
      .map(({ how }) => ({ canary, how })),
  );
}

/** Every file below the folder, by its name as well. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
}

export function scanFolder(folder: string, canaries: readonly string[]): Found[] {
  return filesBelow(folder).flatMap((file) => {
    const name = path.relative(folder, file);
    const inName = canariesIn(Buffer.from(name), canaries).map((one) => ({
      ...one,
      how: `name, ${one.how}`,
    }));
    return [...inName, ...canariesIn(readFileSync(file), canaries)].map((one) => ({ file: name, ...one }));
  });
}
