/** Reports: made from the tables and dossiers of this machine, compared with printed figures, frozen. */
import type { ReadDb } from '../../db/handle.ts';
import { dossierOn, localView } from '../../db/local-view.ts';
import { dossierWindow, untouchedInWindow } from '../../db/queries/dossier.ts';
import { countFigures, reportRecord, sheetStates, targetsOf } from '../../db/queries/report.ts';
import { clustersOf } from '../../db/queries/setting.ts';
import { sheetDates } from '../../db/queries/sheet.ts';
import { findReportDef, holdsNames } from '../../shared/catalogue/report-defs.ts';
import { findSheetForm } from '../../shared/catalogue/sheet-forms.ts';
import { targets as shippedTargets } from '../../shared/catalogue/targets.ts';
import { inForce, isAboveCommunes, unitByKey } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReportWanted } from '../../shared/contract/ipc/report.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import { clustersOn } from '../../shared/domain/cluster.ts';
import { MAX_REPORT, type ReportRecord, reportRecordId } from '../../shared/domain/report-record.ts';
import { COUNTS_FORM } from '../../shared/domain/sheet.ts';
import { isCountedAt } from '../../shared/domain/transfer.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { ReportDef } from '../../shared/report/definition.ts';
import { dossierFigures } from '../../shared/report/dossier-figures.ts';
import { needsOf, usesDossiers } from '../../shared/report/dossier-needs.ts';
import {
  type Cluster,
  type DossierFigure,
  knownWindow,
  type ReportInput,
  type Window,
} from '../../shared/report/figures.ts';
import { freeze } from '../../shared/report/frozen.ts';
import { makeReport } from '../../shared/report/make-report.ts';
import type { Report } from '../../shared/report/model.ts';
import { shiftWindow } from '../../shared/report/windows.ts';
import type { RegisterRow } from '../../shared/slip/slip-input.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';
import { cityAnswer, needsCity, reportOfCity } from './city-answer.ts';
import { effectiveCatalogue } from './law.ts';
import { getRegister } from './register-book.ts';

/** What making needs of its caller: a reader does, and so does a writer inside its transaction. */
type Place = Pick<ReadCtx, 'db' | 'desk' | 'identity'>;

export function makeWanted(ctx: Place, wanted: ReportWanted): Report {
  const def = requireDef(wanted);
  const answer = cityAnswer(ctx, def, wanted);
  if (!answer) return makeReport(def, inputOf(ctx, def, wanted));
  const { office } = requireIdentity(ctx.identity);
  return reportOfCity(answer, {
    def,
    compare: wanted.compare,
    printed: printedOf(ctx.db, { office, ...wanted }),
  });
}

export function requireDef({ report, from, to }: Pick<ReportWanted, 'report' | 'from' | 'to'>): ReportDef {
  const def = findReportDef(report) ?? fail('REPORT_UNKNOWN', { report });
  if ((def.window === 'from_to') !== (from !== null)) fail('REPORT_WINDOW');
  if (from !== null && to < from) fail('WINDOW_REVERSED');
  return def;
}

/** Names of people leave this machine on paper only, and are kept nowhere beside their dossiers. */
export function requireNameless(def: ReportDef): void {
  if (holdsNames(def)) fail('REPORT_WITH_NAMES', { report: def.title });
}

function inputOf(ctx: Place, def: ReportDef, wanted: ReportWanted): ReportInput {
  const { office } = requireIdentity(ctx.identity);
  const now = ctx.desk.clock.now();
  const law = effectiveCatalogue({ db: ctx.db, office, now });
  const window: Window = { from: wanted.from, to: wanted.to };
  const previous = wanted.compare ? windowBefore(ctx.db, def, window) : null;
  const reach = { from: previous?.from ?? previous?.to ?? wanted.from ?? wanted.to, to: wanted.to };
  const today = localTime(now).date;
  return {
    office,
    window,
    previous,
    treeOn: wanted.treeOn ?? wanted.to,
    counts: countFigures(ctx.db, reach),
    ...knownDossiers(ctx, def, { law, window: knownWindow({ window, today }), since: reach.from }),
    sheets: sheetStates(ctx.db, reach),
    targets: [...targetsOf(ctx.db), ...shippedTargets],
    printed: printedOf(ctx.db, { office, ...wanted }),
    clusters: clustersHere(ctx.db, office, wanted.treeOn ?? wanted.to),
    ...(holdsNames(def) && wanted.from !== null && { register: registerRows(ctx, wanted.from, wanted.to) }),
    catalogueVersion: law.version,
    at: new Date(now).toISOString(),
    today,
  };
}

/** By the tree of that day: a unit that is no more has left its cluster. */
function clustersHere(db: ReadDb, office: string, on: string): readonly Cluster[] {
  return clustersOn(clustersOf(db, office), on).map(({ cluster, name, units }) => ({
    key: cluster,
    name,
    units: units.flatMap((key) => {
      const unit = unitByKey(key);
      return unit && inForce(unit, on) ? [unit.code] : [];
    }),
  }));
}

/** The window of the same kind before; of a day, the last earlier as-of date that holds figures of the report's sheets. */
function windowBefore(db: ReadDb, def: ReportDef, { from, to }: Window): Window | null {
  if (from !== null) return shiftWindow({ from, to }, -1);
  const form = findSheetForm(def.id)?.code ?? COUNTS_FORM;
  const earlier = sheetDates(db, form).find((date) => date < to);
  return earlier === undefined ? null : { from: null, to: earlier };
}

interface Wanted {
  readonly law: ReturnType<typeof effectiveCatalogue>;
  readonly window: Window;
  readonly since: string;
}

/** An office above the wards need not have their dossiers: where it has none it knows nothing, which is not 0. */
function knownDossiers(
  ctx: Place,
  def: ReportDef,
  { law, window, since }: Wanted,
): Pick<ReportInput, 'dossiers' | 'ownDossiersOnly'> {
  if (!usesDossiers(def)) return { dossiers: [] };
  const dossiers = figuresOf(ctx, def, { law, window, since });
  if (!isAboveCommunes(requireIdentity(ctx.identity).office, window.to)) return { dossiers };
  return { ownDossiersOnly: true, ...(dossiers.length > 0 && { dossiers }) };
}

/** Dossiers from `since` on, as they stood at the end of the window: a report of last month stays that of last month. */
function figuresOf(
  ctx: Place,
  def: ReportDef,
  { law, window: { from, to }, since }: Wanted,
): readonly DossierFigure[] {
  const days = { from: since, to };
  const { office } = requireIdentity(ctx.identity);
  // The agency follows from the declaration, which stands in the event alone.
  const untouched = needsOf(def).agencies ? null : untouchedInWindow(ctx.db, days);
  return dossierWindow(ctx.db, days).flatMap((id) => {
    const plain = untouched?.get(id);
    if (plain) return dossierFigures(plain, { from, on: to, agencyOf: () => '' });
    const state = dossierOn(ctx.db, id, to);
    if (!state || !isCountedAt(office, state)) return [];
    const agencyOf = (code: string) => (untouched ? '' : agencyName(law, state, { code, on: to }));
    return dossierFigures(state, { from, on: to, agencyOf });
  });
}

function registerRows(ctx: Place, from: string, to: string): readonly RegisterRow[] {
  return getRegister(ctx, { from, to }).input.rows;
}

interface Kept {
  readonly office: string;
  readonly report: string;
  readonly from: string | null;
  readonly to: string;
}

function recordOf(db: ReadDb, { office, report, from, to }: Kept): ReportRecord | null {
  return reportRecord(db, reportRecordId(office, report, { from, to }));
}

function printedOf(db: ReadDb, kept: Kept): { row: string; column: string; text: string }[] {
  return Object.entries(recordOf(db, kept)?.printed ?? {}).map(([key, text]) => {
    const at = key.lastIndexOf('/');
    return { row: key.slice(0, at), column: key.slice(at + 1), text };
  });
}

export function getPrinted(
  { db, identity }: ReadCtx,
  input: Input<'report.printed'>,
): Output<'report.printed'> {
  requireDef(input);
  return printedOf(db, { office: requireIdentity(identity).office, ...input });
}

export function printFigures(ctx: WriteCtx, input: Input<'report.print'>): Output<'report.print'> {
  const def = requireDef(input);
  requireNameless(def);
  const source = cleanText(input.source);
  if (source === '') fail('FACT_SOURCE');
  const { report, from, to } = input;
  const id = reportRecordId(ctx.identity.office, report, { from, to });
  const { revision, base } = localView(ctx.tx, 'report', id);
  const figures = input.figures.map((f) => ({ ...f, text: cleanText(f.text) }));
  ctx.record({
    verb: 'report.print',
    subject: { kind: 'report', id },
    base,
    body: { report, from, to, figures, source },
  });
  return { revision: revision + 1 };
}

export function freezeReport(ctx: WriteCtx, wanted: Input<'report.freeze'>): Output<'report.freeze'> {
  const def = requireDef(wanted);
  requireNameless(def);
  const { report, from, to } = wanted;
  const place = { ...ctx, db: ctx.tx };
  if (needsCity(place, def, wanted) && !cityAnswer(place, def, wanted))
    fail('CITY_FIGURES_NONE', { report: def.title });
  // Kept with its comparison in any case, so that it can be made again in the same way.
  const report_json = freeze(makeWanted(place, { ...wanted, compare: true }));
  if (report_json.length > MAX_REPORT) fail('REPORT_TOO_LARGE');
  const id = reportRecordId(ctx.identity.office, report, { from, to });
  const { base } = localView(ctx.tx, 'report', id);
  const frozen = ctx.desk.ids.uuid();
  ctx.record({
    verb: 'report.freeze',
    subject: { kind: 'report', id },
    base,
    body: { id: frozen, report, from, to, report_json },
  });
  return { id: frozen };
}
