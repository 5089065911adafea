/** The sheets of one place as a file: what was reported, and nothing else, so that it can be read in again. */
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { COUNTS_FORM } from '../../shared/domain/sheet.ts';
import type { TaskCtx } from '../context.ts';
import { tableFile } from '../files/count-file.ts';
import { sheetTable } from '../files/sheet-table.ts';
import { getGrid } from './count.ts';

export async function makeCountFile(
  ctx: TaskCtx,
  { shape, format, ...place }: Input<'count.file'>,
): Promise<Output<'count.file'>> {
  const { form, asOf, from } = place;
  const table = sheetTable(getGrid(ctx, place).rows, { form, asOf, shape });
  const name = [form ?? COUNTS_FORM.replace('_', '-'), from, asOf].filter(Boolean).join('-');
  return { name: `${name}.${format}`, bytes: await tableFile(table, format) };
}
