/** How long a role that the city signed is good without another contact. */
import { daysBetween, type LocalDate, localTime } from '../lib/local-date.ts';

const DAY_MS = 86_400_000;
export const ROLE_LIFE_DAYS = 90;
export const ROLE_LIFE_MS = ROLE_LIFE_DAYS * DAY_MS;

/** From so many days before the end on the window says how many are left. */
export const SOON_DAYS = 14;

/** Vietnam's days from `today` to the one on which the role runs out; never below 0. `until`: ISO 8601. */
export function roleDaysLeft(until: string, today: LocalDate): number {
  return Math.max(0, daysBetween(today, localTime(Date.parse(until)).date));
}

/** `unproven`: nothing that the city signed names the person. */
export const roleStandings = ['current', 'expired', 'unproven'] as const;
export type RoleStanding = (typeof roleStandings)[number];
