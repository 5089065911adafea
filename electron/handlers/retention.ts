/** Taking the people of closed dossiers off this machine: by hand with a preview, or by itself once a month at the day's end. */
import { removeFile } from '../../db/file-store.ts';
import { inTransaction, type ReadDb } from '../../db/handle.ts';
import { namedBackup, purgeDossiers } from '../../db/purge.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { asideFiles, dropAside } from '../../db/set-aside.ts';
import { named } from '../../db/sqlite-problem.ts';
import { factOn } from '../../shared/catalogue/law.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { Actor } from '../../shared/domain/event.ts';
import { purgeIsDue, type RetentionRule } from '../../shared/domain/retention.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { type Desk, type ReadCtx, requireIdentity, type TaskCtx } from '../context.ts';
import { effectiveCatalogue } from './law.ts';

/** Dossiers of one transaction: somebody who saves meanwhile waits no longer than this takes. */
const AT_ONCE = 50;
/** Where a correction of the catalogue cannot be read as a number. */
const DEFAULT_DAYS = 90;

type Place = Pick<ReadCtx, 'desk' | 'db' | 'identity'>;

function limitOf({ desk, db, identity }: Place) {
  const now = desk.clock.now();
  const { office } = requireIdentity(identity);
  const fact = factOn(effectiveCatalogue({ db, office, now }), 'retention.deskDays', localTime(now).date);
  const days = Number(fact?.value);
  return {
    days: Number.isInteger(days) && days > 0 ? days : DEFAULT_DAYS,
    verified: fact?.verified ?? false,
    source: fact?.source ?? '',
  };
}

function ruleOf(place: Place): RetentionRule {
  return {
    today: localTime(place.desk.clock.now()).date,
    days: limitOf(place).days,
    backedUp: namedBackup(place.db)?.hub ?? null,
  };
}

export function getRetention(place: Place): Output<'retention.state'> {
  const { db, desk } = place;
  const doubt = readMachineSetting(db, 'purge_doubt');
  return {
    ...limitOf(place),
    backupAt: namedBackup(db)?.at ?? null,
    auto: readMachineSetting(db, 'purge_auto') === '1',
    lastAt: readMachineSetting(db, 'purged_at'),
    aside: asideFiles(desk.settings.dataFolder).length,
    doubtAt: doubt === null ? null : String((JSON.parse(doubt) as { at: string }).at),
  };
}

export async function lookAtRetention(ctx: TaskCtx): Promise<Output<'retention.look'>> {
  const { ready, ...look } = await ctx.desk.backups.lookAtRetention(ruleOf(ctx));
  return { ready: ready.length, ...look };
}

export async function purge(
  ctx: TaskCtx,
  { aside }: Input<'retention.purge'>,
): Promise<Output<'retention.purge'>> {
  if (!namedBackup(ctx.db)) fail('PURGE_NOT_PROVEN');
  const dossiers = await purgeReady(ctx, requireIdentity(ctx.identity).account);
  if (dossiers > 0) ctx.changed('dossier', 'sync');
  const copiesGone = dossiers === 0 || (await forgetCopies(ctx.desk));
  if (aside) dropAside(ctx.desk.settings.dataFolder);
  return { dossiers, copiesGone };
}

export function setAuto(ctx: TaskCtx, { on }: Input<'retention.set-auto'>): Output<'retention.set-auto'> {
  inTransaction(ctx.db, (tx) => {
    writeMachineSetting(tx, 'purge_auto', on ? '1' : null);
    ctx.desk.access.within(tx, { action: 'retention.set-auto', facts: { on: on ? 1 : 0 } });
  });
  return getRetention(ctx);
}

/** At the day's end, where a person chose it. True where a backup was made after it. */
export async function purgeByItself(place: Place): Promise<boolean> {
  const { db, desk, identity } = place;
  if (!identity || readMachineSetting(db, 'purge_auto') !== '1' || !namedBackup(db)) return false;
  const last = readMachineSetting(db, 'purged_at');
  const today = localTime(desk.clock.now()).date;
  if (!purgeIsDue(last === null ? null : localTime(Date.parse(last)).date, today)) return false;
  if ((await purgeReady(place, null)) === 0) return false;
  desk.announce('changed', ['dossier', 'sync']);
  return forgetCopies(desk);
}

async function purgeReady(place: Place, actor: Actor | null): Promise<number> {
  const { db, desk } = place;
  const { ready } = await desk.backups.lookAtRetention(ruleOf(place));
  let dossiers = 0;
  for (let at = 0; at < ready.length; at += AT_ONCE) {
    dossiers += purgeSome(place, ready.slice(at, at + AT_ONCE), actor);
    // Whoever works meanwhile comes first.
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (dossiers > 0) named(() => settleFile(db));
  return dossiers;
}

function purgeSome(place: Place, ids: readonly string[], actor: Actor | null): number {
  const { db, desk } = place;
  // Asked again each time: the city may have greeted meanwhile.
  const backup = namedBackup(db);
  if (!backup) return 0;
  const rule = { ...ruleOf(place), backedUp: backup.hub };
  const row = {
    id: desk.ids.uuid(),
    at: new Date(desk.clock.now()).toISOString(),
    actor: actor?.id ?? null,
    ...{ days: rule.days, hub: backup.hub, proof: backup.proof },
  };
  const removeScan = (sha256: string) => removeFile(desk.settings.dataFolder, sha256);
  return named(() =>
    inTransaction(db, (tx) => purgeDossiers(tx, ids, { row, rule, clock: desk.clock, actor, removeScan })),
  );
}

/** Words stay in the search until its parts are merged, and old pages in the log until it is written back. */
function settleFile({ $client }: ReadDb): void {
  $client.exec("INSERT INTO dossier_search (dossier_search) VALUES ('optimize')");
  $client.pragma('wal_checkpoint(TRUNCATE)');
}

/** Backups and journals of before hold them still: they go once a new backup stands. False where none could be made now; the next one does it. */
async function forgetCopies(desk: Desk): Promise<boolean> {
  try {
    await desk.backups.forgetOlder();
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
