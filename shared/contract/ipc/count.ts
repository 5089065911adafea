/** Ngoại ngành counts: the grid, typing, import with a dry run. */
import { z } from 'zod';
import { countCell } from '../../domain/sheet.ts';
import { delivery, emptyInput, problemValue, unitRef } from './common.ts';

const cells = z.record(z.string(), z.int());

export const gridRow = z.strictObject({
  unit: unitRef,
  /** `category/measure` -> figure; an absent key is "chưa báo cáo". */
  cells,
  /** The unit's figures at its last earlier as-of date, and that date. */
  previous: z.strictObject({ asOf: z.iso.date(), cells }).nullable(),
  delivery: delivery.nullable(),
});
export const grid = z.strictObject({ asOf: z.iso.date(), rows: z.array(gridRow) });
export type Grid = z.infer<typeof grid>;
export type GridRow = z.infer<typeof gridRow>;

export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
const file = { asOf: z.iso.date(), fileName: z.string().max(300), bytes: z.instanceof(Uint8Array) };

export const importProblem = z.strictObject({
  row: z.int(),
  column: z.string(),
  weight: z.enum(['stop', 'warn']),
  found: z.string(),
  problem: problemValue,
});
export const importCheck = z.strictObject({
  rows: z.int(),
  units: z.int(),
  /** Cells that would change, and those of them that already hold another figure. */
  changes: z.int(),
  overwrites: z.int(),
  sums: z.array(z.strictObject({ category: z.string(), sum: z.int(), printed: z.int().nullable() })),
  /** At most 500; `stops` and `warnings` count them all. */
  problems: z.array(importProblem),
  stops: z.int(),
  warnings: z.int(),
});
export type ImportCheck = z.infer<typeof importCheck>;

export const countIpc = {
  'count.grid': { kind: 'read', input: z.strictObject({ asOf: z.iso.date() }), output: grid },
  /** As-of dates that hold figures, newest first. */
  'count.dates': { kind: 'read', input: emptyInput, output: z.array(z.iso.date()) },
  'count.record': {
    kind: 'write',
    input: z.strictObject({
      asOf: z.iso.date(),
      source: z.enum(['typed', 'pasted']),
      units: z
        .array(z.strictObject({ unit: z.string().max(30), cells: z.array(countCell).min(1).max(500) }))
        .min(1)
        .max(1000),
    }),
    output: z.strictObject({ changed: z.int() }),
  },
  /** The dry run: reads the file, imports nothing. */
  'count.check-import': { kind: 'task', input: z.strictObject(file), output: importCheck },
  /** All sheets in one transaction. Refused while rows are wrong, unless `skipWrong`. */
  'count.import': {
    kind: 'task',
    input: z.strictObject({ ...file, skipWrong: z.boolean() }),
    output: z.strictObject({ changed: z.int(), units: z.int() }),
  },
} as const;
