/**
 * A challenge lives ten minutes of the city's clock; a long exchange over a poor line takes longer. What the city refuses for its age
 * is asked again under a fresh greeting, once.
 */
import type { HelloReply } from '../contract/sync/messages.ts';
import { fail, Problem } from '../problem.ts';
import type { CityPort } from './desk-ports.ts';

/** Makes a call under the newest challenge. */
export type Challenged = <T>(call: (challenge: string) => Promise<T>) => Promise<T>;

interface Fresh {
  /** The same city; of a challenge that is handed in, the newest one takes the place. */
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
      return await call(before.challenge);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'CHALLENGE_EXPIRED') throw error;
      const { epoch, challenge } = await greet(city);
      return epoch === before.epoch ? call(challenge) : fail('HUB_BUSY');
    }
  };
  const city: CityPort = {
    hello,
    sendBatch: (stream, batch) => port.sendBatch(stream, batch),
    inbox: (after) => under((challenge) => port.inbox(after, challenge)),
    own: (after) => under((challenge) => port.own(after, challenge)),
    missing: (ids) => under((challenge) => port.missing(ids, challenge)),
    returned: (events) => under((challenge) => port.returned(events, challenge)),
    replaceStream: (message) => under((challenge) => port.replaceStream(message, challenge)),
  };
  return { city, under };
}
