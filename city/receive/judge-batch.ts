/** Judges the new lines of a batch one after the other in memory: each sees what those before it changed. */
import { officesInCharge } from '../../shared/catalogue/successors.ts';
import { pathOn, unitByKey } from '../../shared/catalogue/units.ts';
import { actBody, correctBody, receiveBody } from '../../shared/domain/dossier.ts';
import type { Event } from '../../shared/domain/event.ts';
import { project, type Subject } from '../../shared/domain/project.ts';
import { targetBody } from '../../shared/domain/target.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { isApplied, judge, type Verdict } from '../../shared/domain/verdict.ts';
import type { LocalDate } from '../../shared/lib/local-date.ts';
import { unreachable } from '../../shared/lib/must.ts';
import { below } from '../db/queries/scope.ts';
import { subjectKey } from '../db/queries/subject.ts';
import type { Line } from './open-batch.ts';

export interface Memory {
  readonly subjects: Map<string, Subject>;
  readonly applied: Map<string, Event[]>;
  /** Keys of the subjects that this batch changed. */
  readonly changed: Set<string>;
}
export interface Sender {
  readonly office: string;
  readonly roles: ReadonlyMap<string, Role>;
  /** Vietnam's date at the hub. */
  readonly today: LocalDate;
}
export interface Judged {
  readonly line: Line;
  readonly verdict: Verdict;
  /** Who may see this event: units from its own up to the root, or all below an office; empty where it was not applied. */
  readonly scope: readonly string[];
}

export function judgeLine(memory: Memory, sender: Sender, line: Line): Judged {
  const { reading } = line;
  switch (reading.kind) {
    case 'newer':
      return { line, verdict: { kind: 'held', code: 'EVENT_SCHEMA_NEWER', revision: 0 }, scope: [] };
    case 'wrong':
      return { line, verdict: wrong(reading.field, 0), scope: [] };
    case 'event':
      return judgeEvent(memory, sender, { line, event: reading.event });
    default:
      return unreachable(reading);
  }
}

function wrong(field: string, revision: number): Verdict {
  return { kind: 'rejected', code: 'EVENT_BODY_INVALID', field: field.slice(0, 400), revision };
}

function judgeEvent(memory: Memory, sender: Sender, { line, event }: { line: Line; event: Event }): Judged {
  const key = subjectKey(event.subject);
  const current = memory.subjects.get(key);
  const applied = memory.applied.get(key) ?? [];
  // Somebody whom the city does not know on this device may do what a technician may: nothing.
  const role = sender.roles.get(event.actor.id) ?? 'technician';
  const verdict = judge({ event, sender: { role, office: sender.office }, current, applied });
  if (!isApplied(verdict)) return { line, verdict, scope: [] };
  const outside = dateOutsideTables(event);
  if (outside) return { line, verdict: wrong(outside, current?.state.revision ?? 0), scope: [] };
  const after = project(event, current);
  if (after) memory.subjects.set(key, after);
  memory.applied.set(key, [...applied, event]);
  memory.changed.add(key);
  return { line, verdict, scope: scopeOf(event, after, sender.today) };
}

/** The calendar of the tables has no year 0; nobody promises such a day, but one must not stop a batch. */
function dateOutsideTables(event: Event): string | null {
  return promisedDays(event).some((day) => day?.startsWith('0000')) ? 'due' : null;
}

function promisedDays({ verb, body }: Event): readonly (string | null | undefined)[] {
  switch (verb) {
    case 'dossier.receive': {
      const { due, components } = receiveBody.parse(body);
      return [due, ...components.map((c) => c.due)];
    }
    case 'dossier.correct':
      return (correctBody.parse(body).added ?? []).flatMap((c) => [c.due, c.startedOn]);
    case 'dossier.act': {
      const { chainDue, dues } = actBody.parse(body);
      return [chainDue, ...dues.map((d) => d.due)];
    }
    default:
      return [];
  }
}

function scopeOf(event: Event, subject: Subject | undefined, today: LocalDate): readonly string[] {
  switch (subject?.kind) {
    case undefined:
      return [];
    case 'dossier':
      // The wards that took the commune over follow its dossiers too.
      return officesInCharge(subject.state.commune, subject.state.receivedOn);
    case 'sheet':
      return pathCodes(unitByKey(subject.state.unit)?.code ?? '', subject.state.asOf);
    case 'setting':
      // Offices below follow the corrections of those above them.
      return [...pathCodes(subject.state.office, today), below(subject.state.office)];
    case 'target':
      return targetScope(subject.state.unit, targetBody.parse(event.body).from, today);
    case 'report':
    case 'day':
      return pathCodes(subject.state.office, today);
    default:
      return unreachable(subject);
  }
}

/** Who works towards a target: the unit and all below it. Who set it lies on its path of that day, or on today's. */
function targetScope(unit: string, from: LocalDate, today: LocalDate): readonly string[] {
  return [...new Set([...pathCodes(unit, from), ...pathCodes(unit, today), below(unit)])];
}

function pathCodes(code: string, date: LocalDate): readonly string[] {
  return pathOn(code, date).map((u) => u.code);
}
