/** `project`: what events add up to. One pure function per subject kind, used by desk, hub and tests alike. */
import { unreachable } from '../lib/must.ts';
import { type Dossier, projectDossier } from './dossier.ts';
import type { Event } from './event.ts';
import { projectSheet, type Sheet } from './sheet.ts';

export type Subject =
  | { readonly kind: 'dossier'; readonly state: Dossier }
  | { readonly kind: 'sheet'; readonly state: Sheet };

export function project(event: Event, before: Subject | undefined): Subject | undefined {
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
