/** What the columns of count files mean, as somebody said on this machine: by form and by the headings of the file. */
import { and, desc, eq, notInArray } from 'drizzle-orm';
import { z } from 'zod';
import type { ReadDb, WriteTx } from '../handle.ts';
import { fileColumns } from '../schema/local.ts';

export interface FileColumns {
  readonly form: string;
  readonly headings: readonly string[];
  /** One for each heading; '' = passed over. */
  readonly roles: readonly string[];
}

const KEPT = 100;

/** null where nobody said anything about these headings. */
export function rolesOf(
  db: ReadDb,
  { form, headings }: Pick<FileColumns, 'form' | 'headings'>,
): readonly string[] | null {
  const row = db
    .select()
    .from(fileColumns)
    .where(and(eq(fileColumns.form, form), eq(fileColumns.headings, JSON.stringify(headings))))
    .get();
  return row ? z.array(z.string()).parse(JSON.parse(row.roles)) : null;
}

/** Said again, the newer counts; of all files the last hundred are kept. `now`: milliseconds. */
export function keepColumns(tx: WriteTx, { form, headings, roles }: FileColumns, now: number): void {
  const row = { roles: JSON.stringify(roles), usedAt: new Date(now).toISOString() };
  tx.insert(fileColumns)
    .values({ form, headings: JSON.stringify(headings), ...row })
    .onConflictDoUpdate({ target: [fileColumns.form, fileColumns.headings], set: row })
    .run();
  const last = tx
    .select({ headings: fileColumns.headings })
    .from(fileColumns)
    .orderBy(desc(fileColumns.usedAt))
    .limit(KEPT);
  tx.delete(fileColumns).where(notInArray(fileColumns.headings, last)).run();
}
