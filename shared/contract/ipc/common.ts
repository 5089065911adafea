/** Records that several calls share. */
import { z } from 'zod';
import { componentStates } from '../../domain/action-rules.ts';
import { chainCode } from '../../domain/dossier.ts';

/** Where a record stands between this machine and the city. `received` only with a verified receipt that names it. */
export const delivery = z.strictObject({
  state: z.enum(['waiting', 'received', 'returned', 'conflict', 'held']),
  /** Receipt short name (first 8 characters of the batch hash), when there is one. */
  receipt: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  code: z.string().nullable(),
  field: z.string().nullable(),
});
export type Delivery = z.infer<typeof delivery>;

export const unitRef = z.strictObject({ key: z.string(), code: z.string(), name: z.string() });
export type UnitRef = z.infer<typeof unitRef>;

export const dossierRow = z.strictObject({
  n: z.int(),
  id: z.string(),
  code: z.string(),
  chain: chainCode,
  subjectName: z.string(),
  subjectBirth: z.string(),
  requesterName: z.string(),
  /** Masked, as every number on a list; the dossier's own page has it whole. */
  requesterPhone: z.string(),
  /** Last four characters only. */
  idSuffix: z.string(),
  receivedOn: z.string(),
  due: z.string().nullable(),
  nextDue: z.string().nullable(),
  /** What somebody has to do next, over all components. */
  state: z.enum(componentStates),
  /** Required papers that are missing. */
  missing: z.int(),
  /** Code given by the official one-stop system; '' = none yet. */
  officialCode: z.string(),
  outcome: z.enum(['under_way', 'whole', 'part', 'none']),
  communeName: z.string(),
  /** Handed over to another unit, or come from one; null = it lies where it was received. */
  moved: z.strictObject({ way: z.enum(['to', 'from']), unit: z.string() }).nullable(),
  synthetic: z.boolean(),
  /** Day on which its people were taken off this machine; null = they are here. */
  purgedOn: z.string().nullable(),
  delivery,
});
export type DossierRow = z.infer<typeof dossierRow>;

export const emptyInput = z.strictObject({});
export const draftValues = z.record(z.string().max(60), z.string().max(2000));

export const problemValue = z.strictObject({
  code: z.string(),
  sentence: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type ProblemValue = z.infer<typeof problemValue>;
