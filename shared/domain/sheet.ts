/**
 * A sheet: the counts of one unit at one as-of date, with its state. Counts are cumulative snapshots unless their measure
 * is a flow; snapshots are never summed over dates. A key that is absent means "chưa báo cáo", 0 means counted and none,
 * `outside` means there is nothing of the kind in this unit (không thuộc địa bàn).
 */
import { z } from 'zod';
import { isEntered } from '../catalogue/sheet-forms.ts';
import { unitByKey } from '../catalogue/units.ts';
import { MAX_COUNT } from '../lib/whole-number.ts';
import { type FileRef, fileRef } from './attached-file.ts';
import type { Event } from './event.ts';
import { keptKinds } from './resolve.ts';
import { mayDo, type Role } from './verbs.ts';

const shortText = z.string().max(300);

/** One cell of `count.record`; `value` null without `outside` takes the figure back to "chưa báo cáo". */
export const countCell = z.strictObject({
  category: z.string().max(60),
  measure: z.string().max(60),
  value: z.int().min(0).max(MAX_COUNT).nullable(),
  outside: z.boolean().optional(),
  /** Why a cumulative figure fell, or lies far from what the unit reported before. */
  reason: shortText.optional(),
  /** The paper or list that the figure was taken from. */
  evidence: shortText.optional(),
  /** A scan of that paper; null takes it off. */
  file: fileRef.strict().nullable().optional(),
});
export type CountCell = z.infer<typeof countCell>;

/** What a sheet is of; it never changes afterwards. */
const about = {
  /** `code@validFrom` of the unit. */
  unit: z.string().min(3).max(30),
  asOf: z.iso.date(),
  /** The annex that the sheet belongs to; absent = the ngoại ngành counts. */
  form: z.string().min(1).max(60).optional(),
  /** First day of the window of a sheet of flows. */
  from: z.iso.date().optional(),
};

export const countBody = z.object({
  ...about,
  cells: z.array(countCell).min(1).max(500),
  source: z.enum(['typed', 'pasted', 'import', 'undo']),
  /** One import is one group: it can be taken back as a whole. */
  group: z.uuid().optional(),
});
export type CountBody = z.infer<typeof countBody>;

/** Body of `sheet.lock`, `sheet.approve`, `sheet.return`, `sheet.unlock`; the last two need a reason. */
export const sheetBody = z.object({ ...about, on: z.iso.date(), reason: shortText.optional() });
/** Body of `sheet.resolve`: `event` = the returned one; `cells` = the figures that are set now, none where the city's stay. */
export const sheetResolveBody = z.object({
  ...about,
  event: z.uuid(),
  kept: z.enum(keptKinds),
  cells: z.array(countCell).max(500),
  reason: shortText.min(1),
});
/** What names a sheet. */
export type SheetAbout = Pick<CountBody, 'unit' | 'asOf' | 'form' | 'from'>;

export const sheetStatuses = ['draft', 'locked', 'approved', 'returned'] as const;
export type SheetStatus = (typeof sheetStatuses)[number];

export const sheetVerbs = ['sheet.lock', 'sheet.approve', 'sheet.return', 'sheet.unlock'] as const;
export type SheetVerb = (typeof sheetVerbs)[number];

/** nháp -> khoá và gửi -> duyệt or trả lại; mở khoá brings back to nháp. */
export const sheetRules: Readonly<
  Record<
    SheetVerb,
    { readonly from: readonly SheetStatus[]; readonly to: SheetStatus; readonly reason: boolean }
  >
> = {
  'sheet.lock': { from: ['draft', 'returned'], to: 'locked', reason: false },
  'sheet.approve': { from: ['locked'], to: 'approved', reason: false },
  'sheet.return': { from: ['locked', 'approved'], to: 'returned', reason: true },
  'sheet.unlock': { from: ['locked', 'approved'], to: 'draft', reason: true },
};

/** Who, when and from what paper a figure comes. Blank texts are absent. */
export interface CellNote {
  readonly outside?: true;
  readonly reason?: string;
  readonly evidence?: string;
  readonly file?: FileRef;
  readonly by: string;
  readonly at: string;
}

export interface Sheet {
  readonly id: string;
  readonly revision: number;
  readonly unit: string;
  readonly asOf: string;
  readonly form: string;
  readonly from: string | null;
  /** `category/measure` -> figure. */
  readonly cells: Readonly<Record<string, number>>;
  /** `category/measure` -> where it comes from; also of cells that are outside. */
  readonly notes: Readonly<Record<string, CellNote>>;
  readonly status: SheetStatus;
  /** Why it was returned or unlocked; '' otherwise. */
  readonly statusReason: string;
  /** Day of the sending that stands; null = none. A return takes it back, opening it to correct a figure does not. */
  readonly sentOn: string | null;
}

export const COUNTS_FORM = 'ngoai_nganh';

/** What names the sheet of a unit at a place of the grid. */
export function aboutOf(
  place: { readonly asOf: string; readonly form: string | null; readonly from: string | null },
  unit: string,
): SheetAbout {
  const { asOf, form, from } = place;
  return {
    unit,
    asOf,
    ...(form && form !== COUNTS_FORM && { form }),
    ...(from && { from }),
  };
}

/** Two PCs that type the same unit and date meet in the same sheet. */
export function sheetId({ unit, asOf, form = COUNTS_FORM, from }: SheetAbout): string {
  return form === COUNTS_FORM ? `${unit}:${asOf}` : `${unit}:${from ?? ''}~${asOf}:${form}`;
}

export function cellKey(category: string, measure: string): string {
  return `${category}/${measure}`;
}

export function projectSheet(event: Event, before: Sheet | undefined): Sheet | undefined {
  if (event.verb === 'count.record') return recorded(event, before, countBody.parse(event.body));
  if (!before) return undefined;
  if (event.verb === 'sheet.resolve') return recorded(event, before, sheetResolveBody.parse(event.body));
  const sheet = { ...before, revision: before.revision + 1 };
  const verb = sheetVerbs.find((v) => v === event.verb);
  if (!verb) return sheet;
  const { reason = '', on } = sheetBody.parse(event.body);
  return {
    ...sheet,
    status: sheetRules[verb].to,
    statusReason: reason,
    sentOn: sentAfter(verb, before.sentOn, on),
  };
}

function sentAfter(verb: SheetVerb, before: string | null, on: string): string | null {
  if (verb === 'sheet.return') return null;
  return verb === 'sheet.lock' ? (before ?? on) : before;
}

function recorded(
  event: Event,
  before: Sheet | undefined,
  body: SheetAbout & Pick<CountBody, 'cells'>,
): Sheet {
  const cells: Record<string, number> = { ...before?.cells };
  const notes: Record<string, CellNote> = { ...before?.notes };
  for (const cell of body.cells) {
    const key = cellKey(cell.category, cell.measure);
    delete cells[key];
    delete notes[key];
    if (cell.value !== null && !cell.outside) cells[key] = cell.value;
    if (cell.value !== null || cell.outside) notes[key] = noteOf(cell, event);
  }
  return {
    id: event.subject.id,
    revision: (before?.revision ?? 0) + 1,
    unit: body.unit,
    asOf: body.asOf,
    form: body.form ?? COUNTS_FORM,
    from: body.from ?? null,
    cells,
    notes,
    status: before?.status ?? 'draft',
    statusReason: before?.statusReason ?? '',
    sentOn: before?.sentOn ?? null,
  };
}

function noteOf({ outside, reason, evidence, file }: CountCell, { actor, at }: Event): CellNote {
  return {
    ...(outside && { outside: true }),
    ...(reason && { reason }),
    ...(evidence && { evidence }),
    ...(file && { file }),
    by: actor.name,
    at,
  };
}

/** Only the cells that say something new. */
export function changedCells(before: Sheet | undefined, cells: readonly CountCell[]): CountCell[] {
  return cells.filter((cell) => {
    const key = cellKey(cell.category, cell.measure);
    const note = before?.notes[key];
    return (
      (before?.cells[key] ?? null) !== (cell.outside ? null : cell.value) ||
      (note?.outside ?? false) !== (cell.outside ?? false) ||
      (cell.reason !== undefined && cell.reason !== (note?.reason ?? '')) ||
      (cell.evidence !== undefined && cell.evidence !== (note?.evidence ?? '')) ||
      (cell.file !== undefined && cell.file?.sha256 !== note?.file?.sha256)
    );
  });
}

export function isKnownCell(form: string | undefined, { category, measure }: CountCell): boolean {
  return isEntered(form ?? COUNTS_FORM, category, measure);
}

/** Figures may be typed while the sheet is a draft, or was given back. */
export function isOpen(sheet: Pick<Sheet, 'status'> | undefined): boolean {
  return sheet === undefined || sheetRules['sheet.lock'].from.includes(sheet.status);
}

/** Where an office stands to the unit of a sheet, by their codes. */
export function standingOf(officeCode: string, unitKey: string): Pick<SheetStanding, 'own' | 'above'> {
  const unit = unitByKey(unitKey);
  const own = unit?.code === officeCode;
  // The root of the tree has nobody above it: it approves what it typed for itself.
  return { own, above: !own || unit?.parentCode === null };
}

/** Where an office stands to the unit of a sheet. */
export interface SheetStanding {
  readonly role: Role;
  /** The office is the unit itself. */
  readonly own: boolean;
  /** The office lies above the unit. */
  readonly above: boolean;
}

/** What somebody may do with a sheet now. Approving one's own ward's figures is for the office above; a root office approves its own. */
export function allowedSheetVerbs(
  sheet: Pick<Sheet, 'status'> | undefined,
  { role, own, above }: SheetStanding,
): readonly SheetVerb[] {
  if (!sheet) return [];
  return sheetVerbs.filter((verb) => {
    if (!mayDo(role, verb) || !sheetRules[verb].from.includes(sheet.status)) return false;
    return verb === 'sheet.approve' || verb === 'sheet.return' ? above : own || above;
  });
}
