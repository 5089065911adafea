/** The office, the machine, the person; enrolment; the self-check of the data. */
import { statfsSync } from 'node:fs';
import { verifyDesk } from '../../db/rebuild.ts';
import { logProblems } from '../../db/verify-log.ts';
import { CATALOGUE_VERSION } from '../../shared/catalogue/holidays.ts';
import { communesInCharge } from '../../shared/catalogue/successors.ts';
import { isCommune, unitOn } from '../../shared/catalogue/units.ts';
import { type Input, isMethod, type Output } from '../../shared/contract/ipc/registry.ts';
import type { Session } from '../../shared/contract/ipc/session.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import {
  actingIdentity,
  type Desk,
  type ReadCtx,
  requireIdentity,
  requireMay,
  requireWritable,
  type TaskCtx,
} from '../context.ts';

export function getSession({ desk, identity }: ReadCtx): Session {
  const now = desk.clock.now();
  const today = localTime(now).date;
  const unit = identity && unitOn(identity.office, today);
  return {
    enrolled: identity !== null,
    office: unit ? { code: unit.code, name: unit.name, kind: unit.kind, isCommune: isCommune(unit) } : null,
    device: identity && { id: identity.device, no: identity.no, name: identity.name },
    actor: identity && { ...identity.account },
    readOnly: desk.readOnly(),
    unkept: desk.access.waiting(),
    roleStanding: identity?.standing ?? null,
    roleUntil: identity?.roleUntil == null ? null : new Date(identity.roleUntil).toISOString(),
    cityUrl: identity?.cityUrl ?? desk.settings.cityUrl,
    today,
    now: new Date(now).toISOString(),
    version: desk.settings.version,
    catalogueVersion: CATALOGUE_VERSION,
    dataFolder: desk.settings.dataFolder,
    storage: storageFacts(desk),
    demo: identity?.demo ?? false,
  };
}

function storageFacts({ db, settings }: Desk): Session['storage'] {
  const sqlite = db.$client.prepare('SELECT sqlite_version()').pluck().get() as string;
  const cipher = String(db.$client.pragma('cipher', { simple: true }));
  let freeBytes: number | null = null;
  try {
    const disk = statfsSync(settings.dataFolder);
    freeBytes = disk.bavail * disk.bsize;
  } catch {
    // Some network and virtual disks do not tell; the lamp then says "không rõ".
  }
  return { sqlite, cipher, freeBytes };
}

export function listCommunes(
  { identity }: ReadCtx,
  { on }: Input<'office.communes'>,
): Output<'office.communes'> {
  return communesInCharge(requireIdentity(identity).office, on).map(({ key, code, name }) => ({
    key,
    code,
    name,
  }));
}

/** For the calls that the main process answers: files, printers, the clipboard. */
export function mayCall({ desk, identity }: TaskCtx, { call }: Input<'session.may'>): null {
  if (!isMethod(call)) return fail('INPUT_INVALID', { where: call, detail: '' });
  if (identity) requireMay(identity, call);
  requireWritable(desk, call);
  return null;
}

export async function enrolDevice(ctx: TaskCtx, input: Input<'device.enrol'>): Promise<Session> {
  await ctx.sync.enrol(input);
  ctx.changed('session');
  return getSession({ ...ctx, identity: actingIdentity(ctx.desk) });
}

export function verifyData({ db }: TaskCtx): Output<'data.verify'> {
  const { events, subjects, problems: ofTables } = verifyDesk(db);
  const problems = [...ofTables, ...logProblems(db)];
  return { ok: problems.length === 0, events, subjects, problems };
}
