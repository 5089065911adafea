/** The line between desks and city: texts as they travel, kept for replay, and whatever can go wrong on the way. */
import { Problem, type ProblemCode } from '../../shared/problem.ts';

export const ROUTES = ['hello', 'batch', 'inbox', 'own', 'missing', 'returned', 'streams'] as const;
export type Route = (typeof ROUTES)[number];
export interface Request {
  readonly route: Route;
  readonly path: string;
  /** The JWS by which the device speaks: hello message, batch header or request proof. */
  readonly jws: string;
  readonly body: string | Uint8Array | null;
}
/** `ours`: the protocol header is there. */
export interface Reply {
  readonly ours: boolean;
  readonly text: string;
}

export const HOWS = [
  'lost_request',
  'lost_reply',
  'cut_reply',
  'bent_request',
  'bent_reply',
  'foreign',
  'forged',
  'old_reply',
  'too_large',
  'hub_dies',
  'hub_dies_answered',
  'city_restored',
  'desk_dies',
] as const;
export interface Fault {
  /** The message of the exchange, or the write of the desk's store for `desk_dies`, at which it strikes; from 1. */
  readonly at: number;
  readonly how: (typeof HOWS)[number];
  /** Where a text is cut or bent. */
  readonly where: number;
}

/** What the surroundings do to one exchange. */
export interface Weather {
  readonly fault: Fault | null;
  messages: number;
  writes: number;
}
export const calm = (): Weather => ({ fault: null, messages: 0, writes: 0 });
export const stormy = (fault: Fault | null): Weather => ({ fault, messages: 0, writes: 0 });

/** A desk whose power went: nothing after this happens. */
export class Killed extends Error {
  override readonly name = 'Killed';
}

export function problem(code: ProblemCode): Problem {
  return new Problem(code);
}

/** One character of a text becomes another. */
export function bend(text: string, where: number): string {
  if (text.length === 0) return text;
  // The last letter of a base64 text may hold bits that nobody reads.
  const at = where % Math.max(1, text.length - 1);
  const other = text[at] === 'A' ? 'B' : 'A';
  return text.slice(0, at) + other + text.slice(at + 1);
}

export function bendBytes(bytes: Uint8Array, where: number): Uint8Array {
  const bent = Uint8Array.from(bytes);
  const at = where % Math.max(1, bent.length);
  bent[at] = (bent[at] ?? 0) ^ 1;
  return bent;
}

export function bendRequest(request: Request, where: number): Request {
  if (where % 2 === 0 || request.body === null) return { ...request, jws: bend(request.jws, where >> 1) };
  const { body } = request;
  return {
    ...request,
    body: typeof body === 'string' ? bend(body, where >> 1) : bendBytes(body, where >> 1),
  };
}
