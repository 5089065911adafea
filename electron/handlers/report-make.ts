/** Reports: made from the tables and dossiers of this machine, compared with printed figures, frozen, exported. */
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { dossierWindow } from '../../db/queries/dossier.ts';
import {
  countFigures,
  reportRecord,
  reportRecords,
  sheetStates,
  targetsOf,
} from '../../db/queries/report.ts';
import { sheetDates } from '../../db/queries/sheet.ts';
import { findReportDef, holdsNames } from '../../shared/catalogue/report-defs.ts';
import { findSheetForm } from '../../shared/catalogue/sheet-forms.ts';
import { targets as shippedTargets } from '../../shared/catalogue/targets.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { ReportWanted } from '../../shared/contract/ipc/report.ts';
import { agencyName } from '../../shared/domain/agency.ts';
import { MAX_REPORT, type ReportRecord, reportRecordId } from '../../shared/domain/report-record.ts';
import { COUNTS_FORM } from '../../shared/domain/sheet.ts';
import { isCountedAt } from '../../shared/domain/transfer.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { ReportDef } from '../../shared/report/definition.ts';
import { dossierFigures } from '../../shared/report/dossier-figures.ts';
import type { DossierFigure, ReportInput, Window } from '../../shared/report/figures.ts';
import { diffReports, freeze } from '../../shared/report/frozen.ts';
import { makeReport } from '../../shared/report/make-report.ts';
import type { Report } from '../../shared/report/model.ts';
import { reportSchema } from '../../shared/report/report-schema.ts';
import { shiftWindow } from '../../shared/report/windows.ts';
import type { RegisterRow } from '../../shared/slip/slip-input.ts';
import { type ReadCtx, requireIdentity, type TaskCtx, type WriteCtx } from '../context.ts';
import { reportClipping } from '../files/report-clipboard.ts';
import { reportFile } from '../files/report-files.ts';
import { effectiveCatalogue } from './law.ts';
import { getRegister } from './register-book.ts';

/** What making needs of its caller: a reader does, and so does a writer inside its transaction. */
type Place = Pick<ReadCtx, 'db' | 'desk' | 'identity'>;

export function makeWanted(ctx: Place, wanted: ReportWanted): Report {
  const def = requireDef(wanted);
  return makeReport(def, inputOf(ctx, def, wanted));
}

function requireDef({ report, from, to }: Pick<ReportWanted, 'report' | 'from' | 'to'>): ReportDef {
  const def = findReportDef(report) ?? fail('REPORT_UNKNOWN', { report });
  if ((def.window === 'from_to') !== (from !== null)) fail('REPORT_WINDOW');
  if (from !== null && to < from) fail('WINDOW_REVERSED');
  return def;
}

/** Names of people leave this machine on paper only, and are kept nowhere beside their dossiers. */
function requireNameless(def: ReportDef): void {
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
    dossiers: usesDossiers(def) ? figuresOf(ctx, law, reach) : [],
    sheets: sheetStates(ctx.db, reach),
    targets: [...targetsOf(ctx.db), ...shippedTargets],
    printed: printedOf(ctx.db, { office, ...wanted }),
    clusters: [],
    ...(holdsNames(def) && wanted.from !== null && { register: registerRows(ctx, wanted.from, wanted.to) }),
    catalogueVersion: law.version,
    at: new Date(now).toISOString(),
    today,
  };
}

/** The window of the same kind before; of a day, the last earlier as-of date that holds figures of the report's sheets. */
function windowBefore(db: ReadDb, def: ReportDef, { from, to }: Window): Window | null {
  if (from !== null) return shiftWindow({ from, to }, -1);
  const form = findSheetForm(def.id)?.code ?? COUNTS_FORM;
  const earlier = sheetDates(db, form).find((date) => date < to);
  return earlier === undefined ? null : { from: null, to: earlier };
}

/** Whether a report counts dossiers: those that do not are spared the folding. */
function usesDossiers(def: ReportDef): boolean {
  return def.columns.some(({ value }) => value.from === 'dossiers' || value.from === 'part');
}

function figuresOf(
  ctx: Place,
  law: ReturnType<typeof effectiveCatalogue>,
  reach: { readonly from: string; readonly to: string },
): readonly DossierFigure[] {
  const { office } = requireIdentity(ctx.identity);
  return dossierWindow(ctx.db, reach).flatMap((id) => {
    const { subject } = localView(ctx.db, 'dossier', id);
    if (subject?.kind !== 'dossier') return [];
    const { state } = subject;
    if (!isCountedAt(office, state)) return [];
    const agencyOf = (code: string) => agencyName(law, state, { code, on: reach.to });
    return dossierFigures(state, { on: reach.to, agencyOf });
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
  // Kept with its comparison in any case, so that it can be made again in the same way.
  const report_json = freeze(makeWanted({ ...ctx, db: ctx.tx }, { ...wanted, compare: true }));
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

export function listFrozen(
  { db, identity }: ReadCtx,
  { report }: Input<'report.frozen'>,
): Output<'report.frozen'> {
  const { office } = requireIdentity(identity);
  const records = reportRecords(db, office).filter((r) => report === null || r.report === report);
  return records
    .flatMap((record) =>
      record.frozen.map(({ id, at, by, json }) => {
        const { title, made } = reportSchema.parse(JSON.parse(json));
        const { report: name, from, to } = record;
        return { id, report: name, title, from, to, treeOn: made.treeOn, at, by };
      }),
    )
    .sort((a, b) => (a.at < b.at ? 1 : -1));
}

export function compareFrozen(ctx: ReadCtx, { id }: Input<'report.compare'>): Output<'report.compare'> {
  const { office } = requireIdentity(ctx.identity);
  for (const record of reportRecords(ctx.db, office)) {
    const kept = record.frozen.find((f) => f.id === id);
    if (!kept) continue;
    const frozen = reportSchema.parse(JSON.parse(kept.json));
    const { report, from, to } = record;
    const now = makeWanted(ctx, { report, from, to, treeOn: frozen.made.treeOn, compare: true });
    return { frozen, changes: diffReports(frozen, now) };
  }
  return fail('REPORT_UNKNOWN', { report: id });
}

export async function makeFile(
  ctx: TaskCtx,
  { format, ...wanted }: Input<'report.file'>,
): Promise<Output<'report.file'>> {
  requireNameless(requireDef(wanted));
  const { bytes } = await reportFile(makeWanted(ctx, wanted), format);
  const window = wanted.from === null ? wanted.to : `${wanted.from}-${wanted.to}`;
  return { name: `${wanted.report}-${window}.${format}`, bytes: bytes as Uint8Array<ArrayBuffer> };
}

export function clip(ctx: TaskCtx, wanted: Input<'report.clipping'>): Output<'report.clipping'> {
  requireNameless(requireDef(wanted));
  return { ...reportClipping(makeWanted(ctx, wanted)) };
}
