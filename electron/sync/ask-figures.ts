/** Asking the city for figures: a greeting for its challenge, then the question. Changes nothing in the store. */
import { readMachineSetting } from '../../db/queries/machine.ts';
import type { FiguresAsked, FiguresReply } from '../../shared/contract/sync/messages.ts';
import { httpCity, readFigures } from './city-port.ts';
import { sqliteStore } from './desk-store.ts';
import type { Exchange } from './exchange.ts';

export async function askFigures(
  { desk, identity, client, signal }: Pick<Exchange, 'desk' | 'identity' | 'client' | 'signal'>,
  asked: FiguresAsked,
): Promise<FiguresReply> {
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
  return readFigures(http, asked, await httpCity(http).hello(greeting));
}
