/**
 * On time or not, by the rule of the national index (QĐ 766, data dictionary): supplement time is off the clock (it is in
 * the due day already), a second request makes late, waiting for the citizen is not late. Compared by day: an earlier day
 * is before time, the same day on time, a later one late.
 */
import type { LocalDate } from '../lib/local-date.ts';
import type { ActBody, Dossier, DossierComponent } from './dossier.ts';
import { componentOutcome } from './dossier.ts';

export const timeClasses = [
  'before',
  'on',
  'late',
  'under_way',
  'overdue',
  'waiting_citizen',
  'no_limit',
] as const;
export type TimeClass = (typeof timeClasses)[number];

type Clocked = Pick<DossierComponent, 'due' | 'endedOn' | 'state' | 'askedOn' | 'supplements'>;

export function timeClass(component: Clocked, today: LocalDate): TimeClass {
  const { due, endedOn, state, askedOn, supplements } = component;
  if (supplements > 1) return componentOutcome(state) === 'under_way' ? 'overdue' : 'late';
  if (due === null) return 'no_limit';
  if (endedOn !== null) return endedOn < due ? 'before' : endedOn === due ? 'on' : 'late';
  // The day of the request stands for the end while the citizen has not come back.
  if (state === 'supplement') return askedOn <= due ? 'waiting_citizen' : 'overdue';
  // Its clock has not begun: the day is only foreseen, and it is not this agency that is late.
  if (state === 'waiting') return 'under_way';
  return today <= due ? 'under_way' : 'overdue';
}

/** The chain by the same rule: it ends when its last component ends; requests count per dossier, whichever component they name. */
export function chainTimeClass(
  dossier: Pick<Dossier, 'due' | 'components'> & { readonly steps: readonly Pick<ActBody, 'action'>[] },
  today: LocalDate,
): TimeClass {
  const { components, due, steps } = dossier;
  const open = components.filter((c) => componentOutcome(c.state) === 'under_way');
  const ends = components.map((c) => c.endedOn ?? '').sort();
  const asked = open.filter((c) => c.state === 'supplement').map((c) => c.askedOn);
  return timeClass(
    {
      due,
      endedOn: open.length === 0 ? (ends.at(-1) ?? null) : null,
      state: open.length === 0 ? 'done' : asked.length > 0 ? 'supplement' : 'processing',
      askedOn: asked[0] ?? '',
      supplements: steps.filter((s) => s.action === 'ask_supplement').length,
    },
    today,
  );
}
