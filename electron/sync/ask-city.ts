/** One question to the city beside whatever is being sent: a greeting for its challenge, then the question. Changes nothing in the store. */
import { readMachineSetting } from '../../db/queries/machine.ts';
import type { Greeted } from '../../shared/protocol/desk-ports.ts';
import { type HttpCity, httpCity } from './city-port.ts';
import { sqliteStore } from './desk-store.ts';
import type { Exchange } from './exchange.ts';

export type Asking = Pick<Exchange, 'desk' | 'identity' | 'client' | 'signal'>;

export async function askCity<T>(
  { desk, identity, client, signal }: Asking,
  question: (city: HttpCity, under: Greeted) => Promise<T>,
): Promise<T> {
  const now = () => desk.clock.now();
  const http = {
    ...{ client, identity, app: desk.settings.version, now, signal },
    card: readMachineSetting(desk.db, 'city_card'),
    // A number that the city gives anew is taken by the next exchange.
    readmitted: () => undefined,
  };
  const store = sqliteStore(desk.db, { now, changed: () => undefined, marked: () => undefined });
  const stream = store.stream();
  const { seq, hash: head } = store.tip(stream);
  const greeting = { stream, seq, head, epoch: store.epoch(), witness: null, seen: null };
  return question(http, await httpCity(http).hello(greeting));
}
