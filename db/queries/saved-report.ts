/** Named choices of the reports room, of a person on this machine. */
import { and, asc, eq } from 'drizzle-orm';
import { type ReportChoice, reportChoice } from '../../shared/contract/ipc/report.ts';
import type { ReadDb, WriteTx } from '../handle.ts';
import { savedReport } from '../schema/local.ts';

export interface NamedChoice {
  readonly name: string;
  readonly choice: ReportChoice;
}

/** By name. One that an older or newer program saved in another shape is passed over. */
export function choicesOf(db: ReadDb, actor: string): NamedChoice[] {
  const rows = db
    .select()
    .from(savedReport)
    .where(eq(savedReport.actor, actor))
    .orderBy(asc(savedReport.name))
    .all();
  return rows.flatMap(({ name, choice }) => {
    const parsed = reportChoice.safeParse(JSON.parse(choice));
    return parsed.success ? [{ name, choice: parsed.data }] : [];
  });
}

/** A choice of the same name is replaced. */
export function saveChoice(tx: WriteTx, actor: string, { name, choice }: NamedChoice): void {
  const row = { actor, name, choice: JSON.stringify(choice) };
  tx.insert(savedReport)
    .values(row)
    .onConflictDoUpdate({ target: [savedReport.actor, savedReport.name], set: { choice: row.choice } })
    .run();
}

export function removeChoice(tx: WriteTx, actor: string, name: string): void {
  tx.delete(savedReport)
    .where(and(eq(savedReport.actor, actor), eq(savedReport.name, name)))
    .run();
}
