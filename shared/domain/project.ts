/** `project`: what events add up to. One pure function per subject kind, used by desk, hub and tests alike. */
import { ZodError } from 'zod';
import { unreachable } from '../lib/must.ts';
import { concludeBody, correctBody, type Dossier, projectDossier, receiveBody } from './dossier.ts';
import type { Event } from './event.ts';
import { countBody, projectSheet, type Sheet } from './sheet.ts';
import type { EventVerb } from './verbs.ts';

export type Subject =
  | { readonly kind: 'dossier'; readonly state: Dossier }
  | { readonly kind: 'sheet'; readonly state: Sheet };

const bodies = {
  'dossier.receive': receiveBody,
  'dossier.correct': correctBody,
  'dossier.conclude': concludeBody,
  'count.record': countBody,
} as const;

/** Throws where the body is not one of this verb: what is written here must be readable everywhere. */
export function requireBody(verb: EventVerb, body: Event['body']): void {
  bodies[verb].parse(body);
}

/** The subject after one more event. A body that this program cannot read (a newer one made it) raises the revision and stops nobody. */
export function project(event: Event, before: Subject | undefined): Subject | undefined {
  try {
    return projectRead(event, before);
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    return before && raised(before);
  }
}

function raised(subject: Subject): Subject {
  const revision = subject.state.revision + 1;
  return subject.kind === 'dossier'
    ? { kind: 'dossier', state: { ...subject.state, revision } }
    : { kind: 'sheet', state: { ...subject.state, revision } };
}

function projectRead(event: Event, before: Subject | undefined): Subject | undefined {
  switch (event.subject.kind) {
    case 'dossier': {
      const state = projectDossier(event, before?.kind === 'dossier' ? before.state : undefined);
      return state && { kind: 'dossier', state };
    }
    case 'sheet': {
      const state = projectSheet(event, before?.kind === 'sheet' ? before.state : undefined);
      return state && { kind: 'sheet', state };
    }
    default:
      return unreachable(event.subject.kind);
  }
}

export function fold(events: readonly Event[]): Subject | undefined {
  return events.reduce<Subject | undefined>((before, event) => project(event, before), undefined);
}

/** Names of the fields (or cells) that an event sets: two events that share none can both stand. */
export function touchedFields(event: Event): readonly string[] {
  const { changes, cells, component } = event.body;
  if (event.verb === 'dossier.conclude') return [`component/${String(component)}`];
  if (event.verb === 'dossier.correct' && changes && typeof changes === 'object') return Object.keys(changes);
  if (event.verb === 'count.record' && Array.isArray(cells))
    return cells.map((c) =>
      c && typeof c === 'object' && !Array.isArray(c) ? `${c.category}/${c.measure}` : '',
    );
  return ['*'];
}
