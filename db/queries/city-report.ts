/** Answers of the city to reports over its dossiers: the last one of each question. */
import { and, eq } from 'drizzle-orm';
import { type FiguresAsked, type FiguresReply, figuresReply } from '../../shared/contract/sync/messages.ts';
import type { ReadDb, WriteTx } from '../handle.ts';
import { cityReport } from '../schema/local.ts';

/** Older ones go: some 200 KB each at most. */
const MOST = 100;

/** One that another program kept in another shape is as good as none. */
export function cityReportOf(db: ReadDb, office: string, asked: FiguresAsked): FiguresReply | null {
  const row = db
    .select()
    .from(cityReport)
    .where(
      and(
        eq(cityReport.office, office),
        eq(cityReport.report, asked.report),
        eq(cityReport.from, asked.from),
        eq(cityReport.to, asked.to),
        eq(cityReport.treeOn, asked.treeOn),
      ),
    )
    .get();
  return row ? (figuresReply.safeParse(JSON.parse(row.reply)).data ?? null) : null;
}

export function keepCityReport(tx: WriteTx, office: string, reply: FiguresReply): void {
  const { asked, at } = reply;
  const told = { at, reply: JSON.stringify(reply) };
  tx.insert(cityReport)
    .values({ office, ...asked, ...told })
    .onConflictDoUpdate({
      target: [cityReport.office, cityReport.report, cityReport.from, cityReport.to, cityReport.treeOn],
      set: told,
    })
    .run();
  tx.$client
    .prepare(
      'DELETE FROM city_report WHERE rowid NOT IN (SELECT rowid FROM city_report ORDER BY at DESC LIMIT ?)',
    )
    .run(MOST);
}
