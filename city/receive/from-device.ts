/** A message signed by a device: identity first. Whether the device still has rights is the caller's question. */
import { z } from 'zod';
import { type Device, getDevice } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { peekJws, type Typ, verifyJws } from '../jws.ts';

const claim = z.looseObject({ device: z.string() });

export async function readFromDevice<S extends z.ZodType>(
  hub: Hub,
  jws: string,
  expected: { readonly typ: Typ; readonly schema: S },
): Promise<{ device: Device; message: z.infer<S> }> {
  const device = await getDevice(hub.db, claim.safeParse(peekJws(jws)).data?.device ?? '');
  const payload = await verifyJws(jws, device.key, expected.typ);
  return { device, message: expected.schema.parse(payload) };
}
