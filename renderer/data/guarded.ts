/** Saves a file with personal data: asked for its password or a reason first, the password shown after it. */
import type { Guard, SavedFile } from '../../shared/contract/ipc/export.ts';
import { type SealKind, useExportGuard } from '../state/export-guard.ts';

export async function guarded(
  kind: SealKind,
  save: (guard: Guard) => Promise<SavedFile>,
): Promise<{ saved: boolean }> {
  const { ask, show } = useExportGuard.getState();
  const guard = await ask(kind);
  if (!guard) return { saved: false };
  const { saved, password } = await save(guard);
  if (password !== null) show(password);
  return { saved };
}
