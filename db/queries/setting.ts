/** Corrections of the catalogue and clusters as offices made them. */
import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Clusters } from '../../shared/domain/cluster.ts';
import { correctionSchema, type Setting } from '../../shared/domain/setting.ts';
import { storedClusters } from '../../shared/domain/stored-state.ts';
import { once, type ReadDb } from '../handle.ts';
import { setting } from '../schema/setting.ts';

const corrections = z.record(z.string(), correctionSchema);

/** In the order of `officeCodes`: whoever lays them over the catalogue one after the other lets the last one win. */
export function settingsOf(db: ReadDb, officeCodes: readonly string[]): Setting[] {
  const statement = once(db, 'setting.of', () =>
    db
      .select()
      .from(setting)
      .where(sql`${setting.office} IN (SELECT value FROM json_each(${sql.placeholder('codes')}))`)
      .prepare(),
  );
  const rows = statement.all({ codes: JSON.stringify(officeCodes) });
  const byOffice = Map.groupBy(rows, (row) => row.office);
  return officeCodes.flatMap((code) =>
    (byOffice.get(code) ?? []).map((row) => ({
      ...row,
      corrections: corrections.parse(JSON.parse(row.corrections)),
      clusters: storedClusters.parse(JSON.parse(row.clusters)),
    })),
  );
}

/** The clusters that an office made, every version. */
export function clustersOf(db: ReadDb, office: string): Clusters {
  return settingsOf(db, [office])[0]?.clusters ?? {};
}
