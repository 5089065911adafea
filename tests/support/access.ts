/** What the access log of a desk says, read past the program. */
import type { ReadDb } from '../../db/handle.ts';
import { type AccessEntry, accessEntry } from '../../shared/domain/access.ts';

export function accessEntries(db: ReadDb): AccessEntry[] {
  const raws = db.$client.prepare('SELECT raw FROM access ORDER BY seq').pluck().all() as string[];
  return raws.map((raw) => accessEntry.parse(JSON.parse(raw)));
}

/** `action subject-id` or `action`, with `!` where it was refused. */
export function deedsOf(db: ReadDb): string[] {
  return accessEntries(db).map(({ action, subject, outcome }) =>
    [outcome === 'refused' ? `!${action}` : action, subject?.id].filter(Boolean).join(' '),
  );
}
