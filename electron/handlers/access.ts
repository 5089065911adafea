/** The access log for those who may read it. What they read of it is an entry too (access-rules.ts). */

import type { ReadDb } from '../../db/handle.ts';
import {
  type AccessRow,
  type AccessWanted,
  accessAbout,
  accessPage,
  accessPeople,
  accessTip,
} from '../../db/queries/access.ts';
import { readAccounts } from '../../db/queries/account.ts';
import { newestAnchor } from '../../db/queries/anchor.ts';
import { dossierCodes } from '../../db/queries/dossier.ts';
import { ACCESS_PAGE, type AccessFilter, type AccessLine } from '../../shared/contract/ipc/access.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { accessEntry } from '../../shared/domain/access.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import type { ReadCtx, TaskCtx } from '../context.ts';
import { tableFile } from '../files/count-file.ts';

export function listAccess(ctx: ReadCtx, { filter, before }: Input<'access.list'>): Output<'access.list'> {
  const { db, desk } = ctx;
  const rows = accessPage(db, { ...wantedOf(filter), before }, ACCESS_PAGE + 1);
  const anchor = newestAnchor(db);
  return {
    lines: linesOf(db, rows.slice(0, ACCESS_PAGE)),
    more: rows.length > ACCESS_PAGE,
    newest: accessTip(db)?.seq ?? 0,
    confirmed: anchor && { seq: anchor.head.seq, at: anchor.at },
    people: accessPeople(db),
    checked: desk.backups.logState(),
  };
}

export function aboutMe({ db, identity }: ReadCtx): Output<'access.about-me'> {
  if (!identity) return [];
  return accessAbout(db, identity.account.id).map(({ raw }) => {
    const { at, action, actor, why } = accessEntry.parse(JSON.parse(raw));
    return { at, why, by: actor?.name ?? '', action: action === 'draft.take' ? action : 'account.reset' };
  });
}

/** Midnight in Vietnam as an instant. */
const midnight = (day: string) => new Date(Date.parse(`${day}T00:00:00+07:00`)).toISOString();
function wantedOf({ person, action, from, to, code }: AccessFilter): Omit<AccessWanted, 'before'> {
  return {
    actor: person,
    action,
    from: from && midnight(from),
    until: to && midnight(addDays(to, 1)),
    code: code.trim().toUpperCase(),
  };
}

function linesOf(db: ReadDb, rows: readonly AccessRow[]): AccessLine[] {
  const entries = rows.map(({ raw }) => accessEntry.parse(JSON.parse(raw)));
  const ids = entries.flatMap(({ subject }) => (subject?.kind === 'dossier' ? [subject.id] : []));
  const labels = new Map([
    ...dossierCodes(db, ids),
    ...readAccounts(db).map(({ id, name }) => [id, name] as const),
  ]);
  return entries.map(({ seq, at, actor, action, outcome, subject, why, facts }) => ({
    ...{ seq, at, action, outcome, why, facts },
    actor: actor && { name: actor.name, role: actor.role },
    subject: subject && { ...subject, label: labels.get(subject.id) ?? '' },
  }));
}

export async function verifyAccess(ctx: TaskCtx): Promise<Output<'access.verify'>> {
  return ctx.desk.backups.checkLog();
}

const HEADINGS = [
  'so',
  'luc',
  'nguoi',
  'vai_tro',
  'viec',
  'ket_qua',
  'loai',
  'ma',
  'ten',
  'ly_do',
  'chi_tiet',
];
/** For another program, or to be kept: codes as they stand in the log. */
export async function makeAccessFile(
  ctx: TaskCtx,
  { filter, format }: Input<'access.file'>,
): Promise<Output<'access.file'>> {
  const { db, desk } = ctx;
  const table: (string | number | null)[][] = [HEADINGS];
  for (let before: number | null = null; ; ) {
    const rows = accessPage(db, { ...wantedOf(filter), before }, 1_000);
    table.push(...linesOf(db, rows).map(cellsOf));
    const last = rows.at(-1);
    if (!last || rows.length < 1_000) break;
    before = last.seq;
  }
  const { date } = localTime(desk.clock.now());
  return {
    name: `nhat-ky-truy-cap-${date}.${format}`,
    bytes: await tableFile(table, format, 'Nhật ký truy cập'),
  };
}

function cellsOf({ seq, at, actor, action, outcome, subject, why, facts }: AccessLine): (string | number)[] {
  const { date, time } = localTime(Date.parse(at));
  const detail = Object.entries(facts).map(([name, value]) => `${name}=${value}`);
  return [
    ...[seq, `${date} ${time}`, actor?.name ?? '', actor?.role ?? '', action, outcome],
    ...[subject?.kind ?? '', subject?.id ?? '', subject?.label ?? '', why ?? '', detail.join(' ')],
  ];
}
