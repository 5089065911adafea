/** The question before a file with personal data is saved, and the password of the one that was: shown over whatever room asked. */
import { create } from 'zustand';
import type { Guard } from '../../shared/contract/ipc/export.ts';

/** What the password is on: a workbook that asks for it, or a ZIP. */
export type SealKind = 'sheet' | 'zip';

interface ExportGuardState {
  readonly asked: { readonly kind: SealKind; readonly answer: (guard: Guard | null) => void } | null;
  readonly password: string | null;
  /** Null: not saved after all. */
  readonly ask: (kind: SealKind) => Promise<Guard | null>;
  readonly show: (password: string | null) => void;
}

export const useExportGuard = create<ExportGuardState>()((set) => ({
  asked: null,
  password: null,
  ask: (kind) =>
    new Promise((resolve) => {
      const answer = (guard: Guard | null) => {
        set({ asked: null });
        resolve(guard);
      };
      set({ asked: { kind, answer } });
    }),
  show: (password) => set({ password }),
}));
