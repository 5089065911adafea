/** `Report` as a schema: reports cross the boundary of the window, and come back from the disk when they were frozen. */
import { z } from 'zod';
import type { Report } from './model.ts';

const figure = z.number().nullable();
const cell = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({ kind: z.literal('count'), value: figure }),
  z.strictObject({ kind: z.literal('outside') }),
  z.strictObject({ kind: z.literal('percent'), part: figure, of: figure }),
  z.strictObject({ kind: z.literal('date'), date: z.string().nullable() }),
]);
const column = z.strictObject({
  key: z.string(),
  title: z.string(),
  short: z.string(),
  group: z.string().optional(),
  no: z.string().optional(),
  kind: z.enum(['text', 'count', 'outside', 'percent', 'date']),
});
export const reportSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  subtitle: z.string(),
  form: z.string(),
  office: z.string(),
  place: z.string(),
  columns: z.array(column).readonly(),
  rows: z
    .array(
      z.strictObject({
        key: z.string(),
        kind: z.enum(['data', 'group', 'total']),
        cells: z.array(cell).readonly(),
      }),
    )
    .readonly(),
  paragraphs: z.array(z.string()).readonly(),
  findings: z
    .array(
      z.strictObject({
        code: z.string(),
        sentence: z.string(),
        row: z.string().optional(),
        column: z.string().optional(),
      }),
    )
    .readonly(),
  charts: z
    .array(
      z.strictObject({
        kind: z.enum(['bars', 'stacked', 'line', 'progress', 'tiles']),
        title: z.string(),
        labels: z.array(z.string()).readonly(),
        series: z.array(z.strictObject({ name: z.string(), values: z.array(figure).readonly() })).readonly(),
        of: z.array(figure).readonly().optional(),
      }),
    )
    .readonly(),
  notes: z.array(z.string()).readonly(),
  landscape: z.boolean(),
  made: z.strictObject({
    from: z.string().nullable(),
    to: z.string(),
    treeOn: z.string(),
    catalogueVersion: z.string(),
    at: z.string(),
  }),
}) satisfies z.ZodType<Report>;

/** What `diffReports` found. */
export const reportChanges = z.strictObject({
  cells: z
    .array(
      z.strictObject({ row: z.string(), column: z.string(), frozen: cell.nullable(), now: cell.nullable() }),
    )
    .readonly(),
  rowsAdded: z.array(z.string()).readonly(),
  rowsGone: z.array(z.string()).readonly(),
  columnsAdded: z.array(z.string()).readonly(),
  columnsGone: z.array(z.string()).readonly(),
  paragraphs: z.array(z.strictObject({ frozen: z.string(), now: z.string() })).readonly(),
  made: z.array(z.strictObject({ what: z.string(), frozen: z.string(), now: z.string() })).readonly(),
});
