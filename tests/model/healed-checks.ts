/** Properties that hold once faults have stopped and everybody is idle. */
import { fold, subjectKey } from '../../shared/domain/project.ts';
import { readable } from '../../shared/domain/scope.ts';
import { isApplied } from '../../shared/domain/verdict.ts';
import { canonicalJson } from '../../shared/lib/canonical-json.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { appliedTo, type CityDb, type Word } from './city-db.ts';
import type { Desk } from './desk.ts';
import { waiting } from './desk-db.ts';
import { hold, saidIn } from './ledger.ts';
import { isNewer, parseEvent } from './reading.ts';
import type { World } from './world.ts';

export const ROUNDS = 60;

/** Faults stop, the newest hub runs, everybody exchanges until nothing moves. */
export async function heal(world: World): Promise<number> {
  const { city } = world;
  [city.old, city.foreign] = [false, false];
  city.revoked.clear();
  await city.start();
  for (let round = 1; round <= ROUNDS; round++) {
    const before = shape(world);
    const problems: string[] = [];
    for (const desk of world.alive) {
      const problem = await world.sync(desk);
      if (problem) problems.push(`${desk.name} ${problem.message}`);
    }
    if (problems.length === 0 && shape(world) === before) return round;
    hold(
      round < ROUNDS,
      'P11',
      () => `not idle after ${ROUNDS} rounds: ${problems.join('; ') || 'still moving'}`,
    );
  }
  return ROUNDS;
}

function shape({ city, alive }: World): string {
  const { db } = city;
  const desks = alive.map(({ db: d }) => [
    d.epoch,
    d.stream,
    d.cursor,
    d.words.size,
    d.events.size,
    d.receipts.size,
  ]);
  return JSON.stringify([db.epochs.length, db.seq, db.streams.size, db.receipts.size, desks]);
}

export function checkHealed(world: World): void {
  const { db } = world.city;
  for (const desk of world.alive) {
    checkArrived(world, desk);
    checkAnswered(desk, db);
    if (!desk.cloned) checkReturned(desk, db);
    checkPicture(world, desk);
  }
  checkLog(world);
  checkJudged(world);
  checkWriters(world);
}

/** P1 and P12: what any surviving store holds is in the city's log, to the letter. */
function checkArrived({ city }: World, desk: Desk): void {
  for (const [id, { raw }] of desk.db.events) {
    const row = city.db.rows.get(id);
    hold(row !== undefined, 'P1', () => `${id} is at ${desk.name} and not at the city`);
    hold(saidIn(row.raw) === saidIn(raw), 'P12', () => `${id} says something else at the city`);
  }
}

/** P6: each own event has its one word, the city's newest. */
function checkAnswered(desk: Desk, db: CityDb): void {
  const open = waiting(desk.db).map((e) => e.id);
  hold(open.length === 0, 'P6', () => `${desk.name} has no answer on ${open.join(' ')}`);
  for (const { id, own } of desk.db.events.values()) {
    const [mine, city] = [desk.db.words.get(id), db.newest.get(id)];
    if (!own || desk.cloned) continue;
    hold(
      mine?.hub === city?.hub && mine?.verdict.kind === city?.verdict.kind,
      'P6',
      () =>
        `${desk.name} shows ${mine?.verdict.kind} (${mine?.hub}) on ${id}, the city says ${city?.verdict.kind} (${city?.hub})`,
    );
  }
}

/** P8: what the city holds of a device is back at its machine, also what the hub is too old to read. */
function checkReturned(desk: Desk, db: CityDb): void {
  for (const { id, device, raw } of db.rows.values())
    if (device === desk.person.device && parseEvent(raw) !== null)
      hold(desk.db.events.has(id), 'P8', () => `${id} of ${desk.name} stayed at the city`);
}

/** P13: who may see an applied event has it, and shows the same record as the city. */
function checkPicture({ city }: World, desk: Desk): void {
  if (desk.cloned) return;
  const { db } = city;
  const scope = new Set(readable(desk.person.office, localTime(city.now()).date));
  const keys = new Set<string>();
  for (const word of db.newest.values()) {
    const row = db.rows.get(word.id);
    if (row?.reading.kind !== 'event' || !isVisible(word, scope)) continue;
    const mine = desk.db.words.get(word.id);
    hold(mine !== undefined, 'P13', () => `${desk.name} lacks ${word.id}`);
    hold(
      mine.hub === word.hub,
      'P13',
      () => `${desk.name} has word ${mine.hub} on ${word.id}, not ${word.hub}`,
    );
    keys.add(subjectKey(row.reading.event.subject));
  }
  for (const key of keys) {
    const [mine, theirs] = [shownAt(desk, key), fold(appliedTo(db, key))];
    hold(
      canonicalJson(mine ?? null) === canonicalJson(theirs ?? null),
      'P13',
      () => `${desk.name} shows another ${key} than the city`,
    );
  }
}

const isVisible = ({ verdict, scope }: Word, mine: ReadonlySet<string>): boolean =>
  isApplied(verdict) && scope.some((s) => mine.has(s));

/** The record as this machine shows it, without what it alone still has to hear about. */
function shownAt(desk: Desk, key: string) {
  const some = [...desk.db.events.values()].find((e) => subjectKey(e.event.subject) === key);
  const applied = (id: string) => {
    const word = desk.db.words.get(id);
    return word !== undefined && isApplied(word.verdict);
  };
  return some && desk.view(some.event.subject, applied).subject;
}

/** P2, P6: whatever came has one word, and what is applied is numbered without a gap. */
function checkLog({ city: { db } }: World): void {
  for (const id of db.rows.keys()) hold(db.newest.has(id), 'P6', () => `no word on ${id}`);
  for (const key of db.bySubject.keys()) {
    const events = appliedTo(db, key);
    const revisions = events.map((e) => db.newest.get(e.id)?.verdict.revision);
    hold(
      revisions.every((r, i) => r === i + 1),
      'P2',
      () => `revisions of ${key}: ${revisions.join(' ')}`,
    );
  }
}

/** P6: nothing waits at the city that could be judged; P7: no order of coming back refuses what builds on a standing dossier. */
function checkJudged({ city: { db } }: World): void {
  for (const { id, verdict } of db.newest.values()) {
    const reading = db.rows.get(id)?.reading;
    if (reading?.kind !== 'event') {
      hold(
        reading?.kind !== 'newer' || isNewer(JSON.parse(db.rows.get(id)?.raw ?? '{}'), false),
        'P6',
        () => `${id} could be read now`,
      );
      continue;
    }
    const current = db.subjects.get(subjectKey(reading.event.subject));
    const builds = verdict.code === 'EVENT_BASE_UNKNOWN';
    const early = verdict.kind === 'held' && builds && reading.event.base <= (current?.state.revision ?? 0);
    hold(!early, 'P6', () => `${id} is held although what it builds on has come`);
    const refused = verdict.kind === 'rejected' && builds && current?.kind === 'dossier';
    hold(!refused, 'P7', () => `${id} was refused for coming before its dossier`);
  }
}

/** P9: two machines never go on with one stream once they differ, and a replaced stream is closed. */
function checkWriters({ alive, city }: World): void {
  for (const { lineage } of city.db.streams.values())
    for (const { stream } of lineage)
      hold(city.db.streams.get(stream)?.frozen === true, 'P9', () => `replaced stream ${stream} is open`);
  for (const { name, db } of alive)
    for (const { stream, replacedBy } of db.replaced)
      hold(
        city.db.streams.get(stream)?.frozen === true,
        'P9',
        () => `the city does not know that ${replacedBy} took the place of ${stream} at ${name}`,
      );
  for (const [i, a] of alive.entries())
    for (const b of alive.slice(i + 1)) {
      if (a.db.stream !== b.db.stream) continue;
      const [mine, theirs] = [a, b].map((d) => d.db.chains.get(d.db.stream) ?? []);
      const differ = mine?.findIndex((link, at) => theirs?.[at] && theirs[at].hash !== link.hash) ?? -1;
      hold(differ < 0, 'P9', () => `${a.name} and ${b.name} both go on with one stream`);
    }
}
