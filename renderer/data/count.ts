/** Ngoại ngành counts and annex sheets: the grid of one place, typing, locking and approving, imports, targets. */

import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { Grid, GridRow } from '../../shared/contract/ipc/count.ts';
import type { AnnouncementBody, Input } from '../../shared/contract/ipc/registry.ts';
import { fileRef } from '../../shared/domain/attached-file.ts';
import { cellKey, type SheetVerb } from '../../shared/domain/sheet.ts';
import { invoke, subscribe } from '../ipc.ts';

/** Which sheets: their date, their annex (null = ngoại ngành), the first day of a window. */
export type SheetPlace = Input<'count.grid'>;

const countKeys = {
  dates: (form: string | null) => ['count', 'dates', form] as const,
  grid: ({ asOf, form, from }: SheetPlace) => ['count', 'grid', asOf, form, from] as const,
};

export function useCountDates(form: string | null = null) {
  return useQuery({ queryKey: countKeys.dates(form), queryFn: () => invoke('count.dates', { form }) });
}

export function useGrid(place: SheetPlace) {
  return useQuery({ queryKey: countKeys.grid(place), queryFn: () => invoke('count.grid', place) });
}

export type RecordInput = Input<'count.record'>;
type Cells = RecordInput['units'][number]['cells'];

function withCells(row: GridRow, cells: Cells): GridRow {
  const figures: GridRow['cells'] = { ...row.cells };
  const notes: GridRow['notes'] = { ...row.notes };
  for (const { category, measure, value, outside, reason, evidence, file } of cells) {
    const key = cellKey(category, measure);
    delete figures[key];
    delete notes[key];
    if (value !== null) figures[key] = value;
    if (value === null && !outside) continue;
    // Who and when come with the next reading.
    notes[key] = {
      ...(outside && { outside }),
      ...(reason && { reason }),
      ...(evidence && { evidence }),
      // What was recorded here lies here, or is fetched by what the next reading says.
      ...(file && { file: { ...file, here: true } }),
      ...{ by: '', at: '' },
    };
  }
  return { ...row, cells: figures, notes };
}

function withRecorded(grid: Grid, { units }: RecordInput): Grid {
  const changed = new Map(units.map((u) => [u.unit, u.cells]));
  return {
    ...grid,
    rows: grid.rows.map((row) => {
      const cells = changed.get(row.unit.key);
      return cells ? withCells(row, cells) : row;
    }),
  };
}

/** A new figure keeps the reason and the paper that its cell has: nothing typed is lost by typing over. */
function withNotes(client: QueryClient, input: RecordInput): RecordInput {
  const grid = client.getQueryData<Grid>(countKeys.grid(input));
  const notes = new Map(grid?.rows.map((row) => [row.unit.key, row.notes]));
  const units = input.units.map(({ unit, cells }) => ({
    unit,
    cells: cells.map((cell) => {
      const { reason, evidence, file } = notes.get(unit)?.[cellKey(cell.category, cell.measure)] ?? {};
      const kept = file && { file: fileRef.parse(file) };
      return { ...(reason && { reason }), ...(evidence && { evidence }), ...kept, ...cell };
    }),
  }));
  return { ...input, units };
}

/** Records in the order of typing; the grid in the cache follows each success. */
export function useRecordCounts() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: 'count.record' },
    mutationFn: async (input: RecordInput) => {
      const whole = withNotes(client, input);
      await invoke('count.record', whole);
      client.setQueryData<Grid>(countKeys.grid(input), (grid) => grid && withRecorded(grid, whole));
    },
  });
}

export type SheetStepInput = Input<SheetVerb> & { readonly verb: SheetVerb };

/** After what is still being recorded: a sheet is never locked before its last figure. */
export function useSheetStep() {
  return useMutation({
    scope: { id: 'count.record' },
    mutationFn: ({ verb, ...input }: SheetStepInput) => invoke(verb, input),
  });
}

export function useCheckImport() {
  return useMutation({
    mutationFn: (input: Input<'count.check-import'>) => invoke('count.check-import', input),
  });
}

export function useImport() {
  return useMutation({ mutationFn: (input: Input<'count.import'>) => invoke('count.import', input) });
}

export function useImports() {
  return useQuery({ queryKey: ['count', 'imports'], queryFn: () => invoke('count.imports', {}) });
}

export function useUndoImport() {
  return useMutation({ mutationFn: (group: string) => invoke('count.undo-import', { group }) });
}

export function useSaveCounts() {
  return useMutation({ mutationFn: (input: Input<'count.save'>) => invoke('count.save', input) });
}

export function useImportTargets() {
  return useMutation({ mutationFn: (input: Input<'target.import'>) => invoke('target.import', input) });
}

export function useSaveTargets() {
  return useMutation({ mutationFn: (input: Input<'target.save'>) => invoke('target.save', input) });
}

/** How far the file that is being read is; null before its first rows. */
export function useImportProgress() {
  const [progress, setProgress] = useState<AnnouncementBody<'import-progress'> | null>(null);
  useEffect(() => subscribe('import-progress', setProgress), []);
  return progress;
}

export function cancelImport(): void {
  void invoke('count.cancel-import', {});
}

export function useClusters() {
  return useQuery({ queryKey: ['count', 'clusters'], queryFn: () => invoke('cluster.list', {}) });
}

export function useSetCluster() {
  return useMutation({ mutationFn: (input: Input<'cluster.set'>) => invoke('cluster.set', input) });
}

export function useSetTarget() {
  return useMutation({ mutationFn: (input: Input<'target.set'>) => invoke('target.set', input) });
}
