/** One file out of a zip (docx, xlsx), by its central directory. */
import { inflateRawSync } from 'node:zlib';

const ENTRY = Buffer.from('PK\x01\x02', 'latin1');

export function unzipped(bytes: Uint8Array, name: string): string {
  const zip = Buffer.from(bytes);
  for (let at = zip.indexOf(ENTRY); at >= 0; at = zip.indexOf(ENTRY, at + 4)) {
    if (zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28)) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const data = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(data) : data).toString('utf8');
  }
  throw new Error(`no ${name} in the zip`);
}
