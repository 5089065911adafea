/** Ngoại ngành counts and annex sheets: the grid and typing into it. */
import { localView } from '../../db/local-view.ts';
import { deliveriesOf } from '../../db/queries/delivery.ts';
import { targetsOf } from '../../db/queries/report.ts';
import {
  countHistory,
  type PastFigure,
  type SheetCells,
  sheetDates,
  sheetsBefore,
  sheetsOn,
} from '../../db/queries/sheet.ts';
import type { Writer } from '../../db/write.ts';
import { isValidOn } from '../../shared/catalogue/law.ts';
import { formUnitsOn } from '../../shared/catalogue/sheet-forms.ts';
import { targets as shippedTargets } from '../../shared/catalogue/targets.ts';
import { isWithin, unitByKey, unitOn } from '../../shared/catalogue/units.ts';
import type { Grid } from '../../shared/contract/ipc/count.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import {
  aboutOf,
  allowedSheetVerbs,
  COUNTS_FORM,
  type CountBody,
  type CountCell,
  cellKey,
  changedCells,
  isKnownCell,
  isOpen,
  type Sheet,
  type SheetAbout,
  sheetId,
  standingOf,
} from '../../shared/domain/sheet.ts';
import { localTime, showDate } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type Desk, type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';
import { isHere, takenIn } from './scan-kept.ts';

const HISTORY = 8;

export function getGrid({ desk, db, identity }: ReadCtx, place: Input<'count.grid'>): Grid {
  const { office, account } = requireIdentity(identity);
  const { asOf, form, from } = place;
  const formCode = form ?? COUNTS_FORM;
  const units = formUnitsOn(office, asOf, form);
  const keys = units.map((u) => u.key);
  const [now, before] = [sheetsOn(db, asOf, formCode, from), sheetsBefore(db, asOf, formCode)];
  const history = countHistory(db, keys, HISTORY, { before: asOf, form: formCode });
  const ids = units.map((u) => sheetId(aboutOf(place, u.key)));
  const deliveries = deliveriesOf(db, 'sheet', ids);
  const rows = units.map(({ key, code, name }) => {
    const previous = before.get(key);
    const sheet = now.get(key);
    return {
      unit: { key, code, name },
      ...sheetPart(desk, sheet),
      previous: previous ? { asOf: previous.asOf, cells: { ...previous.cells } } : null,
      history: pastOf(history.get(key)),
      may: sheet ? [...allowedSheetVerbs(sheet, { role: account.role, ...standingOf(office, key) })] : [],
      delivery: deliveries.get(sheetId(aboutOf(place, key))) ?? null,
    };
  });
  return {
    asOf,
    form,
    from,
    rows,
    targets: targetsOn(db, { asOf, office, codes: units.map((u) => u.code) }),
  };
}

function pastOf(
  cells: ReadonlyMap<string, readonly PastFigure[]> | undefined,
): Grid['rows'][number]['history'] {
  return Object.fromEntries([...(cells ?? [])].map(([key, figures]) => [key, [...figures]]));
}

function sheetPart(desk: Desk, sheet: SheetCells | undefined) {
  if (!sheet) return { cells: {}, notes: {}, status: 'draft', statusReason: '', sentOn: null } as const;
  const { cells, notes, status, statusReason, sentOn } = sheet;
  return { cells: { ...cells }, notes: notesHere(desk, notes), status, statusReason, sentOn };
}

function notesHere(desk: Desk, notes: Sheet['notes']): Grid['rows'][number]['notes'] {
  return Object.fromEntries(
    Object.entries(notes).map(([key, { file, ...note }]) => [
      key,
      { ...note, ...(file && { file: { ...file, here: isHere(desk, file.sha256) } }) },
    ]),
  );
}

function targetsOn(
  db: ReadCtx['db'],
  { asOf, office, codes }: { asOf: string; office: string; codes: readonly string[] },
): Grid['targets'] {
  const here = new Set([office, ...codes]);
  // A target that an office set itself stands before the shipped one of the same figure.
  const all = [...targetsOf(db), ...shippedTargets].filter((t) => here.has(t.unit) && isValidOn(t, asOf));
  const first = new Map(all.toReversed().map((t) => [`${t.unit}/${t.category}/${t.measure}`, t]));
  return [...first.values()].map(({ unit, category, measure, value, from, to, source }) => ({
    ...{ unit, category, measure, value, from, to, source },
  }));
}

export function listDates({ db }: ReadCtx, { form }: Input<'count.dates'>): string[] {
  return sheetDates(db, form ?? COUNTS_FORM);
}

export function recordCounts(ctx: WriteCtx, input: Input<'count.record'>): Output<'count.record'> {
  let changed = 0;
  for (const { unit, cells } of input.units)
    changed += recordSheet(ctx, { ...aboutOf(input, unit), cells, source: input.source });
  return { changed };
}

export interface RecordContext extends Writer {
  readonly desk: WriteCtx['desk'];
  readonly identity: WriteCtx['identity'];
}

type Recording = SheetAbout & Pick<CountBody, 'source' | 'group'> & { readonly cells: readonly CountCell[] };

/** One sheet, one event; nothing where no figure differs. Returns the number of figures that changed. */
export function recordSheet(
  { tx, record, desk, identity }: RecordContext,
  { cells, source, group, ...about }: Recording,
): number {
  requireSheet(about, { office: identity.office, today: localTime(desk.clock.now()).date });
  const strange = cells.find((c) => !isKnownCell(about.form, c));
  if (strange) fail('CATEGORY_UNKNOWN', { code: strange.category });
  const id = sheetId(about);
  const { subject, base } = localView(tx, 'sheet', id);
  const sheet = subject?.kind === 'sheet' ? subject.state : undefined;
  const changes = changedCells(sheet, cells.map(cleanCell));
  if (changes.length === 0) return 0;
  if (!isOpen(sheet)) fail('SHEET_LOCKED');
  const brought = changes.map((cell) => withFile({ tx, desk, sheet, source }, cell));
  const body = bodyOf({ ...about, cells: brought.map(bodyOf), source, ...(group && { group }) });
  record({ verb: 'count.record', subject: { kind: 'sheet', id }, base, body });
  return changes.length;
}

/** The file of a cell as it stands: the one it has, one that is given back, or one that was taken in here. Fails with SCAN_NOT_KEPT. */
function withFile(
  {
    tx,
    desk,
    sheet,
    source,
  }: Pick<RecordContext, 'tx' | 'desk'> & Pick<Recording, 'source'> & { readonly sheet: Sheet | undefined },
  { file, ...cell }: CountCell,
): CountCell {
  if (!file) return cell;
  const held = sheet?.notes[cellKey(cell.category, cell.measure)]?.file;
  if (held?.sha256 === file.sha256) return { ...cell, file: held };
  if (source === 'undo') return { ...cell, file };
  return { ...cell, file: takenIn({ tx, desk }, file) };
}

function requireSheet(
  { unit: key, asOf }: SheetAbout,
  { office, today }: { office: string; today: string },
): void {
  if (asOf > today) fail('ASOF_IN_FUTURE');
  const unit = unitByKey(key) ?? fail('UNIT_UNKNOWN', { code: key });
  if (unitOn(unit.code, asOf)?.key !== key) fail('UNIT_CLOSED', { code: unit.code, date: showDate(asOf) });
  if (!isWithin(unit.code, office, asOf)) fail('UNIT_OUT_OF_SCOPE', { code: unit.code });
}

export function cleanCell(cell: CountCell): CountCell {
  const { reason, evidence, ...figure } = cell;
  return {
    ...figure,
    ...(reason !== undefined && { reason: cleanText(reason) }),
    ...(evidence !== undefined && { evidence: cleanText(evidence) }),
  };
}
