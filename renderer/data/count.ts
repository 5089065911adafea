/** Ngoại ngành counts: the grid of one date, typing, import of a file. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Grid, GridRow } from '../../shared/contract/ipc/count.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import type { LocalDate } from '../../shared/lib/local-date.ts';
import { invoke } from '../ipc.ts';

const countKeys = {
  dates: ['count', 'dates'] as const,
  grid: (asOf: LocalDate) => ['count', 'grid', asOf] as const,
};

export function useCountDates() {
  return useQuery({ queryKey: countKeys.dates, queryFn: () => invoke('count.dates', {}) });
}

export function useGrid(asOf: LocalDate) {
  return useQuery({ queryKey: countKeys.grid(asOf), queryFn: () => invoke('count.grid', { asOf }) });
}

export type RecordInput = Input<'count.record'>;

function withCells(row: GridRow, cells: RecordInput['units'][number]['cells']): GridRow {
  const next: Record<string, number> = { ...row.cells };
  for (const { category, measure, value } of cells) {
    if (value === null) delete next[`${category}/${measure}`];
    else next[`${category}/${measure}`] = value;
  }
  return { ...row, cells: next };
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

/** Records in the order of typing; the grid in the cache follows each success. */
export function useRecordCounts() {
  const client = useQueryClient();
  return useMutation({
    scope: { id: 'count.record' },
    mutationFn: (input: RecordInput) => invoke('count.record', input),
    onSuccess: (_, input) =>
      client.setQueryData<Grid>(countKeys.grid(input.asOf), (grid) => grid && withRecorded(grid, input)),
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
