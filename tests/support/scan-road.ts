/** Scans on their way in tests: a dossier with one, and the route of contents asked straight, as a desk would. */
import { randomUUID } from 'node:crypto';
import { readIdentity } from '../../db/queries/device.ts';
import { cityClient } from '../../electron/sync/city-client.ts';
import { httpCity } from '../../electron/sync/city-port.ts';
import { must } from '../../shared/lib/must.ts';
import type { Pair } from './city-pair.ts';
import { reception } from './forms.ts';
import { hashOf, scan } from './scans.ts';
import type { TestDesk } from './temp-desk.ts';

let made = 0;

/** A dossier of this desk with one scan of this size, not sent yet. */
export async function scanned(desk: TestDesk, size: number) {
  const id = randomUUID();
  const bytes = scan(size, 'image/jpeg', ++made);
  const sha256 = hashOf(bytes);
  await desk.call('dossier.receive', reception(id, 'birth'));
  await desk.call('file.take', { name: 'quet.jpg', bytes });
  await desk.call('dossier.attach', { id, sha256, name: 'quet.jpg', paper: null, note: '' });
  return { id, sha256, bytes };
}

/** One answer of `GET /v1/files/{sha256}/content` to this machine; throws the problem of a refusal. */
export async function contentFrom({ desk, line }: Pair, sha256: string, offset = 0): Promise<Buffer> {
  const identity = must(readIdentity(desk.desk.db), 'identity');
  const client = cityClient(line.url, { ca: null, systemProxy: null });
  const city = httpCity({
    ...{ client, identity, app: 'test', now: () => desk.clock.now(), card: null },
    ...{ signal: new AbortController().signal, readmitted: () => undefined },
  });
  try {
    const { stream } = identity;
    const under = await city.hello({
      stream,
      seq: 0,
      head: '0'.repeat(64),
      epoch: null,
      witness: null,
      seen: null,
    });
    const parts: Uint8Array[] = [];
    for await (const part of await city.contentFrom(sha256, offset, under)) parts.push(part);
    return Buffer.concat(parts);
  } finally {
    client.close();
  }
}
