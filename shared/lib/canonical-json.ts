/** Canonical JSON (RFC 8785): the one text form that is hashed and signed, the same on every machine. */
import canonicalize from 'canonicalize';
import { must } from './must.ts';

export function canonicalJson(value: unknown): string {
  return must(canonicalize(value), 'canonical form of a JSON value');
}
