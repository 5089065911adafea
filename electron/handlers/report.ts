/** Today's desk and the annex of counts. */

import { countOpenReturns, dayCounts } from '../../db/queries/delivery.ts';
import { dossierRecords, dueRecords } from '../../db/queries/dossier.ts';
import { draftsOf } from '../../db/queries/draft.ts';
import { awayHolders } from '../../db/queries/holder.ts';
import { type SheetCells, sheetDates, sheetsOn } from '../../db/queries/sheet.ts';
import { missingPapersOf, type Wait, waitingComponents, waitingCount } from '../../db/queries/waiting.ts';
import { countColumns } from '../../shared/catalogue/categories.ts';
import { countUnitsOn } from '../../shared/catalogue/units.ts';
import type { Output } from '../../shared/contract/ipc/registry.ts';
import type { WaitingRow } from '../../shared/contract/ipc/report.ts';
import { supplementUntil } from '../../shared/domain/deadline.ts';
import { cellKey } from '../../shared/domain/sheet.ts';
import { addWorkingDays, calendarOf, specialDaysBetween } from '../../shared/domain/working-days.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';
import { SOON_WORKING_DAYS, toRows } from './dossier.ts';
import { effectiveCatalogue } from './law.ts';

const SHOWN = 50;
const FORTNIGHT = 14;

export function getToday(ctx: ReadCtx): Output<'today.get'> {
  const { db, desk, identity } = ctx;
  const { office, account } = requireIdentity(identity);
  const now = desk.clock.now();
  const today = localTime(now).date;
  const calendar = calendarOf(effectiveCatalogue({ db, office, now }));
  const soon = addWorkingDays(today, SOON_WORKING_DAYS, calendar);
  const due = toRows(db, office, dueRecords(db, soon, { away: awayHolders(db, office), limit: SHOWN }));
  const late = (row: { nextDue: string | null }) => row.nextDue !== null && row.nextDue < today;
  const asOf = sheetDates(db)[0] ?? null;
  const units = countUnitsOn(office, asOf ?? today);
  const sheets = asOf ? sheetsOn(db, asOf) : new Map<string, SheetCells>();
  const lacks = units.map((u) => countColumns.length - reportedFigures(sheets.get(u.key)));
  return {
    overdue: due.filter(late),
    dueSoon: due.filter((row) => !late(row)),
    supplement: waiting(ctx, 'supplement'),
    elsewhere: waiting(ctx, 'elsewhere'),
    toGive: waiting(ctx, 'to_give'),
    returned: countOpenReturns(db),
    drafts: draftsOf(db, account.id).length,
    counts: {
      asOf,
      reported: units.reduce((n, u) => n + reportedFigures(sheets.get(u.key)), 0),
      expected: units.length * countColumns.length,
      waiting: units.length === 1 ? lacks.reduce((n, l) => n + l, 0) : lacks.filter((l) => l > 0).length,
    },
    closing: dayCounts(db, today),
    specialDays: specialDaysBetween(addDays(today, -1), addDays(today, FORTNIGHT), calendar).map(
      ({ date, name, kind }) => ({ date, name, working: kind === 'swapped_workday' }),
    ),
  };
}

/** Components that wait, gathered by dossier; what they are called and until when comes from the law. */
function waiting({ db, desk, identity }: ReadCtx, wait: Wait): { total: number; rows: WaitingRow[] } {
  const { office } = requireIdentity(identity);
  const away = awayHolders(db, office);
  const law = effectiveCatalogue({ db, office, now: desk.clock.now() });
  const components = waitingComponents(db, wait, { away, limit: SHOWN });
  const ns = [...new Set(components.map((c) => c.n))];
  const records = dossierRecords(db, ns);
  const missing = missingPapersOf(db, ns);
  const rows = toRows(db, office, records).map((row, i): WaitingRow => {
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
  return { total: waitingCount(db, wait, away), rows };
}

/** Categories of which the sheet tells the total, 0 and "không thuộc địa bàn" among them. */
function reportedFigures(sheet: SheetCells | undefined): number {
  return countColumns.filter(
    ({ category, measure }) => sheet?.notes[cellKey(category.code, measure.code)] !== undefined,
  ).length;
}
