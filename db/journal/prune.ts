/** Segments that the three newest backups no longer need, or all there are once older ones had to go. */
import { rmSync } from 'node:fs';
import { openCopy } from '../backup/copy.ts';
import { backupFolder, ownBackups } from '../backup/folder.ts';
import type { ReadDb } from '../handle.ts';
import type { DataKey } from '../key-store.ts';
import { readJournalState } from './live.ts';
import { readSegment, segmentFile, segmentNumbers } from './segment.ts';

/** So many backups may be damaged before the journal no longer fills the gap. */
const NEWEST = 3;

/** `purgedAt`: epoch ms; segments from before a purge go with the backups from before it, however few came after. */
export function pruneJournal(folder: string, key: DataKey, purgedAt: number | null): void {
  const backups = ownBackups(backupFolder(folder), key).filter(({ at }) => at >= (purgedAt ?? at));
  const oldest = purgedAt === null ? backups[NEWEST - 1] : (backups[NEWEST - 1] ?? backups.at(-1));
  const copy = oldest && openCopy(oldest.file, key);
  if (!copy) return;
  try {
    if (!hasJournal(copy)) return;
    const { branch, position } = readJournalState(copy);
    const numbers = segmentNumbers(folder);
    const first = numbers.findLast((n) => {
      const header = readSegment(folder, n, key)?.header;
      return header?.branch === branch && header.base <= position;
    });
    for (const n of numbers) if (first !== undefined && n < first) rmSync(segmentFile(folder, n));
  } finally {
    copy.$client.close();
  }
}

/** False in a copy of before the journal. */
function hasJournal({ $client }: ReadDb): boolean {
  return (
    $client.prepare("SELECT count(*) FROM sqlite_master WHERE name = 'journal_state'").pluck().get() === 1
  );
}
