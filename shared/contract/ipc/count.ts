/** Ngoại ngành counts and annex sheets: the grid, typing, locking and approving, import with a dry run and its undo, targets. */
import { z } from 'zod';
import { fileRef } from '../../domain/attached-file.ts';
import { keptKinds } from '../../domain/resolve.ts';
import { countCell, sheetStatuses, sheetVerbs } from '../../domain/sheet.ts';
import { delivery, emptyInput, problemValue, unitRef } from './common.ts';

const cells = z.record(z.string(), z.int());

const note = z.strictObject({
  outside: z.literal(true).optional(),
  reason: z.string().optional(),
  evidence: z.string().optional(),
  /** `here`: the content stands on this machine. */
  file: fileRef.extend({ here: z.boolean() }).strict().optional(),
  by: z.string(),
  at: z.string(),
});

export const gridRow = z.strictObject({
  unit: unitRef,
  /** `category/measure` -> figure; an absent key is "chưa báo cáo". */
  cells,
  /** Where figures come from; `outside` = không thuộc địa bàn, which is neither 0 nor a blank. */
  notes: z.record(z.string(), note),
  /** The unit's figures at its last earlier as-of date, and that date. */
  previous: z.strictObject({ asOf: z.iso.date(), cells }).nullable(),
  /** Last figures of each cell before this date, oldest first, at most eight. */
  history: z.record(z.string(), z.array(z.strictObject({ asOf: z.iso.date(), value: z.int() }))),
  status: z.enum(sheetStatuses),
  statusReason: z.string(),
  sentOn: z.string().nullable(),
  /** What the person signed in may do with this sheet now. */
  may: z.array(z.enum(sheetVerbs)),
  delivery: delivery.nullable(),
});
export const targetRow = z.strictObject({
  unit: z.string().max(120),
  category: z.string().max(120),
  measure: z.string().max(120),
  value: z.int(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
  source: z.string().max(2000),
});
const sheetPlace = { asOf: z.iso.date(), form: z.string().max(60).nullable(), from: z.iso.date().nullable() };
export const grid = z.strictObject({
  ...sheetPlace,
  rows: z.array(gridRow),
  /** Targets in force on the date, of the rows' units and of the office. */
  targets: z.array(targetRow),
});
export type Grid = z.infer<typeof grid>;
export type GridRow = z.infer<typeof gridRow>;

export const MAX_IMPORT_BYTES = 20 * 1024 * 1024;
/** What is a little too large is told so by name (FILE_TOO_LARGE); what is absurd does not get that far. */
const importBytes = z.instanceof(Uint8Array).refine((b) => b.byteLength <= 2 * MAX_IMPORT_BYTES);
const file = {
  ...sheetPlace,
  fileName: z.string().max(300),
  bytes: importBytes,
  /** What each column means (`shared/domain/count-columns.ts`); absent = as it was said last for these headings, else by them. */
  mapping: z.array(z.string().max(130)).max(200).optional(),
};

export const importProblem = z.strictObject({
  row: z.int(),
  column: z.string(),
  weight: z.enum(['stop', 'warn', 'skip']),
  found: z.string(),
  problem: problemValue,
});
export const importCheck = z.strictObject({
  rows: z.int(),
  units: z.int(),
  /** Cells that would change, and those of them that already hold another figure. */
  changes: z.int(),
  overwrites: z.int(),
  sums: z.array(
    z.strictObject({
      category: z.string(),
      measure: z.string(),
      sum: z.int(),
      printed: z.int().nullable(),
    }),
  ),
  /** The columns as they were understood; '' = passed over. */
  columns: z.array(z.strictObject({ label: z.string(), role: z.string() })),
  /** At most 500; `stops` and `warnings` count them all. */
  problems: z.array(importProblem),
  stops: z.int(),
  warnings: z.int(),
  /** Units whose sheet is locked: their rows are left out. */
  skipped: z.int(),
});
export type ImportCheck = z.infer<typeof importCheck>;

const countFile = z.strictObject({
  ...sheetPlace,
  /** One row a unit, or one row a figure. */
  shape: z.enum(['wide', 'long']),
  format: z.enum(['xlsx', 'csv']),
});

const targetFile = z.strictObject({ format: z.enum(['xlsx', 'csv']) });

const sheetStep = {
  ...sheetPlace,
  /** `code@validFrom` of the units; those already there are passed over. */
  units: z.array(z.string().max(30)).min(1).max(1000),
  reason: z.string().max(300),
};

export const countIpc = {
  'count.grid': { kind: 'read', input: z.strictObject(sheetPlace), output: grid },
  /** As-of dates that hold figures, newest first. */
  'count.dates': {
    kind: 'read',
    input: z.strictObject({ form: z.string().max(60).nullable() }),
    output: z.array(z.iso.date()),
  },
  'count.record': {
    kind: 'write',
    input: z.strictObject({
      ...sheetPlace,
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
  /** All open sheets in one transaction. Refused while rows are wrong, unless `skipWrong`. */
  'count.import': {
    kind: 'task',
    input: z.strictObject({ ...file, skipWrong: z.boolean() }),
    output: z.strictObject({ changed: z.int(), units: z.int(), skipped: z.int(), group: z.uuid() }),
  },
  /** Gives up the file that is being read, before anything of it is written. */
  'count.cancel-import': { kind: 'task', input: emptyInput, output: z.null() },
  /** Imports of this machine, newest first. */
  'count.imports': {
    kind: 'read',
    input: emptyInput,
    output: z.array(
      z.strictObject({
        group: z.uuid(),
        at: z.iso.datetime(),
        asOf: z.iso.date(),
        units: z.int(),
        cells: z.int(),
        undone: z.boolean(),
      }),
    ),
  },
  /** Takes one import back as a whole: cells that nobody changed since get their former figure. */
  'count.undo-import': {
    kind: 'task',
    input: z.strictObject({ group: z.uuid() }),
    output: z.strictObject({
      changed: z.int(),
      kept: z.int(),
      /** The units of the cells that stay as they are, and why. */
      left: z.array(z.strictObject({ unit: z.string(), cells: z.int(), why: z.enum(['changed', 'locked']) })),
    }),
  },
  /** The sheets of a date as a file that `count.import` reads back to the same figures. */
  'count.file': {
    kind: 'task',
    input: countFile,
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  /** Shows the save dialog and writes the file. */
  'count.save': { kind: 'shell', input: countFile, output: z.strictObject({ saved: z.boolean() }) },
  'sheet.lock': {
    kind: 'write',
    input: z.strictObject(sheetStep),
    output: z.strictObject({ changed: z.int() }),
  },
  'sheet.approve': {
    kind: 'write',
    input: z.strictObject(sheetStep),
    output: z.strictObject({ changed: z.int() }),
  },
  'sheet.return': {
    kind: 'write',
    input: z.strictObject(sheetStep),
    output: z.strictObject({ changed: z.int() }),
  },
  'sheet.unlock': {
    kind: 'write',
    input: z.strictObject(sheetStep),
    output: z.strictObject({ changed: z.int() }),
  },
  /** Closes a conflict on a sheet: `cells` = the figures of this machine that count, none where the city's stay. */
  'sheet.resolve': {
    kind: 'write',
    input: z.strictObject({
      id: z.string().max(120),
      event: z.uuid(),
      kept: z.enum(keptKinds),
      cells: z.array(countCell).max(500),
      reason: z.string().max(300),
    }),
    output: z.strictObject({ revision: z.int() }),
  },
  'target.list': { kind: 'read', input: emptyInput, output: z.array(targetRow) },
  /** The targets that were set here, as a file that `target.import` reads back to the same. */
  'target.file': {
    kind: 'task',
    input: targetFile,
    output: z.strictObject({ name: z.string(), bytes: z.instanceof(Uint8Array) }),
  },
  'target.save': { kind: 'shell', input: targetFile, output: z.strictObject({ saved: z.boolean() }) },
  /** With `dryRun` nothing is written. Refused while a row is wrong. */
  'target.import': {
    kind: 'task',
    input: z.strictObject({ bytes: importBytes, dryRun: z.boolean() }),
    output: z.strictObject({ rows: z.int(), changed: z.int(), problems: z.array(importProblem) }),
  },
  'target.set': {
    kind: 'write',
    input: targetRow.extend({ value: z.int().nullable() }),
    output: z.strictObject({ revision: z.int() }),
  },
} as const;
