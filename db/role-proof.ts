/**
 * What a person may do at this machine, proven by what the city signed: the role paper, else the newest greeting (an older hub gives no
 * papers), else the card of the enrolment. The table of people is only a copy for the eye: changing it by hand gives nothing.
 */
import { deviceCard, helloReply, rolePaper } from '../shared/contract/sync/messages.ts';
import { TYP } from '../shared/contract/sync/version.ts';
import { ROLE_LIFE_MS } from '../shared/domain/role-paper.ts';
import type { Role } from '../shared/domain/verbs.ts';
import type { ReadDb } from './handle.ts';
import type { Identity } from './queries/device.ts';
import { readMachineSetting } from './queries/machine.ts';
import { ownStreams } from './queries/stream.ts';
import { readSigned } from './signed.ts';

interface Proven {
  readonly account: { readonly id: string; readonly name: string; readonly role: Role };
  /** Epoch ms of the city's time. */
  readonly until: number;
}

export function provenRole(
  db: ReadDb,
  { device, cityKey: key, account: enrolled }: Pick<Identity, 'device' | 'cityKey' | 'account'>,
  { id, paper }: { readonly id: string; readonly paper: string | null },
): Proven | null {
  const greeting = readMachineSetting(db, 'city_greeting');
  const said =
    greeting === null ? null : readSigned(greeting, { key, typ: TYP.helloReply, schema: helloReply });
  const greeted = said && ownStreams(db).includes(said.stream) ? said : null;
  const named = greeted?.accounts.find((one) => one.id === id);
  // Whom the newest greeting does not name, no older paper brings back.
  if (greeted && !named) return null;
  const signed = paper === null ? null : readSigned(paper, { key, typ: TYP.role, schema: rolePaper });
  if (signed && signed.device === device && signed.account.id === id)
    return { account: signed.account, until: Date.parse(signed.until) };
  if (greeted && named) return { account: named, until: Date.parse(greeted.at) + ROLE_LIFE_MS };
  if (enrolled.id !== id) return null;
  const kept = readMachineSetting(db, 'city_card');
  const card = kept === null ? null : readSigned(kept, { key, typ: TYP.card, schema: deviceCard });
  if (card?.device !== device || card.account.id !== id) return null;
  return { account: card.account, until: Date.parse(card.at) + ROLE_LIFE_MS };
}

/** Of the papers of a greeting, those of this machine by account; what is not signed is none. */
export function papersOf(
  papers: readonly string[],
  { device, cityKey: key }: Pick<Identity, 'device' | 'cityKey'>,
): ReadonlyMap<string, string> {
  const found = papers.map(
    (jws) => [readSigned(jws, { key, typ: TYP.role, schema: rolePaper }), jws] as const,
  );
  return new Map(
    found.flatMap(([paper, jws]) => (paper?.device === device ? [[paper.account.id, jws] as const] : [])),
  );
}
