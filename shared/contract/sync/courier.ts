/** What travels by USB stick: the head of a bundle (JWS of the device) and the city's answer (JWS of its receipt key). */
import { z } from 'zod';
import { FILE_MAX_BYTES } from '../../domain/attached-file.ts';

const sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** Frame `H` of a bundle, `typ` TYP.courier. The batches that follow are places `from` to `to` of the stream; none where `to` = `from` - 1. */
export const courierHeader = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  stream: z.uuid(),
  office: z.string().max(20),
  /** The epoch in which the desk made it. */
  epoch: z.uuid(),
  from: z.int().min(1),
  to: z.int().min(0),
  at: z.iso.datetime(),
});
export type CourierHeader = z.infer<typeof courierHeader>;

/** Frame `F` of a bundle, as JSON: a scan, whose `size` bytes follow in frames `P`. */
export const courierFile = z.strictObject({
  sha256: sha256Hex,
  size: z.int().min(1).max(FILE_MAX_BYTES),
});
export type CourierFile = z.infer<typeof courierFile>;

/** The content of a receipts file, `typ` TYP.courierReceipts. Its first fields are those of a greeting: where the stream stands. */
export const courierReceipts = z.strictObject({
  v: z.literal(1),
  device: z.uuid(),
  stream: z.uuid(),
  epoch: z.uuid(),
  since: z.int().min(0),
  acked: z.strictObject({ seq: z.int().min(0), hash: sha256Hex }),
  frozen: z.boolean(),
  /** One for each batch of the bundle that the city took, in order; each a JWS as by network. */
  receipts: z.array(z.string().max(400_000)).max(100_000),
  /** Scans of the bundle that the city holds whole; absent where the bundle had none. */
  files: z.array(sha256Hex).max(100_000).optional(),
  /** Problem code where the city did not go on to the end of the bundle. */
  stopped: z.string().max(60).nullable(),
  at: z.iso.datetime(),
});
export type CourierReceipts = z.infer<typeof courierReceipts>;
