/** Addresses of the hidden print window: `#/print/slip/<dossier>/<kind>/<size>` and `#/print/register/<from>/<to>`. */

import { type PaperSize, paperSizes } from '../../../shared/slip/paper-size.ts';
import {
  type RegisterRequest,
  registerRequest,
  type SlipRequest,
  slipRequest,
} from '../../../shared/slip/slip-input.ts';

export type PrintPlace =
  | { readonly paper: 'slip'; readonly request: SlipRequest; readonly size: PaperSize }
  | { readonly paper: 'register'; readonly request: RegisterRequest; readonly size: 'A4' };

const SLIP = /^#\/print\/slip\/([\w-]+)\/([a-z]+)\/(A\d)$/;
const REGISTER = /^#\/print\/register\/([^/]+)\/([^/]+)$/;

/** The paper that the address names; null = it names none. */
export function printPlace(hash: string): PrintPlace | null {
  const [, id, kind, shown] = SLIP.exec(hash) ?? [];
  const slip = slipRequest.safeParse({ id, kind });
  const size = paperSizes.find((name) => name === shown);
  if (slip.success && size) return { paper: 'slip', request: slip.data, size };
  const [, from, to] = REGISTER.exec(hash) ?? [];
  const register = registerRequest.safeParse({ from, to });
  return register.success ? { paper: 'register', request: register.data, size: 'A4' } : null;
}
