/** How long a role that the city signed is good without another contact. */

const DAY_MS = 86_400_000;
export const ROLE_LIFE_DAYS = 90;
export const ROLE_LIFE_MS = ROLE_LIFE_DAYS * DAY_MS;

/** `unproven`: nothing that the city signed names the person. */
export const roleStandings = ['current', 'expired', 'unproven'] as const;
export type RoleStanding = (typeof roleStandings)[number];
