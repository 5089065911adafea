/** On the safe's PC: a machine's data key comes out under the private half and goes under the machine's one-time key, in one breath. */
import { Decrypter, Encrypter } from 'age-encryption';
import type { z } from 'zod';
import { citySlotSecret, type openedRequest, unlockRequest } from '../../shared/contract/sync/unlock.ts';
import { readChecked } from '../../shared/courier/checked-text.ts';
import { fail } from '../../shared/problem.ts';
import { sha256Hex } from '../sha256.ts';

/** `identity`: AGE-SECRET-KEY-1…. Fails with UNLOCK_FILE_BROKEN, UNLOCK_KEY_WRONG, UNLOCK_OTHER_DEVICE. */
export async function openRequest(text: string, identity: string): Promise<z.infer<typeof openedRequest>> {
  const request = readChecked(text, unlockRequest, sha256Hex) ?? fail('UNLOCK_FILE_BROKEN');
  const { slot, once, nonce } = request;
  const secret = await secretOf(slot.sealed, identity);
  const { device, at } = citySlotSecret.parse(JSON.parse(secret));
  if (device !== slot.device || at !== slot.at) fail('UNLOCK_OTHER_DEVICE');
  const sealer = new Encrypter();
  sealer.addRecipient(once);
  const sealed = Buffer.from(await sealer.encrypt(secret)).toString('base64');
  return { v: 1, device, card: slot.card, nonce, sealed };
}

async function secretOf(sealed: string, identity: string): Promise<string> {
  try {
    const opener = new Decrypter();
    opener.addIdentity(identity);
    return await opener.decrypt(Buffer.from(sealed, 'base64'), 'text');
  } catch {
    return fail('UNLOCK_KEY_WRONG');
  }
}
