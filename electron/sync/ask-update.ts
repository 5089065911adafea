/** Asking the city for a release, beside whatever is being sent: nothing of it touches the stream. */
import type { Identity } from '../../db/queries/device.ts';
import { freshChallenge } from '../../shared/protocol/fresh-challenge.ts';
import type { Desk, UpdateCity } from '../context.ts';
import type { CityClient } from './city-client.ts';
import { httpCity, readInstaller, readUpdate } from './city-port.ts';
import { sqliteStore } from './desk-store.ts';

interface Around {
  readonly identity: Identity;
  readonly client: CityClient;
  readonly signal: AbortSignal;
}

export function updateCity(desk: Desk, { identity, client, signal }: Around): UpdateCity {
  const now = () => desk.clock.now();
  // A number that the city gives anew is taken by the next exchange.
  const about = { client, identity, app: desk.settings.version, now, signal };
  const http = { ...about, card: null, readmitted: () => undefined };
  const store = sqliteStore(desk.db, { now, changed: () => undefined, marked: () => undefined });
  const { under } = freshChallenge(httpCity(http), (fresh) => {
    const stream = store.stream();
    const { seq, hash } = store.tip(stream);
    return fresh.hello({ stream, seq, head: hash, epoch: store.epoch(), witness: null, seen: null });
  });
  return {
    manifest: () => under((greeted) => readUpdate(http, greeted)),
    installerFrom: (sha256, offset) => under((greeted) => readInstaller(http, { sha256, offset }, greeted)),
  };
}
