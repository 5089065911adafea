/** Corrections of the catalogue as offices made them. */
import { inArray } from 'drizzle-orm';
import { z } from 'zod';
import { correctionSchema, type Setting } from '../../shared/domain/setting.ts';
import type { ReadDb } from '../handle.ts';
import { setting } from '../schema/setting.ts';

const corrections = z.record(z.string(), correctionSchema);

/** In the order of `officeCodes`: whoever lays them over the catalogue one after the other lets the last one win. */
export function settingsOf(db: ReadDb, officeCodes: readonly string[]): Setting[] {
  const rows = db
    .select()
    .from(setting)
    .where(inArray(setting.office, [...officeCodes]))
    .all();
  const byOffice = Map.groupBy(rows, (row) => row.office);
  return officeCodes.flatMap((code) =>
    (byOffice.get(code) ?? []).map((row) => ({
      ...row,
      corrections: corrections.parse(JSON.parse(row.corrections)),
    })),
  );
}
