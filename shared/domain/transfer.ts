/**
 * Handing a dossier over to another ward. Its open components move; from then on the ward that has it, and the offices above that
 * ward, are the ones that write. Who had it before reads on. It is counted where it was received.
 */
import { z } from 'zod';
import { officesInCharge } from '../catalogue/successors.ts';
import { inForce, isCommune, unitByKey } from '../catalogue/units.ts';
import type { ProblemCode } from '../problem.ts';
import { type ComponentState, isOpenState } from './action-rules.ts';
import { componentCode } from './body-parts.ts';
import { MAX_TEXT } from './dossier-form.ts';

/** Body of `dossier.transfer`. */
export const transferBody = z.object({
  /** `code@validFrom` of the commune that takes the dossier. */
  to: z.string().min(3).max(30),
  /** The components that were open: all of them move. */
  components: z.array(componentCode).min(1).max(10),
  on: z.iso.date(),
  reason: z.string().min(1).max(MAX_TEXT),
  /** Who took the papers over there, where it is known. */
  receivedBy: z.string().min(1).max(MAX_TEXT).optional(),
});
export type Transfer = z.infer<typeof transferBody>;

/** What says who holds a dossier. */
export interface Holding {
  readonly office: string;
  readonly commune: string;
  readonly receivedOn: string;
  /** `code@validFrom` of the unit it was last handed over to; null = it lies where it was received. */
  readonly holder: string | null;
}

/** Codes of the offices in charge where it was received; wards that took the commune over later, and those above, are among them. */
function receivingOffices({ office, commune, receivedOn }: Holding): readonly string[] {
  return [...new Set([office, ...officesInCharge(commune, receivedOn)])];
}

/** A dossier is counted (register, reports) at the office that received it, not at one that it was handed over to. */
export function isCountedAt(office: string, dossier: Holding): boolean {
  return receivingOffices(dossier).includes(office);
}

/**
 * Whether an office may write to a dossier. In charge on any day from the reception on is enough: the only day of an event is one
 * that its own machine claims, and an old machine may still send a step after a merger, or date it before.
 */
export function mayHandle(office: string, dossier: Holding): boolean {
  const { holder, receivedOn } = dossier;
  const offices = holder === null ? receivingOffices(dossier) : officesInCharge(holder, receivedOn);
  return offices.includes(office);
}

/** Codes of all offices that see a dossier: those of the reception, and of every unit that it was ever handed over to. */
export function officesSeeing(
  dossier: Holding & { readonly transfers: readonly Transfer[] },
): readonly string[] {
  const later = dossier.transfers.flatMap((t) => officesInCharge(t.to, dossier.receivedOn));
  return [...new Set([...receivingOffices(dossier), ...later])];
}

export function holderOf(transfers: readonly Transfer[]): string | null {
  return transfers.at(-1)?.to ?? null;
}

type Components = readonly { readonly code: string; readonly state: ComponentState }[];

/** Codes of the components that a hand-over moves. */
export function openComponents(components: Components): readonly string[] {
  return components.filter((c) => isOpenState(c.state)).map((c) => c.code);
}

/** What is wrong with handing this dossier over, and at which field; null = nothing. */
export function transferProblem(
  dossier: Holding & { readonly components: Components },
  { to, components, on }: Pick<Transfer, 'to' | 'components' | 'on'>,
): { readonly code: ProblemCode; readonly field: string } | null {
  const unit = unitByKey(to);
  if (!unit || !isCommune(unit) || !inForce(unit, on)) return { code: 'COMMUNE_UNKNOWN', field: 'to' };
  if (mayHandle(unit.code, dossier)) return { code: 'TRANSFER_SAME_OFFICE', field: 'to' };
  if (on < dossier.receivedOn) return { code: 'STEP_BEFORE_RECEIVED', field: 'on' };
  const open = openComponents(dossier.components);
  if (open.length === 0) return { code: 'TRANSFER_NOTHING_OPEN', field: 'components' };
  const moved = new Set(components);
  const other = open.find((code) => !moved.has(code)) ?? components.find((code) => !open.includes(code));
  return other === undefined ? null : { code: 'ACTION_NOT_ALLOWED', field: `component/${other}` };
}
