/** Judges one line after the other in memory: each sees what those before it changed. */
import { fileOf } from '../domain/attached-file.ts';
import { actBody, correctBody, receiveBody } from '../domain/dossier.ts';
import type { Event } from '../domain/event.ts';
import { project, subjectKey } from '../domain/project.ts';
import { resolveBody } from '../domain/resolve.ts';
import { scopeOf } from '../domain/scope.ts';
import { isApplied, judge, type Verdict } from '../domain/verdict.ts';
import type { LocalDate } from '../lib/local-date.ts';
import { unreachable } from '../lib/must.ts';
import type { Judged, Line, Memory, Sender } from './hub-ports.ts';

export interface Bench {
  readonly memory: Memory;
  /** Vietnam's date at the hub. */
  readonly today: LocalDate;
}

export function judgeLine(bench: Bench, sender: Sender, line: Line): Judged {
  const { reading } = line;
  switch (reading.kind) {
    case 'newer':
      return { line, verdict: { kind: 'held', code: 'EVENT_SCHEMA_NEWER', revision: 0 }, scope: [] };
    case 'wrong':
      return { line, verdict: wrong(reading.field, 0), scope: [] };
    case 'event':
      return { line, ...judgeEvent(bench, sender, reading.event) };
    default:
      return unreachable(reading);
  }
}

function wrong(field: string, revision: number): Verdict {
  return { kind: 'rejected', code: 'EVENT_BODY_INVALID', field: field.slice(0, 400), revision };
}

export function judgeEvent(
  { memory, today }: Bench,
  sender: Sender,
  event: Event,
): { readonly verdict: Verdict; readonly scope: readonly string[] } {
  const key = subjectKey(event.subject);
  const current = memory.subjects.get(key);
  if (sender.revoked)
    return {
      verdict: { kind: 'held', code: 'DEVICE_REVOKED', revision: current?.state.revision ?? 0 },
      scope: [],
    };
  const applied = memory.applied.get(key) ?? [];
  // Somebody whom the city does not know on this device may do what a technician may: nothing.
  const role = sender.roles.get(event.actor.id) ?? 'technician';
  const { office, lineage } = sender;
  const verdict = judge({ event, sender: { role, office, lineage }, current, applied });
  if (!isApplied(verdict)) return { verdict, scope: [] };
  const file = fileOf(event);
  if (file !== null && !memory.files.has(file))
    return {
      verdict: { kind: 'held', code: 'FILE_MISSING', revision: current?.state.revision ?? 0 },
      scope: [],
    };
  const outside = dateOutsideTables(event);
  if (outside) return { verdict: wrong(outside, current?.state.revision ?? 0), scope: [] };
  const after = project(event, current);
  if (after) memory.subjects.set(key, after);
  memory.applied.set(key, [...applied, event]);
  memory.changed.add(key);
  return { verdict, scope: scopeOf(event, after, today) };
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
    case 'dossier.resolve':
      return (resolveBody.parse(body).added ?? []).flatMap((c) => [c.due, c.startedOn]);
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
