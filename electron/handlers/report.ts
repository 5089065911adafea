/** Today's desk and the annex of counts. */
import { countOpenReturns, dayCounts } from '../../db/queries/delivery.ts';
import { dossierRecords, dueRecords } from '../../db/queries/dossier.ts';
import { draftsOf } from '../../db/queries/draft.ts';
import { sheetDates, sheetsOn } from '../../db/queries/sheet.ts';
import { missingPapersOf, type Wait, waitingComponents, waitingCount } from '../../db/queries/waiting.ts';
import { categories, TOTAL } from '../../shared/catalogue/categories.ts';
import { countUnitsOn, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { Annex, WaitingRow } from '../../shared/contract/ipc/report.ts';
import { supplementUntil } from '../../shared/domain/deadline.ts';
import { cellKey } from '../../shared/domain/sheet.ts';
import { addWorkingDays, calendarOf, specialDaysBetween } from '../../shared/domain/working-days.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import { type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { annexFile } from '../files/annex-files.ts';
import { SOON_WORKING_DAYS, toRows } from './dossier.ts';
import { effectiveCatalogue } from './law.ts';

const SHOWN = 50;
const FORTNIGHT = 14;

export function getToday(ctx: ReadCtx): Output<'today.get'> {
  const { db, desk, identity } = ctx;
  const { office, stream, account } = requireIdentity(identity);
  const now = desk.clock.now();
  const today = localTime(now).date;
  const calendar = calendarOf(effectiveCatalogue({ db, office, now }));
  const due = toRows(db, dueRecords(db, addWorkingDays(today, SOON_WORKING_DAYS, calendar), SHOWN));
  const late = (row: { nextDue: string | null }) => row.nextDue !== null && row.nextDue < today;
  const asOf = sheetDates(db)[0] ?? null;
  const units = countUnitsOn(office, asOf ?? today);
  const sheets = asOf ? sheetsOn(db, asOf) : new Map<string, { cells: object }>();
  return {
    overdue: due.filter(late),
    dueSoon: due.filter((row) => !late(row)),
    supplement: waiting(ctx, 'supplement'),
    elsewhere: waiting(ctx, 'elsewhere'),
    toGive: waiting(ctx, 'to_give'),
    returned: countOpenReturns(db, stream),
    drafts: draftsOf(db, account.id).length,
    counts: {
      asOf,
      reported: units.reduce((n, u) => n + Object.keys(sheets.get(u.key)?.cells ?? {}).length, 0),
      expected: units.length * categories.length,
    },
    closing: dayCounts(db, stream, today),
    specialDays: specialDaysBetween(addDays(today, -1), addDays(today, FORTNIGHT), calendar).map(
      ({ date, name, kind }) => ({ date, name, working: kind === 'swapped_workday' }),
    ),
  };
}

/** Components that wait, gathered by dossier; what they are called and until when comes from the law. */
function waiting({ db, desk, identity }: ReadCtx, wait: Wait): { total: number; rows: WaitingRow[] } {
  const law = effectiveCatalogue({ db, office: requireIdentity(identity).office, now: desk.clock.now() });
  const components = waitingComponents(db, wait, SHOWN);
  const ns = [...new Set(components.map((c) => c.n))];
  const records = dossierRecords(db, ns);
  const missing = missingPapersOf(db, ns);
  const rows = toRows(db, records).map((row, i): WaitingRow => {
    const own = components.filter((c) => c.n === row.n);
    const chain = law.regimes.find((r) => r.id === records[i]?.regime)?.chains[row.chain];
    const [first] = own;
    const rules = chain && { catalogue: law, chain, receivedOn: row.receivedOn, calendar: calendarOf(law) };
    return {
      row,
      components: own.map((c) => chain?.components.find((k) => k.code === c.component)?.short ?? c.component),
      since: first?.since ?? row.receivedOn,
      at: first?.at ?? '',
      until: first && first.askedOn !== '' && rules ? supplementUntil(first.askedOn, rules) : null,
      papers: (missing.get(row.n) ?? []).map(
        (code) => law.requirements.find((r) => r.code === code)?.name ?? code,
      ),
    };
  });
  return { total: waitingCount(db, wait), rows };
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
