/** Where the hands are in "Chép sang": the system, the fields copied so far, the one that lies in the clipboard. */
import { useState } from 'react';
import type { Catalogue, OutsideSystem } from '../../../../shared/catalogue/law.ts';
import type { DossierDetail } from '../../../../shared/contract/ipc/dossier.ts';
import { type CopyField, copyFields, nextField, systemsOf } from './copy-model.ts';

interface Copied {
  /** Positions of the fields that were copied. */
  readonly done: readonly number[];
  /** Position of the field in the clipboard; -1 = none. */
  readonly at: number;
}
const nothing: Copied = { done: [], at: -1 };

export interface Copying {
  readonly systems: readonly OutsideSystem[];
  readonly system: OutsideSystem | undefined;
  readonly fields: readonly CopyField[];
  readonly copied: Copied;
  readonly failed: boolean;
  /** Position of the field that the key copies next; -1 = all are copied. */
  readonly next: number;
  choose(code: string): void;
  copy(position: number): Promise<void>;
  again(): void;
}

export function useCopying(catalogue: Catalogue, detail: DossierDetail | undefined): Copying {
  const systems = detail ? systemsOf(catalogue, detail) : [];
  const [chosen, setChosen] = useState('');
  const [all, setAll] = useState<Readonly<Record<string, Copied>>>({});
  const [failed, setFailed] = useState(false);
  const system = systems.find((s) => s.code === chosen) ?? systems[0];
  const fields = system && detail ? copyFields(catalogue, system, detail) : [];
  const copied = (system && all[system.code]) ?? nothing;
  return {
    systems,
    system,
    fields,
    copied,
    failed,
    next: nextField(fields, copied.at),
    choose: setChosen,
    copy: async (position) => {
      const text = fields[position]?.text;
      if (!system || !text) return;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        setFailed(true);
        return;
      }
      setFailed(false);
      const done = [...copied.done.filter((i) => i !== position), position];
      setAll((before) => ({ ...before, [system.code]: { done, at: position } }));
    },
    again: () => {
      if (system) setAll((before) => ({ ...before, [system.code]: nothing }));
    },
  };
}
