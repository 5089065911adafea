/** Ngoại ngành counts: the grid and typing into it. */
import { localView } from '../../db/local-view.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { sheetDates, sheetsBefore, sheetsOn } from '../../db/queries/sheet.ts';
import type { Writer } from '../../db/write.ts';
import { countUnitsOn, isWithin, unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import {
  type CountBody,
  type CountCell,
  changedCells,
  isKnownCell,
  sheetId,
} from '../../shared/domain/sheet.ts';
import { localTime, showDate } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';

export function getGrid({ db, identity }: ReadCtx, { asOf }: Input<'count.grid'>): Output<'count.grid'> {
  const units = countUnitsOn(requireIdentity(identity).office, asOf);
  const [now, before] = [sheetsOn(db, asOf), sheetsBefore(db, asOf)];
  const deliveries = deliveriesOf(
    db,
    'sheet',
    units.map((u) => sheetId(u.key, asOf)),
  );
  const rows = units.map(({ key, code, name }) => {
    const previous = before.get(key);
    return {
      unit: { key, code, name },
      cells: { ...now.get(key)?.cells },
      previous: previous ? { asOf: previous.asOf, cells: { ...previous.cells } } : null,
      delivery: deliveries.get(sheetId(key, asOf)) ?? null,
    };
  });
  return { asOf, rows };
}

export function listDates({ db }: ReadCtx): string[] {
  return sheetDates(db);
}

export function recordCounts(
  ctx: WriteCtx,
  { asOf, source, units }: Input<'count.record'>,
): Output<'count.record'> {
  let changed = 0;
  for (const { unit, cells } of units) changed += recordSheet(ctx, { unit, asOf, cells, source });
  return { changed };
}

export interface RecordContext extends Writer {
  readonly desk: WriteCtx['desk'];
  readonly identity: WriteCtx['identity'];
}

/** One sheet, one event; nothing where no figure differs. Returns the number of figures that changed. */
export function recordSheet(
  { tx, record, desk, identity }: RecordContext,
  { unit: key, asOf, cells, source }: Omit<CountBody, 'cells'> & { cells: readonly CountCell[] },
): number {
  if (asOf > localTime(desk.clock.now()).date) fail('ASOF_IN_FUTURE');
  const unit = unitByKey(key) ?? fail('UNIT_UNKNOWN', { code: key });
  if (unitOn(unit.code, asOf)?.key !== key) fail('UNIT_CLOSED', { code: unit.code, date: showDate(asOf) });
  if (!isWithin(unit.code, identity.office, asOf)) fail('UNIT_OUT_OF_SCOPE', { code: unit.code });
  const strange = cells.find((c) => !isKnownCell(c));
  if (strange) fail('CATEGORY_UNKNOWN', { code: strange.category });
  const id = sheetId(key, asOf);
  const { subject, base } = localView(tx, 'sheet', id);
  const changes = changedCells(subject?.kind === 'sheet' ? subject.state : undefined, cells);
  if (changes.length > 0)
    record({
      verb: 'count.record',
      subject: { kind: 'sheet', id },
      base,
      body: { unit: key, asOf, cells: changes, source },
    });
  return changes.length;
}
