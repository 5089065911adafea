/** Real damage to real files: cut off, bits flipped, a page of zeros, gone. */
import { existsSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

export const damages = ['truncate', 'flip', 'zero', 'delete'] as const;
export type Damage = (typeof damages)[number];
const PAGE = 4096;

/** `at`: 0 to 1, where in the file. */
export function spoil(file: string, damage: Damage, at: number): void {
  if (!existsSync(file)) return;
  const bytes = readFileSync(file);
  const place = Math.min(Math.max(0, bytes.length - 1), Math.floor(at * bytes.length));
  if (damage === 'delete') rmSync(file);
  else if (damage === 'truncate') truncateSync(file, place);
  else writeFileSync(file, spoiled(bytes, damage, place));
}

function spoiled(bytes: Buffer, damage: 'flip' | 'zero', place: number): Buffer {
  if (damage === 'zero')
    bytes.fill(0, place - (place % PAGE), Math.min(bytes.length, place - (place % PAGE) + PAGE));
  else for (let i = place; i < Math.min(bytes.length, place + 8); i++) bytes[i] = (bytes[i] ?? 0) ^ 0x41;
  return bytes;
}
