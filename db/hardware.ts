/** The machine that this store was last written on, as salted hashes inside it: nobody can read a serial number out of it, nor compare two stores. */
import { createHmac, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { type HardwareParts, type HardwareVerdict, judgeHardware } from '../shared/domain/hardware.ts';
import type { Clock } from './clock.ts';
import { inTransaction, type ReadDb } from './handle.ts';
import { readMachineSetting, writeMachineSetting } from './queries/machine.ts';
import { named } from './sqlite-problem.ts';

const SALT = 16;
const HASH_LETTERS = 32;
const remembered = z.strictObject({
  v: z.literal(1),
  salt: z.string(),
  board: z.array(z.string()),
  disk: z.array(z.string()),
  /** Since when this store lies on another machine; null = it does not. */
  elsewhere: z.iso.datetime().nullable(),
});
type Remembered = z.infer<typeof remembered>;

function readKnown(db: ReadDb): Remembered | null {
  const text = readMachineSetting(db, 'hardware');
  return text === null ? null : remembered.parse(JSON.parse(text));
}

/** What the newest judgement said, before a new one is there. */
export const isElsewhere = (db: ReadDb): boolean => (readKnown(db)?.elsewhere ?? null) !== null;

/**
 * Judges, and keeps the judgement. The same machine is remembered as it is now, so that it may be repaired piece by piece. `anew`: whoever
 * put the store here stands for this machine (a take-over with the printed code, a chosen backup). A store that knows no machine learns it.
 */
export function judgeHere(
  db: ReadDb,
  parts: HardwareParts,
  { clock, anew }: { readonly clock: Clock; readonly anew: boolean },
): HardwareVerdict {
  const known = readKnown(db);
  const salt = known?.salt ?? randomBytes(SALT).toString('hex');
  const here = { board: hashed(parts.board, salt), disk: hashed(parts.disk, salt) };
  const verdict = known === null || anew ? 'same' : judgeHardware(known, here);
  if (parts.board.length + parts.disk.length === 0 || verdict === 'unknown') return 'unknown';
  const at = new Date(clock.now()).toISOString();
  const next: Remembered =
    verdict === 'another'
      ? { ...(known ?? { v: 1, salt, board: [], disk: [] }), elsewhere: known?.elsewhere ?? at }
      : { v: 1, salt, elsewhere: null, ...learnt(here, anew ? null : known) };
  const text = JSON.stringify(next);
  if (text !== readMachineSetting(db, 'hardware'))
    named(() => inTransaction(db, (tx) => writeMachineSetting(tx, 'hardware', text)));
  return verdict;
}

/** What cannot be read today is still this machine's. */
function learnt(here: HardwareParts, known: HardwareParts | null): Pick<Remembered, 'board' | 'disk'> {
  const kept = (now: readonly string[], before: readonly string[] = []) => [
    ...(now.length > 0 ? now : before),
  ];
  return { board: kept(here.board, known?.board), disk: kept(here.disk, known?.disk) };
}

function hashed(parts: readonly string[], salt: string): string[] {
  const one = (part: string) =>
    createHmac('sha256', Buffer.from(salt, 'hex')).update(part).digest('hex').slice(0, HASH_LETTERS);
  return [...new Set(parts.map(one))].sort();
}
