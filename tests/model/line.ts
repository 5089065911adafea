/** The desk's end of the line: signs requests, believes only what the city signed for this very request. */
import type { z } from 'zod';
import {
  helloReply,
  type InboxReply,
  inboxReply,
  missingReply,
  ownReply,
  receipt,
  replaceReply,
  returnedReply,
} from '../../shared/contract/sync/messages.ts';
import { PROTOCOL, TYP } from '../../shared/contract/sync/version.ts';
import { EVENT_SCHEMA, eventHash } from '../../shared/domain/event.ts';
import { fail, isProblemCode, Problem } from '../../shared/problem.ts';
import { addressed, following } from '../../shared/protocol/answer.ts';
import type { CityPort, Greeted } from '../../shared/protocol/desk-ports.ts';
import { type Keys, keysOf, openJws, readJson, sha256, signJws } from './keys.ts';
import type { Reply, Request, Route } from './wire.ts';

export interface LineParts {
  readonly checksSignatures: boolean;
}
/** Carries a request there and an answer back, or fails. */
export type Carrier = (request: Request) => Promise<Reply>;
export interface Speaker {
  readonly device: string;
  readonly now: () => number;
  readonly nonce: () => string;
}

interface Ask<S extends z.ZodType> {
  readonly route: Route;
  readonly path: string;
  readonly body?: object;
  readonly typ: string;
  readonly schema: S;
}

export function cityPort(carry: Carrier, me: Speaker, parts: LineParts): CityPort {
  const keys = keysOf(me.device);
  const open = openerOf(parts);

  async function ask<S extends z.ZodType>(wanted: Ask<S>, under: Greeted): Promise<z.output<S>> {
    const body = wanted.body ? JSON.stringify(wanted.body) : null;
    const proof = {
      device: me.device,
      challenge: under.challenge,
      method: body === null ? 'GET' : 'POST',
      path: wanted.path,
      body: body === null ? null : sha256(body),
    };
    const jws = signJws(keys, TYP.request, proof);
    const reply = await carry({ route: wanted.route, path: wanted.path, jws, body });
    const said = open(jwsIn(reply), wanted);
    const about = said as { device: string; epoch: string; asked?: string };
    addressed(about, me.device, under);
    if (about.asked !== undefined && about.asked !== proof.body) fail('CITY_SIGNATURE');
    return said;
  }

  return {
    hello: async (message) => {
      const nonce = me.nonce();
      const jws = signJws(keys, TYP.hello, {
        v: 1,
        proto: PROTOCOL,
        schema: EVENT_SCHEMA,
        app: 'model',
        device: me.device,
        ...message,
        nonce,
        at: new Date(me.now()).toISOString(),
      });
      const reply = await carry({ route: 'hello', path: '/v1/hello', jws, body: null });
      const said = open(jwsIn(reply), { typ: TYP.helloReply, schema: helloReply });
      return said.nonce === nonce ? said : fail('CITY_SIGNATURE');
    },
    sendBatch: async (stream, batch) => {
      const path = `/v1/streams/${stream}/${batch.fromSeq}-${batch.toSeq}`;
      const reply = await carry({ route: 'batch', path, jws: batch.header, body: batch.body });
      const jws = jwsIn(reply);
      return { receipt: open(jws, { typ: TYP.receipt, schema: receipt }), jws };
    },
    inbox: async (after, under) => {
      const path = `/v1/inbox?after=${after}`;
      return whole(await ask({ route: 'inbox', path, typ: TYP.inbox, schema: inboxReply }, under), after);
    },
    own: async (after, under) => {
      const path = `/v1/own?after=${after}`;
      return whole(await ask({ route: 'own', path, typ: TYP.own, schema: ownReply }, under), after);
    },
    missing: async (ids, under) => {
      const wanted = { typ: TYP.missing, schema: missingReply };
      const path = '/v1/missing';
      return (await ask({ route: 'missing', path, body: { ids }, ...wanted }, under)).lacking;
    },
    returned: async (events, under) => {
      const wanted = { typ: TYP.returned, schema: returnedReply };
      await ask({ route: 'returned', path: '/v1/returned', body: { events }, ...wanted }, under);
    },
    replaceStream: async (message, under) => {
      const wanted = { typ: TYP.replace, schema: replaceReply };
      await ask({ route: 'streams', path: '/v1/streams', body: message, ...wanted }, under);
    },
    // The desks of the model keep no access log.
    anchorAccess: () => fail('CITY_ANSWER_FOREIGN'),
  };
}

function openerOf({ checksSignatures }: LineParts) {
  const city: Keys = keysOf('city');
  return <S extends z.ZodType>(jws: string, { typ, schema }: { typ: string; schema: S }): z.output<S> => {
    const said = openJws(city, typ, jws) ?? (checksSignatures ? undefined : claimed(jws));
    if (said === undefined) fail('CITY_SIGNATURE');
    const parsed = schema.safeParse(said);
    return parsed.success ? parsed.data : fail('CITY_SIGNATURE');
  };
}

const claimed = (jws: string): unknown =>
  readJson(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());

function jwsIn(reply: Reply): string {
  const value = reply.ours ? readJson(reply.text) : undefined;
  if (!value || typeof value !== 'object') return fail('CITY_ANSWER_FOREIGN');
  if ('code' in value && typeof value.code === 'string')
    throw new Problem(isProblemCode(value.code) ? value.code : 'CITY_ERROR');
  return 'jws' in value && typeof value.jws === 'string' ? value.jws : fail('CITY_ANSWER_FOREIGN');
}

function whole<P extends Pick<InboxReply, 'after' | 'next' | 'events'>>(page: P, after: number): P {
  if (page.events.some(({ event }) => eventHash(event, sha256) !== event.hash)) fail('CITY_SIGNATURE');
  return following(page, after);
}
