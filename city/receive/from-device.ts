/** A message signed by a device: identity first. Whether the device still has rights is the caller's question. */
import { z } from 'zod';
import { type Device, getDevice } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { peekJws, type Typ, verifyJws } from '../jws.ts';

const claim = z.looseObject({ device: z.string() });

export async function readFromDevice<S extends z.ZodType>(
  hub: Hub,
  jws: string,
  expected: {
    readonly typ: Typ;
    readonly schema: S;
    /** Where it came from; null where it came by hand (USB stick). */
    readonly address: string | null;
  },
): Promise<{ device: Device; message: z.infer<S> }> {
  const claimed = claim.safeParse(peekJws(jws)).data?.device ?? '';
  if (expected.address !== null) hub.pace.atDoor(claimed, expected.address);
  const device = await getDevice(hub.db, claimed);
  const payload = await verifyJws(jws, device.key, expected.typ);
  return { device, message: expected.schema.parse(payload) };
}
