/** Contents of scans on this machine, as handlers ask for them. */
import { hasFile } from '../../db/file-store.ts';
import type { WriteTx } from '../../db/handle.ts';
import { keptFile, markAttached } from '../../db/queries/file.ts';
import { type FileRef, fileName } from '../../shared/domain/attached-file.ts';
import { fail } from '../../shared/problem.ts';
import type { Desk } from '../context.ts';

export function isHere({ db, settings }: Desk, sha256: string): boolean {
  return keptFile(db, sha256) !== undefined && hasFile(settings.dataFolder, sha256);
}

/** A file that was taken in here, as an event is about to name it. Fails with SCAN_NOT_KEPT. */
export function takenIn(
  { tx, desk }: { readonly tx: WriteTx; readonly desk: Desk },
  { sha256, name }: Pick<FileRef, 'sha256' | 'name'>,
): FileRef {
  const kept = keptFile(tx, sha256);
  if (!kept || !hasFile(desk.settings.dataFolder, sha256)) return fail('SCAN_NOT_KEPT');
  markAttached(tx, sha256);
  return { ...kept, name: fileName(name, kept.type) };
}
