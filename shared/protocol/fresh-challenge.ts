/**
 * A challenge lives ten minutes of the city's clock; a long exchange over a poor line takes longer. What the city refuses for its age
 * is asked again under a fresh greeting, once.
 */
import type { HelloReply } from '../contract/sync/messages.ts';
import { fail, Problem } from '../problem.ts';
import type { CityPort, Greeted } from './desk-ports.ts';

/** Makes a call under the newest greeting. */
export type Challenged = <T>(call: (under: Greeted) => Promise<T>) => Promise<T>;

interface Fresh {
  /** The same city; of a greeting that is handed in, the newest one takes the place. */
  readonly city: CityPort;
  readonly under: Challenged;
}

/** `greet` says hello through the given city. Fails with HUB_BUSY where the city was put back meanwhile: the next exchange begins anew. */
export function freshChallenge(port: CityPort, greet: (city: CityPort) => Promise<HelloReply>): Fresh {
  let newest: HelloReply | null = null;
  const hello: CityPort['hello'] = async (message) => {
    newest = await port.hello(message);
    return newest;
  };
  const under: Challenged = async (call) => {
    const before = newest ?? (await greet(city));
    try {
      return await call(before);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'CHALLENGE_EXPIRED') throw error;
      const now = await greet(city);
      return now.epoch === before.epoch ? call(now) : fail('HUB_BUSY');
    }
  };
  const city: CityPort = {
    hello,
    sendBatch: (stream, batch) => port.sendBatch(stream, batch),
    inbox: (after) => under((now) => port.inbox(after, now)),
    own: (after) => under((now) => port.own(after, now)),
    missing: (ids) => under((now) => port.missing(ids, now)),
    returned: (events) => under((now) => port.returned(events, now)),
    replaceStream: (message) => under((now) => port.replaceStream(message, now)),
    anchorAccess: (said) => under((now) => port.anchorAccess(said, now)),
  };
  return { city, under };
}
