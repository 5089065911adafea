/** The files of an unlocking, from and to a place; the private half comes from standard input or a file, never from the command line. */
import { readFileSync, writeFileSync } from 'node:fs';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { UNLOCK_FILES } from '../../shared/contract/sync/unlock.ts';
import { checkedText } from '../../shared/courier/checked-text.ts';
import { sha256Hex } from '../sha256.ts';
import { type HubWish, openHub } from '../start.ts';
import { openRequest } from './open-request.ts';
import { signAnswer } from './sign-answer.ts';

const STDIN = 0;

/** Shown once, kept nowhere. */
export async function recoveryPair(): Promise<{ readonly recipient: string; readonly identity: string }> {
  const identity = await generateX25519Identity();
  return { recipient: await identityToRecipient(identity), identity };
}

const besides = (file: string, end: string) => file.replace(/\.[^./\\]+$/, '') + end;

export async function openPlace(
  file: string,
  identityFile: string | undefined,
  out: string | undefined,
): Promise<object> {
  const identity = readFileSync(identityFile ?? STDIN, 'utf8').trim();
  const opened = await openRequest(readFileSync(file, 'utf8'), identity);
  const target = out ?? besides(file, UNLOCK_FILES.opened);
  writeFileSync(target, checkedText(opened, sha256Hex), { mode: 0o600 });
  return { event: 'opened', device: opened.device, out: target };
}

export async function signPlace(
  wish: Pick<HubWish, 'dataDir' | 'databaseUrl' | 'clock'>,
  file: string,
  person: string,
  out: string | undefined,
): Promise<object> {
  const { hub, close } = await openHub(wish);
  try {
    const signed = await signAnswer(hub, readFileSync(file, 'utf8'), person);
    const target = out ?? besides(file, UNLOCK_FILES.answer);
    writeFileSync(target, checkedText(signed.file, sha256Hex), { mode: 0o600 });
    return { event: 'signed', machine: signed.machine, account: signed.person, out: target };
  } finally {
    await close();
  }
}
