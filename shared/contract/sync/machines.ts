/** The wire about lost machines: which there are, what stood on one, taking its key's rights away. Figures, never persons. */
import { z } from 'zod';
import { chainCode } from '../../domain/dossier.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);
const machineName = { no: z.int().min(1), name: z.string(), unit: z.string(), enrolledAt: z.iso.datetime() };
const revocation = z.strictObject({ at: z.iso.datetime(), by: z.string(), reason: z.string() });
export type Revoked = z.infer<typeof revocation>;
/** GET /v1/machines {jws}: the machines of the asking office and of those below it. */
export const machinesReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  machines: z.array(
    z.strictObject({
      ...machineName,
      /** Last greeting that the city noted, last receipt; null = none yet. */
      contactAt: z.iso.datetime().nullable(),
      receiptAt: z.iso.datetime().nullable(),
      revoked: revocation.nullable(),
    }),
  ),
  at: z.iso.datetime(),
});
export type MachinesReply = z.infer<typeof machinesReply>;

/** What stood on a machine as far as the city knows: figures and names of fields, never a person. */
export const lossFacts = z.strictObject({
  ...machineName,
  contactAt: z.iso.datetime().nullable(),
  receiptAt: z.iso.datetime().nullable(),
  revoked: revocation.nullable(),
  /** Dossiers that it sent or could read; `own` = those that it wrote to. */
  dossiers: z.strictObject({ open: z.int(), closed: z.int(), own: z.int() }),
  /** Different people whom they name: at most that many. */
  people: z.int(),
  /** Filled fields of the declarations, and in how many dossiers. */
  fields: z.array(z.strictObject({ chain: chainCode, key: z.string(), dossiers: z.int() })),
  scans: z.int(),
  /** Records that it had written when it last greeted and that never came; null = it never greeted since the city notes it. */
  unsent: z.int().nullable(),
  /** Dossiers that it took in on its busiest day. */
  busiest: z.int(),
});
export type LossFacts = z.infer<typeof lossFacts>;
/** GET /v1/machines/loss?no= {jws} */
export const lossReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  facts: lossFacts,
  at: z.iso.datetime(),
});
export type LossReply = z.infer<typeof lossReply>;

/** POST /v1/machines/revoke: the key of a machine counts no more. `actor` = account of the asking device. Repeat is harmless. */
export const revokeMachine = z.strictObject({
  no: z.int().min(1),
  actor: z.string().min(1).max(80),
  reason: z.string().min(1).max(300),
});
export type RevokeMachine = z.infer<typeof revokeMachine>;
export const revokeReply = z.strictObject({
  v: z.literal(1),
  epoch: z.uuid(),
  device: z.uuid(),
  /** SHA-256 of the request's body. */
  asked: sha256Hex,
  revoked: revocation,
});
