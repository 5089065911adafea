/** Addresses of the hidden print window: `#/print/slip/<dossier>/<kind>/<size>`, `#/print/register/<from>/<to>`, `#/print/proof/<kind>/<id>/<size>`, `#/print/notice/<machine>/<found, epoch ms>`, `#/print/person/<request>`. */

import { type ProofRequest, proofRequest } from '../../../shared/contract/ipc/attention.ts';
import { type NoticeRequest, noticeRequest } from '../../../shared/contract/ipc/machine.ts';
import { type PaperSize, paperSizes } from '../../../shared/slip/paper-size.ts';
import {
  type RegisterRequest,
  registerRequest,
  type SlipRequest,
  slipRequest,
} from '../../../shared/slip/slip-input.ts';

export type PrintPlace =
  | { readonly paper: 'slip'; readonly request: SlipRequest; readonly size: PaperSize }
  | { readonly paper: 'register'; readonly request: RegisterRequest; readonly size: 'A4' }
  | { readonly paper: 'notice'; readonly request: NoticeRequest; readonly size: 'A4' }
  | { readonly paper: 'person'; readonly request: { readonly id: string }; readonly size: 'A4' }
  | { readonly paper: 'proof'; readonly request: ProofRequest; readonly size: PaperSize };

const SLIP = /^#\/print\/slip\/([\w-]+)\/([a-z]+)\/(A\d)$/;
const PROOF = /^#\/print\/proof\/([a-z]+)\/([\w-]+)\/(A\d)$/;
const NOTICE = /^#\/print\/notice\/(\d{1,9})\/(\d{1,14})$/;
const PERSON = /^#\/print\/person\/([0-9a-f-]{36})$/;
const REGISTER = /^#\/print\/register\/([^/]+)\/([^/]+)$/;

/** The paper that the address names; null = it names none. */
export function printPlace(hash: string): PrintPlace | null {
  const [, request] = PERSON.exec(hash) ?? [];
  if (request !== undefined) return { paper: 'person', request: { id: request }, size: 'A4' };
  const other = proofPlace(hash) ?? noticePlace(hash);
  if (other) return other;
  const [, id, kind, shown] = SLIP.exec(hash) ?? [];
  const slip = slipRequest.safeParse({ id, kind });
  const size = paperSizes.find((name) => name === shown);
  if (slip.success && size) return { paper: 'slip', request: slip.data, size };
  const [, from, to] = REGISTER.exec(hash) ?? [];
  const register = registerRequest.safeParse({ from, to });
  return register.success ? { paper: 'register', request: register.data, size: 'A4' } : null;
}

function proofPlace(hash: string): PrintPlace | null {
  const [, kind, id, shown] = PROOF.exec(hash) ?? [];
  const request = proofRequest.safeParse({ kind, id });
  const size = paperSizes.find((name) => name === shown);
  return request.success && size ? { paper: 'proof', request: request.data, size } : null;
}

function noticePlace(hash: string): PrintPlace | null {
  const [, no, found] = NOTICE.exec(hash) ?? [];
  if (no === undefined) return null;
  const request = noticeRequest.safeParse({ no: Number(no), foundAt: new Date(Number(found)).toISOString() });
  return request.success ? { paper: 'notice', request: request.data, size: 'A4' } : null;
}
