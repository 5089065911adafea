/** The data key of a folder for a tool that opens old files: from a key itself, a recovery code, a password, or the plain key file of the first versions. */

import { existsSync } from 'node:fs';
import path from 'node:path';
import { openKeySlots } from '../../db/key-slots.ts';
import { ciphers, type DataKey, fileKeyStore } from '../../db/key-store.ts';
import { fail, Problem } from '../../shared/problem.ts';

export interface Secrets {
  /** `aegis:<64 hex>` or `chacha20:<64 hex>`. */
  readonly key?: string | undefined;
  readonly recovery?: string | undefined;
  readonly password?: string | undefined;
}

/** Changes nothing in the folder. Fails with PASSWORD_WRONG, RECOVERY_CODE_*, KEY_SLOT_*, SIGN_IN_NEEDED, DB_KEY_*. */
export async function keyOf(folder: string, { key, recovery, password }: Secrets): Promise<DataKey> {
  if (key !== undefined) return givenKey(key);
  const slots = openKeySlots(folder);
  if (recovery !== undefined) return slots.openRecovery(recovery);
  if (password !== undefined)
    return openedByAnybody(
      slots.people().map(
        ({ id }) =>
          () =>
            slots.open(id, password),
      ),
    );
  if (existsSync(path.join(folder, 'desk.key'))) return fileKeyStore(folder).open(true);
  return fail('SIGN_IN_NEEDED');
}

function givenKey(text: string): DataKey {
  const [, name, hex] = /^(\w+):([0-9a-f]{64})$/.exec(text) ?? [];
  const cipher = ciphers.find((one) => one === name);
  return cipher && hex !== undefined ? { cipher, hex } : fail('DB_KEY_WRONG');
}

/** The first slot that opens; else why the last one did not. */
async function openedByAnybody(ways: readonly (() => Promise<DataKey>)[]): Promise<DataKey> {
  let why = new Problem('PASSWORD_WRONG');
  for (const way of ways)
    try {
      return await way();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      why = error;
    }
  throw why;
}
