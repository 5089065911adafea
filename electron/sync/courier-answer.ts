/** A receipts file from a USB stick: whole, of this city, and every signature in it checked, before anything of it counts. */
import { createReadStream } from 'node:fs';
import type { Identity } from '../../db/queries/device.ts';
import { sha256 } from '../../db/write.ts';
import { courierReceipts } from '../../shared/contract/sync/courier.ts';
import { receipt as receiptSchema } from '../../shared/contract/sync/messages.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { checkEnvelope, contentOf } from '../../shared/courier/envelope.ts';
import { stickProblem } from '../../shared/courier/stick-problem.ts';
import { fail } from '../../shared/problem.ts';
import type { Answer } from '../../shared/protocol/courier.ts';
import { streamHash } from './courier-bundle.ts';
import { verify } from './jws.ts';

/** Receipts of a hundred thousand events are under half of it. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Fails with COURIER_*, STICK_*, or CITY_SIGNATURE where it only pretends to be this city's. */
export async function openAnswer({ cityKey: key }: Pick<Identity, 'cityKey'>, file: string): Promise<Answer> {
  const { about, jws } = await readWhole(file);
  if (about !== sha256(key.x).slice(0, 16)) fail('COURIER_OTHER_CITY');
  const otherwise = 'CITY_SIGNATURE';
  const answer = await verify(jws, { typ: TYP.courierReceipts, key, schema: courierReceipts, otherwise });
  const opened: { jws: string; receipt: Answer['opened'][number]['receipt'] }[] = [];
  for (const one of answer.receipts)
    opened.push({
      jws: one,
      receipt: await verify(one, { typ: TYP.receipt, key, schema: receiptSchema, otherwise }),
    });
  return { ...answer, opened };
}

async function readWhole(file: string): Promise<{ readonly about: string; readonly jws: string }> {
  try {
    const envelope = await checkEnvelope('receipts', createReadStream(file), streamHash());
    if (envelope.end - envelope.start > MOST_BYTES) fail('COURIER_DAMAGED');
    const parts: Uint8Array[] = [];
    for await (const part of contentOf(createReadStream(file), envelope)) parts.push(part);
    return { about: envelope.about, jws: Buffer.concat(parts).toString('latin1') };
  } catch (error) {
    throw stickProblem(error);
  }
}
