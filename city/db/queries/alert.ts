/** What a person at the city should look at; each is told once. */
import { desc, eq, sql } from 'drizzle-orm';
import type { CityDb, CityTx } from '../handle.ts';
import { alerts, devices } from '../schema/place.ts';

export type AlertKind = typeof alerts.$inferSelect.kind;
export interface Alert {
  readonly kind: AlertKind;
  readonly at: Date;
  /** Of the device, where it is about one. */
  readonly unit: string | null;
  readonly no: number | null;
}

export async function addAlerts(
  tx: CityDb | CityTx,
  rows: readonly (typeof alerts.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0)
    await tx
      .insert(alerts)
      .values([...rows])
      .onConflictDoNothing();
}

export async function newestAlerts(db: CityDb, limit: number): Promise<readonly Alert[]> {
  return db
    .select({ kind: alerts.kind, at: alerts.at, unit: devices.unit, no: devices.no })
    .from(alerts)
    .leftJoin(devices, eq(sql`${devices.id}`, alerts.device))
    .orderBy(desc(alerts.n))
    .limit(limit);
}
