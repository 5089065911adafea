/** Room that scans take on this machine, and what of it can be given back: contents that the city holds. */
import { dropParts, removeFile } from '../../db/file-store.ts';
import { inTransaction } from '../../db/handle.ts';
import { forgetFile, freeableFiles, type KeptFile, storedFiles } from '../../db/queries/file.ts';
import type { Output } from '../../shared/contract/ipc/registry.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';

export function getScanStorage({ db, identity }: ReadCtx): Output<'file.storage'> {
  const freeable = identity ? freeableFiles(db, identity.epoch) : [];
  return { ...sumOf(storedFiles(db)), freeable: sumOf(freeable) };
}

export async function freeScans({
  desk,
  db,
  identity,
  sync,
  changed,
}: TaskCtx): Promise<Output<'file.free'>> {
  const { epoch } = requireIdentity(identity);
  await sync.scans.cancel();
  const freed = freeableFiles(db, epoch);
  for (const { sha256 } of freed) {
    // The content first: killed in between, a row without it means no more than a content that is not here.
    removeFile(desk.settings.dataFolder, sha256);
    inTransaction(db, (tx) => forgetFile(tx, sha256));
  }
  dropParts(desk.settings.dataFolder);
  changed('dossier', 'sheet', 'sync');
  return sumOf(freed);
}

function sumOf(files: readonly KeptFile[]): { count: number; bytes: number } {
  return { count: files.length, bytes: files.reduce((sum, f) => sum + f.size, 0) };
}
