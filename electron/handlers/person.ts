/**
 * What this desk holds of one person, to answer that person (NĐ 356/2025, art. 5). Only exact places count: a number, or name with
 * birth. Of everybody else on the same dossiers the answer has name and role alone.
 */
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { localView, standingEvents } from '../../db/local-view.ts';
import { accessToDossier } from '../../db/queries/access.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import {
  addPersonRequest,
  logPersonExport,
  type PersonRequest,
  personCandidates,
  personExports,
  personRequestById,
  personRequests,
} from '../../db/queries/person.ts';
import { printsOf } from '../../db/queries/print.ts';
import { personAnswer } from '../../shared/catalogue/personal-data.ts';
import { unitOn } from '../../shared/catalogue/units.ts';
import type { PersonExtract } from '../../shared/contract/ipc/person.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { accessEntry } from '../../shared/domain/access.ts';
import { chainOutcome, type Dossier } from '../../shared/domain/dossier.ts';
import {
  type FormPerson,
  filledFields,
  isFieldOf,
  likePerson,
  type PersonAsked,
  peopleOf,
  plainNumber,
} from '../../shared/domain/form-people.ts';
import { project } from '../../shared/domain/project.ts';
import { addWorkingDays, calendarOf } from '../../shared/domain/working-days.ts';
import { isPartialDate, localTime } from '../../shared/lib/local-date.ts';
import { maskNumber, maskNumbersIn } from '../../shared/lib/mask.ts';
import { must } from '../../shared/lib/must.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { effectiveCatalogue } from './law.ts';

/** Of one dossier, on paper: more would bury the rest. */
const MOST_READS = 50;

function askedOf({ number, name, birth }: PersonAsked): PersonAsked {
  const asked = { number: plainNumber(number), name: cleanText(name), birth: birth.trim() };
  const byName = asked.name !== '' && isPartialDate(asked.birth);
  if (asked.number === '' && !byName) fail('PERSON_ASK_EMPTY');
  return byName ? asked : { ...asked, name: '', birth: '' };
}

interface Standing {
  readonly dossier: Dossier;
  readonly people: readonly FormPerson[];
  readonly own: readonly FormPerson[];
}
interface Found {
  readonly standings: readonly Standing[];
  readonly unclear: readonly { readonly code: string; readonly role: string }[];
}

function findPerson(db: ReadDb, asked: PersonAsked): Found {
  const all = personCandidates(db, asked).flatMap((id): readonly Standing[] => {
    const { subject } = localView(db, 'dossier', id);
    if (subject?.kind !== 'dossier') return [];
    const people = peopleOf(subject.state.chain, subject.state.form);
    return [{ dossier: subject.state, people, own: people.filter((p) => likePerson(p, asked) === 'is') }];
  });
  return {
    standings: all.filter(({ own }) => own.length > 0),
    unclear: all.flatMap(({ dossier, people }) =>
      people
        .filter((p) => likePerson(p, asked) === 'maybe')
        .map(({ place }) => ({ code: dossier.code, role: place.role })),
    ),
  };
}

/** Two numbers under one name and birth are two people: one answer for both would give each the other's data. */
function requireOne({ standings }: Found): void {
  const numbers = new Set(standings.flatMap(({ own }) => own.map((p) => p.number)).filter(Boolean));
  if (standings.length === 0) fail('PERSON_NOT_FOUND');
  if (numbers.size > 1) fail('PERSON_UNCLEAR', { n: numbers.size });
}

const rolesOf = ({ own }: Standing) => own.map((p) => p.place.role);

export function findStandings(ctx: ReadCtx, input: Input<'person.find'>): Output<'person.find'> {
  requireIdentity(ctx.identity);
  const found = findPerson(ctx.db, askedOf(input));
  return {
    dossiers: found.standings.map((one) => ({
      ...{ id: one.dossier.id, code: one.dossier.code, chain: one.dossier.chain },
      ...{ receivedOn: one.dossier.receivedOn, roles: rolesOf(one) },
      name: maskNumbersIn(one.own[0]?.name ?? ''),
      number: maskNumber(one.own.find((p) => p.number !== '')?.number ?? ''),
    })),
    unclear: found.unclear.length,
  };
}

export function openRequest(ctx: TaskCtx, input: Input<'person.open'>): Output<'person.open'> {
  const { account, office } = requireIdentity(ctx.identity);
  const asked = askedOf(input);
  const reason = cleanText(input.reason);
  if (reason === '') fail('REASON_REQUIRED');
  const now = ctx.desk.clock.now();
  if (input.receivedOn > localTime(now).date) fail('RECEIVED_IN_FUTURE');
  const found = findPerson(ctx.db, asked);
  requireOne(found);
  const calendar = calendarOf(effectiveCatalogue({ db: ctx.db, office, now }));
  const row: PersonRequest = {
    ...{ id: ctx.desk.ids.uuid(), at: new Date(now).toISOString(), reason, ...asked },
    ...{ actor: account.id, actorName: account.name, dossiers: found.standings.length },
    receivedOn: input.receivedOn,
    due: addWorkingDays(input.receivedOn, personAnswer.workingDays, calendar),
  };
  inTransaction(ctx.db, (tx) => addPersonRequest(tx, row));
  ctx.changed('request');
  return { id: row.id };
}

export function listRequests(ctx: ReadCtx): Output<'person.requests'> {
  requireIdentity(ctx.identity);
  const rows = personRequests(ctx.db);
  const exports = Map.groupBy(
    personExports(
      ctx.db,
      rows.map((r) => r.id),
    ),
    (e) => e.requestId,
  );
  return rows.map(({ id, at, actorName, receivedOn, due, reason, name, number, dossiers }) => ({
    ...{ id, at, by: actorName, receivedOn, due, dossiers },
    ...{ reason: maskNumbersIn(reason), name: maskNumbersIn(name), number: maskNumber(number) },
    exports: (exports.get(id) ?? []).map(({ what, at: when }) => ({ what, at: when })),
  }));
}

function requestOf(db: ReadDb, id: string, where: string): PersonRequest {
  return personRequestById(db, id) ?? fail('INPUT_INVALID', { where, detail: 'id' });
}

export function getExtract(ctx: ReadCtx, { id }: Input<'person.get'>): PersonExtract {
  const { office, no, name: machine } = requireIdentity(ctx.identity);
  const { name, number, birth, actorName, at, receivedOn, due, reason } = requestOf(ctx.db, id, 'person.get');
  const now = ctx.desk.clock.now();
  const law = effectiveCatalogue({ db: ctx.db, office, now });
  const found = findPerson(ctx.db, { name, number, birth });
  requireOne(found);
  return {
    ...{ id, asked: { name, number, birth }, at, by: actorName, receivedOn, due, reason },
    office: unitOn(office, localTime(now).date)?.name ?? office,
    machine: `${no} · ${machine}`,
    madeAt: new Date(now).toISOString(),
    dossiers: found.standings.map((one) => ({
      ...heldOf(ctx.db, one),
      chainName:
        law.regimes.find((r) => r.id === one.dossier.regime)?.chains[one.dossier.chain].name ??
        one.dossier.regime,
    })),
    unclear: [...found.unclear],
  };
}

function heldOf(db: ReadDb, one: Standing): Omit<PersonExtract['dossiers'][number], 'chainName'> {
  const { dossier, people, own } = one;
  const { id, code, chain, receivedOn, form, components, files } = dossier;
  const isOwn = (key: string) => own.some((p) => isFieldOf(p.place, key));
  const changes = changesOf(db, id, isOwn);
  const last = new Map(changes.map((change) => [change.field, change]));
  const roles = rolesOf(one);
  return {
    ...{ id, code, chain, receivedOn, roles, officialCode: form['code.official'] ?? '' },
    outcome: chainOutcome(components),
    delivery: must(deliveriesOf(db, 'dossier', [id]).get(id), 'delivery'),
    fields: filledFields(chain, form)
      .filter(isOwn)
      .map((key) => {
        const { at, by } = must(last.get(key), key);
        return { key, value: form[key] ?? '', at, by };
      }),
    // What was written first stands among the fields already.
    changes: changes.filter(({ before }) => before !== ''),
    others: people
      .filter(({ place }) => !roles.includes(place.role))
      .map(({ place, name }) => ({ role: place.role, name: maskNumbersIn(name) })),
    scans: files.length,
    prints: printsOf(db, id).map(({ kind, at }) => ({ kind, at })),
    reads: readsOf(db, id),
  };
}

function readsOf(db: ReadDb, id: string): PersonExtract['dossiers'][number]['reads'] {
  const { total, newest } = accessToDossier(db, id, MOST_READS);
  return {
    total,
    newest: newest.flatMap(({ raw }) => {
      const { at, actor, action } = accessEntry.parse(JSON.parse(raw));
      return actor ? [{ at, by: actor.name, role: actor.role, action }] : [];
    }),
  };
}

type Change = PersonExtract['dossiers'][number]['changes'][number];

/** Every value that a field took, oldest first; what the city returned never stood. Reasons are left out: a clerk's words may name somebody else. */
function changesOf(db: ReadDb, id: string, isOwn: (key: string) => boolean): Change[] {
  let state: Dossier | undefined;
  return standingEvents(eventsOfSubject(db, 'dossier', id)).flatMap((event) => {
    const before = state?.form ?? {};
    const after = project(event, state && { kind: 'dossier', state });
    state = after?.kind === 'dossier' ? after.state : undefined;
    const now = state?.form ?? {};
    const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])];
    return keys
      .filter((key) => isOwn(key) && before[key] !== now[key])
      .map((field) => ({
        ...{ at: event.at, by: event.actor.name, verb: event.verb, field },
        ...{ before: before[field] ?? '', after: now[field] ?? '' },
      }));
  });
}

/** Readable by another program: keys of fields as the forms have them. */
export function extractFile(ctx: TaskCtx, { id }: Input<'person.file'>): Output<'person.file'> {
  const text = `${JSON.stringify(getExtract(ctx, { id }), null, 2)}\n`;
  return { name: `du-lieu-ca-nhan-${id.slice(0, 8)}.json`, bytes: new TextEncoder().encode(text) };
}

export function logExport(ctx: TaskCtx, { id, what }: Input<'person.log'>): null {
  const { account } = requireIdentity(ctx.identity);
  requestOf(ctx.db, id, 'person.log');
  const at = new Date(ctx.desk.clock.now()).toISOString();
  inTransaction(ctx.db, (tx) => logPersonExport(tx, { requestId: id, what, at, actor: account.id }));
  ctx.changed('request');
  return null;
}
