/** The imports of this machine, and taking one back as a whole. */
import type { ReadDb } from '../../db/handle.ts';
import { standingEvents } from '../../db/local-view.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import { eventsOfGroup, importGroups } from '../../db/queries/import-group.ts';
import { unitByKey } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { Event } from '../../shared/domain/event.ts';
import { fold, type Subject } from '../../shared/domain/project.ts';
import { type CountCell, cellKey, countBody, isOpen } from '../../shared/domain/sheet.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { recordSheet } from './count.ts';

export function listImports({ db, identity }: ReadCtx): Output<'count.imports'> {
  requireIdentity(identity);
  return importGroups(db);
}

/**
 * A cell that still holds what the import wrote gets its former figure. What was changed since stays, and so does a sheet that
 * was locked since: both are named.
 */
export function undoImport(ctx: TaskCtx, { group }: Input<'count.undo-import'>): Output<'count.undo-import'> {
  const identity = requireIdentity(ctx.identity);
  const events = eventsOfGroup(ctx.db, group);
  if (events.length === 0) fail('IMPORT_UNKNOWN');
  const left: Output<'count.undo-import'>['left'] = [];
  const changed = ctx.write((writer) => {
    let n = 0;
    for (const event of events) {
      const { cells, source: _, group: __, ...about } = countBody.parse(event.body);
      const unit = unitByKey(about.unit)?.name ?? about.unit;
      const { back, locked } = formerFigures(writer.tx, event, cells);
      const stay = cells.length - back.length;
      if (stay > 0) left.push({ unit, cells: stay, why: 'changed' });
      if (locked && back.length > 0) left.push({ unit, cells: back.length, why: 'locked' });
      else
        n += recordSheet(
          { ...writer, desk: ctx.desk, identity },
          { ...about, cells: back, source: 'undo', group },
        );
    }
    return n;
  });
  return { changed, kept: left.reduce((sum, { cells }) => sum + cells, 0), left };
}

/** What the cells of one event held before it, for those that nobody has changed since. */
function formerFigures(
  db: ReadDb,
  event: Event,
  cells: readonly CountCell[],
): { readonly back: readonly CountCell[]; readonly locked: boolean } {
  // In the order in which they count here, without those that the city gave back.
  const events = standingEvents(eventsOfSubject(db, 'sheet', event.subject.id));
  const at = events.findIndex((e) => e.id === event.id);
  const [before, now] = [fold(events.slice(0, at)), fold(events)];
  const figure = (subject: Subject | undefined, key: string) => {
    if (subject?.kind !== 'sheet') return { value: null };
    const { outside, reason, evidence, file } = subject.state.notes[key] ?? {};
    return {
      value: subject.state.cells[key] ?? null,
      ...(outside && { outside }),
      ...(reason && { reason }),
      ...(evidence && { evidence }),
      ...(file && { file }),
    };
  };
  const back = cells.flatMap(({ category, measure, value, outside = false }) => {
    const key = cellKey(category, measure);
    const held = figure(now, key);
    if (held.value !== value || (held.outside ?? false) !== outside) return [];
    return [{ category, measure, ...figure(before, key) }];
  });
  return { back, locked: now?.kind === 'sheet' && !isOpen(now.state) };
}
