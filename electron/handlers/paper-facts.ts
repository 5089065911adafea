/** What the papers and the register have to say alike: the office in their head, the day that was promised. */
import { isInCharge } from '../../shared/catalogue/successors.ts';
import { isCommune, type Unit, unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import { type Dossier, receiveBody } from '../../shared/domain/dossier.ts';
import type { Event } from '../../shared/domain/event.ts';
import type { LocalDate } from '../../shared/lib/local-date.ts';

/**
 * The unit that issues a paper of this dossier on a day: the ward of this desk or of the reception where it was in charge
 * that day, else the ward that is gone. Unit numbers are used again: the number of today's ward was another ward's before.
 */
export function issuingUnit(
  { office, commune }: Pick<Dossier, 'office' | 'commune'>,
  { here, on }: { readonly here: string; readonly on: LocalDate },
): Unit | undefined {
  const inCharge = [here, office].flatMap((code) =>
    isInCharge(code, commune, on) ? (unitOn(code, on) ?? []) : [],
  );
  return inCharge.find(isCommune) ?? inCharge[0] ?? unitByKey(commune);
}

/** The day that the receipt promised: of the chain, or the last of its components; null where one of them has no day. */
export function promisedAtReception(events: readonly Event[]): LocalDate | null {
  const body = events.findLast((e) => e.verb === 'dossier.receive')?.body;
  const reception = receiveBody.safeParse(body);
  if (!reception.success) return null;
  const { due, components } = reception.data;
  const days = components.map((c) => c.due ?? '').sort();
  return due ?? (days.includes('') ? null : (days.at(-1) ?? null));
}
