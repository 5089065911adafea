/**
 * How far the store came, beside the journal in two slots that are written in turn: where the store and the journal were both spoiled, it
 * still says how much is missing. No personal data.
 */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { journalFolder } from './segment.ts';

const SLOT = 192;
const SUM = 16;
const slotContent = z.strictObject({
  /** Rises with every write: the greater one is the newer. */
  n: z.int(),
  branch: z.string(),
  position: z.int().min(0),
  at: z.iso.datetime(),
  /** Something before it is missing from the journal, until the next backup. */
  hole: z.boolean().default(false),
});
export type JournalMark = Omit<z.infer<typeof slotContent>, 'n'>;

export const MARK_FILE = 'position.mark';
const markFile = (folder: string) => path.join(journalFolder(folder), MARK_FILE);
const sumOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, SUM);

export interface MarkWriter {
  readonly handle: number;
  write(mark: JournalMark): void;
  close(): void;
}

export function openMark(folder: string): MarkWriter {
  const file = markFile(folder);
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let n = newest(folder)?.n ?? 0;
  const handle = openSync(file, existsSync(file) ? 'r+' : 'w+', 0o600);
  return {
    handle,
    write(mark) {
      const text = JSON.stringify({ n: ++n, ...mark }).padEnd(SLOT - SUM);
      writeSync(handle, Buffer.from(text + sumOf(text)), 0, SLOT, (n % 2) * SLOT);
    },
    close: () => closeSync(handle),
  };
}

/** null where no slot is whole. */
export function readMark(folder: string): JournalMark | null {
  const found = newest(folder);
  if (!found) return null;
  const { n: _, ...mark } = found;
  return mark;
}

function newest(folder: string): z.infer<typeof slotContent> | null {
  if (!existsSync(markFile(folder))) return null;
  const text = readFileSync(markFile(folder), 'latin1');
  const slots = [0, 1].flatMap((n) => slotOf(text.slice(n * SLOT, (n + 1) * SLOT)) ?? []);
  return slots.sort((a, b) => b.n - a.n)[0] ?? null;
}

function slotOf(slot: string): z.infer<typeof slotContent> | null {
  const text = slot.slice(0, SLOT - SUM);
  if (slot.length !== SLOT || sumOf(text) !== slot.slice(-SUM)) return null;
  return slotContent.parse(JSON.parse(text));
}
