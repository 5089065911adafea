/** The counts of one date as a file: what was reported, and nothing else, so that it can be read in again. */
import { countColumns, TOTAL } from '../../shared/catalogue/categories.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { cellKey } from '../../shared/domain/sheet.ts';
import type { TaskCtx } from '../context.ts';
import { type FileCell, tableFile } from '../files/count-file.ts';
import { getGrid } from './count.ts';

export async function makeCountFile(
  ctx: TaskCtx,
  { asOf, shape, format }: Input<'count.file'>,
): Promise<Output<'count.file'>> {
  const { rows } = getGrid(ctx, { asOf, form: null, from: null });
  const cells = (shape === 'wide' ? wide : long)(rows, asOf);
  return { name: `ngoai-nganh-${asOf}.${format}`, bytes: await tableFile(cells, format) };
}

type Rows = ReturnType<typeof getGrid>['rows'];

/** null: not reported; 'x': không thuộc địa bàn. */
function cellOf({ cells, notes }: Rows[number], key: string): FileCell {
  return notes[key]?.outside ? 'x' : (cells[key] ?? null);
}

const keys = countColumns.map(({ category, measure }) => ({
  key: cellKey(category.code, measure.code),
  title: measure.code === TOTAL.code ? category.name : `${category.name} - ${measure.name}`,
}));

function wide(rows: Rows): FileCell[][] {
  const header = ['unit_code', 'unit_name', ...keys.map((k) => k.title)];
  return [
    header,
    ...rows.map((row) => [row.unit.code, row.unit.name, ...keys.map(({ key }) => cellOf(row, key))]),
  ];
}

function long(rows: Rows, asOf: string): FileCell[][] {
  const lines = rows.flatMap((row) =>
    countColumns.flatMap(({ category, measure }) => {
      const figure = cellOf(row, cellKey(category.code, measure.code));
      return figure === null
        ? []
        : [[row.unit.code, row.unit.name, category.code, measure.code, asOf, figure]];
    }),
  );
  return [['unit_code', 'unit_name', 'category_code', 'measure', 'as_of', 'count'], ...lines];
}
