/** Today's desk and the annex of counts. */
import { countOpenReturns, dayCounts } from '../../db/queries/delivery.ts';
import { dueRecords } from '../../db/queries/dossier.ts';
import { draftsOf } from '../../db/queries/draft.ts';
import { sheetDates, sheetsOn } from '../../db/queries/sheet.ts';
import { categories, TOTAL } from '../../shared/catalogue/categories.ts';
import { specialDays } from '../../shared/catalogue/holidays.ts';
import { countUnitsOn, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { Annex } from '../../shared/contract/ipc/report.ts';
import { cellKey } from '../../shared/domain/sheet.ts';
import { addWorkingDays, specialDaysBetween } from '../../shared/domain/working-days.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { annexFile } from '../files/annex-files.ts';
import { SOON_WORKING_DAYS, toRows } from './dossier.ts';

const SHOWN = 50;
const FORTNIGHT = 14;

export function getToday({ db, desk, identity }: ReadCtx): Output<'today.get'> {
  const { office, stream, account } = requireIdentity(identity);
  const today = localTime(desk.clock.now()).date;
  const due = toRows(db, dueRecords(db, addWorkingDays(today, SOON_WORKING_DAYS, specialDays), SHOWN));
  const late = (row: { nextDue: string | null }) => row.nextDue !== null && row.nextDue < today;
  const asOf = sheetDates(db)[0] ?? null;
  const units = countUnitsOn(office, asOf ?? today);
  const sheets = asOf ? sheetsOn(db, asOf) : new Map<string, { cells: object }>();
  return {
    overdue: due.filter(late),
    dueSoon: due.filter((row) => !late(row)),
    returned: countOpenReturns(db, stream),
    drafts: draftsOf(db, account.id).length,
    counts: {
      asOf,
      reported: units.reduce((n, u) => n + Object.keys(sheets.get(u.key)?.cells ?? {}).length, 0),
      expected: units.length * categories.length,
    },
    closing: dayCounts(db, stream, today),
    specialDays: specialDaysBetween(addDays(today, -1), addDays(today, FORTNIGHT), specialDays).map(
      ({ date, name, kind }) => ({ date, name, working: kind === 'swapped_workday' }),
    ),
  };
}

export function getAnnex({ db, identity }: ReadCtx, { asOf }: Input<'annex.get'>): Annex {
  const { office } = requireIdentity(identity);
  const units = countUnitsOn(office, asOf);
  const sheets = sheetsOn(db, asOf);
  const rows = units.map((unit) => {
    const cells = categories.map((c) => sheets.get(unit.key)?.cells[cellKey(c.code, TOTAL.code)] ?? null);
    return { name: unit.name, code: unit.code, cells, total: sum(cells) };
  });
  const sums = categories.map((_, i) => sum(rows.map((r) => r.cells[i] ?? null)));
  return {
    asOf,
    officeName: unitOn(office, asOf)?.name ?? '',
    columns: categories.map(({ code, name, short }) => ({ code, name, short })),
    rows,
    sums,
    grand: sum(sums),
    missing: rows.reduce((n, r) => n + r.cells.filter((c) => c === null).length, 0),
  };
}

/** A sum of nothing is not 0: it stays "chưa báo cáo". */
function sum(cells: readonly (number | null)[]): number | null {
  const reported = cells.filter((cell) => cell !== null);
  return reported.length === 0 ? null : reported.reduce((total, cell) => total + cell, 0);
}

export async function makeAnnexFile(
  ctx: TaskCtx,
  { asOf, format }: Input<'annex.file'>,
): Promise<Output<'annex.file'>> {
  const bytes = await annexFile(getAnnex(ctx, { asOf }), format);
  return { name: `ngoai-nganh-${asOf}.${format}`, bytes: bytes as Uint8Array<ArrayBuffer> };
}
