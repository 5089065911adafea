/** Properties that hold after every step. */
import type { Problem } from '../../shared/problem.ts';
import { placeKey } from './city-db.ts';
import type { Desk } from './desk.ts';
import type { DeskDb } from './desk-db.ts';
import { hold, saidIn } from './ledger.ts';
import type { Killed, Request } from './wire.ts';
import type { World } from './world.ts';

/** P10: what nobody with the right key signed changes nothing at the city. */
export async function isUntouched(world: World, request: Request): Promise<void> {
  await world.attack(request, 'P10');
}

export interface Exchanged {
  readonly before: DeskDb;
  readonly problem: Problem | Killed | null;
}

export function checkDesk(world: World, desk: Desk, { before, problem }: Exchanged): void {
  const { db } = desk;
  for (const [id, { raw }] of before.events) {
    hold(db.events.has(id), 'P1', () => `${desk.name} lost ${id}`);
    hold(saidIn(raw) === saidIn(db.events.get(id)?.raw ?? ''), 'P1', () => `${desk.name} changed ${id}`);
  }
  checkWords(world, desk);
  checkPlaces(world, desk);
  if (problem?.name === 'Problem' && (problem as Problem).code === 'PROTOCOL_UNSUPPORTED')
    hold(isSame(before, db), 'P12', () => `${desk.name} changed although no protocol is shared`);
}

/** P4 and P10: every word that a desk shows is one that the city really committed. */
function checkWords({ ledger }: World, { name, db }: Desk): void {
  for (const [id, { hub, verdict }] of db.words)
    hold(
      ledger.wasStored(id, hub, verdict.kind),
      'P4',
      () => `${name} shows ${verdict.kind} for ${id}, which the city never stored`,
    );
  for (const [id, { raw }] of db.events) {
    const made = ledger.made.get(id);
    hold(made === saidIn(raw), 'P10', () => `${name} holds ${id}, which nobody made so`);
  }
}

/** P8: a machine whose mark survives never writes two things at one place. */
function checkPlaces({ ledger }: World, desk: Desk): void {
  if (desk.cloned || desk.putBackWithMark) return;
  for (const [stream, chain] of desk.db.chains)
    for (const { seq } of chain)
      hold(
        ledger.written.get(placeKey(stream, seq))?.size === 1,
        'P8',
        () => `${desk.name} wrote twice at ${stream}/${seq}`,
      );
}

function isSame(a: DeskDb, b: DeskDb): boolean {
  return (
    a.epoch === b.epoch &&
    a.stream === b.stream &&
    a.cursor === b.cursor &&
    a.words.size === b.words.size &&
    a.events.size === b.events.size &&
    a.receipts.size === b.receipts.size
  );
}
