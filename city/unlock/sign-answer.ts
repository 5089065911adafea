/** On the hub: who is let in, and until when; the data key is sealed to the machine already. */
import type { z } from 'zod';
import { deviceCard } from '../../shared/contract/sync/messages.ts';
import {
  openedRequest,
  type signedAnswer,
  UNLOCK_LIFE_MS,
  type unlockAnswer,
} from '../../shared/contract/sync/unlock.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { readChecked } from '../../shared/courier/checked-text.ts';
import { fail } from '../../shared/problem.ts';
import { iso } from '../clock.ts';
import { deviceAccounts, getDevice } from '../db/queries/place.ts';
import type { Hub } from '../hub.ts';
import { signAsCity, verifyJws } from '../jws.ts';
import { signRolePaper } from '../role-paper.ts';
import { sha256Hex } from '../sha256.ts';

/** `person`: name or id of an account of that machine. Fails with UNLOCK_FILE_BROKEN, SIGNATURE_INVALID, DEVICE_*, ACCOUNT_UNKNOWN. */
export async function signAnswer(
  hub: Hub,
  text: string,
  person: string,
): Promise<{
  readonly file: z.infer<typeof signedAnswer>;
  readonly machine: number;
  readonly person: string;
}> {
  const opened = readChecked(text, openedRequest, sha256Hex) ?? fail('UNLOCK_FILE_BROKEN');
  const card = deviceCard.parse(await verifyJws(opened.card, hub.keys.receiptPublic, TYP.card));
  const device = await getDevice(hub.db, card.device);
  if (card.device !== opened.device) fail('UNLOCK_OTHER_DEVICE');
  if (device.revoked) fail('DEVICE_REVOKED');
  const named = (await deviceAccounts(hub.db, device.id)).filter(
    ({ id, name }) => id === person || name === person,
  );
  const [account] = named;
  if (!account || named.length > 1) return fail('ACCOUNT_UNKNOWN');
  const answer: z.infer<typeof unlockAnswer> = {
    ...{ v: 1, device: device.id, nonce: opened.nonce, sealed: opened.sealed, account },
    paper: await signRolePaper(hub, { device: device.id, office: device.unit, account }),
    until: iso(hub.clock.now() + UNLOCK_LIFE_MS),
  };
  const file = { v: 1 as const, answer: await signAsCity(hub.keys, TYP.unlock, answer) };
  return { file, machine: card.no, person: account.id };
}
