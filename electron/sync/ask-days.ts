/** After an exchange: what the city holds of the days that this machine wrote on, for Chốt ngày. */
import { inTransaction } from '../../db/handle.ts';
import { daysToAsk, keepCityDay } from '../../db/queries/day.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import type { Desk } from '../context.ts';
import { askDigest, type HttpCity } from './city-port.ts';

/** A day that was closed longer ago is not asked for again by itself. */
const REMEMBERED_DAYS = 31;

export async function askDays(desk: Desk, city: HttpCity, challenge: string): Promise<void> {
  const today = localTime(desk.clock.now()).date;
  const open = daysToAsk(desk.db, addDays(today, -REMEMBERED_DAYS));
  for (const day of new Set([today, ...open])) {
    const reply = await askDigest(city, day, challenge);
    inTransaction(desk.db, (tx) => keepCityDay(tx, reply));
  }
}
