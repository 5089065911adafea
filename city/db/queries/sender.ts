/** What the city knows of who wrote an event: office and roles of the device, streams that the author's own one replaced. */
import { inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { roles } from '../../../shared/domain/verbs.ts';
import type { Sender } from '../../../shared/protocol/hub-ports.ts';
import { type CityTx, rowsOf, wholeColumn } from '../handle.ts';
import { accounts, devices } from '../schema/place.ts';

interface Author {
  readonly device: string;
  readonly stream: string;
}

/** Three statements for any number of authors. Null for a device that the city does not know. */
export async function loadSenders(
  tx: CityTx,
  authors: readonly Author[],
): Promise<(author: Author) => Sender | null> {
  const ids = [...new Set(authors.map((a) => a.device))];
  if (ids.length === 0) return () => null;
  const offices = new Map(
    (
      await tx.select({ id: devices.id, unit: devices.unit }).from(devices).where(inArray(devices.id, ids))
    ).map((d) => [d.id, d.unit]),
  );
  const people = Map.groupBy(
    await tx
      .select({ id: accounts.id, role: accounts.role, device: accounts.device })
      .from(accounts)
      .where(inArray(accounts.device, ids)),
    (a) => a.device,
  );
  const lineages = await loadLineages(tx, [...new Set(authors.map((a) => a.stream))]);
  return ({ device, stream }) => {
    const office = offices.get(device);
    if (office === undefined) return null;
    const known = (people.get(device) ?? []).map((a) => [a.id, z.enum(roles).parse(a.role)] as const);
    return { office, roles: new Map(known), lineage: lineages.get(stream) ?? [] };
  };
}

/** `union` ends where a stream is met again: two that claim to replace each other make no endless line. */
async function loadLineages(
  tx: CityTx,
  streams: readonly string[],
): Promise<ReadonlyMap<string, Sender['lineage']>> {
  const rows = await rowsOf(
    tx,
    sql`with recursive line as (
        select s.id as stream, s.replaces as older, s.shared as up_to from stream s
          where s.id in (select x::uuid from json_array_elements_text(${JSON.stringify(streams)}::json) x) and s.replaces is not null
        union
        select line.stream, s.replaces, s.shared from line join stream s on s.id = line.older where s.replaces is not null
      ) select stream, older, up_to from line`,
    z.object({ stream: z.string(), older: z.string(), up_to: wholeColumn }),
  );
  const by = Map.groupBy(rows, (r) => r.stream);
  return new Map(
    [...by].map(([stream, own]) => [stream, own.map((r) => ({ stream: r.older, upTo: r.up_to }))]),
  );
}
