/** The life of sheets: lock and send, approve, give back, unlock. */
import { localView } from '../../db/local-view.ts';
import { isWithin, unitByKey } from '../../shared/catalogue/units.ts';
import type { Input } from '../../shared/contract/ipc/registry.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import {
  aboutOf,
  allowedSheetVerbs,
  type SheetAbout,
  type SheetVerb,
  sheetId,
  sheetRules,
  standingOf,
} from '../../shared/domain/sheet.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import type { WriteCtx } from '../context.ts';

function step(ctx: WriteCtx, verb: SheetVerb, input: Input<SheetVerb>): { changed: number } {
  const reason = cleanText(input.reason);
  if (sheetRules[verb].reason && reason === '') fail('REASON_REQUIRED');
  let changed = 0;
  for (const unit of input.units) if (stepOne(ctx, verb, { about: aboutOf(input, unit), reason })) changed++;
  return { changed };
}

/** False where the sheet stands there already: pressing twice, or half of a block done before. */
function stepOne(
  { tx, record, identity, desk }: WriteCtx,
  verb: SheetVerb,
  { about, reason }: { about: SheetAbout; reason: string },
): boolean {
  const unit = unitByKey(about.unit) ?? fail('UNIT_UNKNOWN', { code: about.unit });
  if (!isWithin(unit.code, identity.office, about.asOf)) fail('UNIT_OUT_OF_SCOPE', { code: unit.code });
  const id = sheetId(about);
  const { subject, base } = localView(tx, 'sheet', id);
  const sheet = subject?.kind === 'sheet' ? subject.state : undefined;
  if (sheet?.status === sheetRules[verb].to) return false;
  if (!sheet || Object.keys(sheet.notes).length === 0) fail('SHEET_EMPTY');
  const standing = { role: identity.account.role, ...standingOf(identity.office, about.unit) };
  if (!allowedSheetVerbs(sheet, standing).includes(verb)) fail('SHEET_STEP_NOT_ALLOWED');
  const on = localTime(desk.clock.now()).date;
  const body = bodyOf({ ...about, on, ...(reason && { reason }) });
  record({ verb, subject: { kind: 'sheet', id }, base, body });
  return true;
}

export const lockSheets = (ctx: WriteCtx, input: Input<'sheet.lock'>) => step(ctx, 'sheet.lock', input);
export const approveSheets = (ctx: WriteCtx, input: Input<'sheet.approve'>) =>
  step(ctx, 'sheet.approve', input);
export const returnSheets = (ctx: WriteCtx, input: Input<'sheet.return'>) => step(ctx, 'sheet.return', input);
export const unlockSheets = (ctx: WriteCtx, input: Input<'sheet.unlock'>) => step(ctx, 'sheet.unlock', input);
