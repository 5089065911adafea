/** Real Ed25519 signatures, made and checked at once: the keys are fixed, so that a seed gives the same run on every machine. */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { ALG } from '../../shared/contract/sync/version.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';

export const sha256 = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex');

export interface Keys {
  readonly name: string;
  readonly secret: KeyObject;
  readonly open: KeyObject;
}

const PKCS8_ED25519 = Buffer.from('302e020100300506032b657004220420', 'hex');
const made = new Map<string, Keys>();

/** The key pair of this name. */
export function keysOf(name: string): Keys {
  const known = made.get(name);
  if (known) return known;
  const seed = createHash('sha256').update(`model key ${name}`).digest();
  const secret = createPrivateKey({
    key: Buffer.concat([PKCS8_ED25519, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const keys = { name, secret, open: createPublicKey(secret) };
  made.set(name, keys);
  return keys;
}

/**
 * Texts that this process signed itself, with what they say. A signature over the same bytes by the same key is good once and for
 * all, so only what somebody changed on the way is worked out again.
 */
interface Known {
  readonly key: string;
  readonly typ: string;
  readonly payload: unknown;
}
const known = new Map<string, Known>();
const MOST_KNOWN = 20_000;

function remember(text: string, what: Known): void {
  if (known.size > MOST_KNOWN) known.clear();
  known.set(text, what);
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');

/** Compact JWS of a payload. */
export function signJws(keys: Keys, typ: string, payload: object): string {
  const text = canonicalJson(payload);
  const signed = `${encode(`{"alg":"${ALG}","typ":"${typ}"}`)}.${encode(text)}`;
  const jws = `${signed}.${signBytes(null, Buffer.from(signed), keys.secret).toString('base64url')}`;
  remember(jws, { key: keys.name, typ, payload: JSON.parse(text) });
  return jws;
}

/** The payload, if this key signed it for this purpose; undefined otherwise. */
export function openJws(keys: Keys, typ: string, jws: string): unknown {
  const old = known.get(jws);
  if (old?.key === keys.name) return old.typ === typ ? old.payload : undefined;
  const [head = '', body = '', signature = ''] = jws.split('.');
  const good = verifyBytes(
    null,
    Buffer.from(`${head}.${body}`),
    keys.open,
    Buffer.from(signature, 'base64url'),
  );
  if (!good) return undefined;
  const header = readJson(Buffer.from(head, 'base64url').toString());
  const said = header && typeof header === 'object' && 'typ' in header ? header.typ : undefined;
  return said === typ ? readJson(Buffer.from(body, 'base64url').toString()) : undefined;
}

/** What a JWS claims, unchecked. */
export function peekJws(jws: string): unknown {
  return known.get(jws)?.payload ?? readJson(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
}

export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const marks = new Map<string, string>();

/** A detached signature over a text (the city's marks on events). */
export function signText(keys: Keys, text: string): string {
  const id = `${keys.name}\n${text}`;
  if (marks.size > MOST_KNOWN) marks.clear();
  const old = marks.get(id);
  if (old) return old;
  const mark = signBytes(null, Buffer.from(text), keys.secret).toString('base64url');
  marks.set(id, mark);
  return mark;
}

export function isSignatureOf(keys: Keys, text: string, mark: string): boolean {
  if (marks.get(`${keys.name}\n${text}`) === mark) return true;
  return verifyBytes(null, Buffer.from(text), keys.open, Buffer.from(mark, 'base64url'));
}
