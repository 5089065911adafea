/** A city of a test that signs: its key is the one that the desk pinned. */
import { createPrivateKey, sign } from 'node:crypto';
import { readIdentity } from '../../db/queries/device.ts';
import { parseEvent } from '../../db/queries/event.ts';
import { ackedSeq, linksAfter } from '../../db/queries/stream.ts';
import { TYP } from '../../shared/contract/sync/version.ts';
import { must } from '../../shared/lib/must.ts';
import { storeOf } from './city-answer.ts';
import { sha256 } from './fake-desk.ts';
import { testCity } from './role-papers.ts';
import type { TestDesk } from './temp-desk.ts';

export interface SigningCity {
  jws(payload: object, typ: string): string;
  /** Answers all that waits with one receipt, which signs the head of the access log too. */
  receive(desk: TestDesk): void;
}

export function signingCity(desk: TestDesk): SigningCity {
  const key = createPrivateKey({ key: { ...testCity.privateKey }, format: 'jwk' });
  const { db } = desk.desk;
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const jws = (payload: object, typ: string) => {
    const text = `${part({ alg: 'EdDSA', typ })}.${part(payload)}`;
    return `${text}.${sign(null, Buffer.from(text), key).toString('base64url')}`;
  };
  return {
    jws,
    receive(of) {
      const { device, stream, epoch } = must(readIdentity(db), 'identity');
      const waiting = linksAfter(db, stream, ackedSeq(db, stream), 1000);
      const [first, last] = [must(waiting[0], 'first'), must(waiting.at(-1), 'last')];
      const access = db.$client.prepare('SELECT seq, hash FROM access ORDER BY seq DESC LIMIT 1').get() as {
        seq: number;
        hash: string;
      };
      const receipt = {
        v: 1 as const,
        ...{ epoch, device, stream, from: first.seq, to: last.seq, head: last.hash },
        batch: sha256(`${stream} ${first.seq}`),
        hub: { first: first.seq, last: last.seq },
        verdicts: waiting.map(({ seq, id, raw }) => ({
          ...{ kind: 'accepted' as const, revision: parseEvent(raw).base + 1, seq, id, hub: seq },
        })),
        access,
        at: new Date(of.desk.clock.now()).toISOString(),
      };
      storeOf(of).keepReceipt(receipt, jws(receipt, TYP.receipt));
    },
  };
}
