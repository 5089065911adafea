/** Fills a fresh demo desk through the same write path as a clerk's work: some days of dossiers and two earlier count sheets. */
import type { Clock } from '../../db/clock.ts';
import { localView } from '../../db/local-view.ts';
import { write } from '../../db/write.ts';
import { categories, TOTAL } from '../../shared/catalogue/categories.ts';
import { specialDays } from '../../shared/catalogue/holidays.ts';
import { communesOn, countUnitsOn } from '../../shared/catalogue/units.ts';
import type { Action } from '../../shared/domain/action-rules.ts';
import { allowedActions } from '../../shared/domain/allowed-actions.ts';
import type { DossierComponent } from '../../shared/domain/dossier.ts';
import { isWorkingDay } from '../../shared/domain/working-days.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import { must } from '../../shared/lib/must.ts';
import { actingIdentity, authorOf, type Desk, type WriteCtx } from '../context.ts';
import { recordCounts } from '../handlers/count.ts';
import { actOnDossier } from '../handlers/dossier-act.ts';
import { receiveDossier } from '../handlers/reception.ts';
import { syntheticDossier } from './people.ts';
import { seeded } from './random.ts';

const SEED = 2026;
const DAYS = 8;
const PER_DAY = 5;
const HOUR_MS = 3_600_000;

export function seedDemo(desk: Desk): void {
  const identity = must(actingIdentity(desk), 'identity of the demo desk');
  const today = localTime(desk.clock.now()).date;
  const author = (clock: Clock) => ({ ...authorOf({ ...desk, clock }, identity), clock });
  let index = 0;
  for (let back = DAYS; back >= 1; back--) {
    const date = addDays(today, -back);
    if (!isWorkingDay(date, specialDays)) continue;
    const clock = clockOn(desk.clock, date);
    const commune = must(communesOn(identity.office, date)[0], 'commune of the demo office');
    write(author(clock), (writer) => {
      for (let i = 0; i < PER_DAY; i++) {
        const { chain, values } = syntheticDossier(SEED, index++, { today: date, ward: commune.name });
        const id = desk.ids.uuid();
        const ctx = { ...writer, desk: { ...desk, clock }, identity };
        receiveDossier(ctx, {
          ...{ id, chain, channel: 'truc_tiep', commune: commune.key, values },
          ...{ received: null, atOnce: null },
        });
        liveSome(ctx, id, { back, index });
      }
    });
  }
  for (const monthsBack of [2, 1]) {
    const asOf = addDays(today, -30 * monthsBack);
    const units = countUnitsOn(identity.office, asOf).map(({ key }, u) => ({
      unit: key,
      cells: categories.map(({ code }, c) => ({
        category: code,
        measure: TOTAL.code,
        value: seeded(SEED + u, c).int(0, 900) + (2 - monthsBack) * 7,
      })),
    }));
    write(author(clockOn(desk.clock, asOf)), (writer) =>
      recordCounts({ ...writer, desk, identity }, { asOf, form: null, from: null, source: 'typed', units }),
    );
  }
}

/** The older the dossier, the more of it is done; a few wait for papers or lie late, as on any desk. */
function liveSome(ctx: WriteCtx, id: string, { back, index }: { back: number; index: number }): void {
  if (index % 9 === 0) return;
  if (index % 7 === 3) {
    act(
      ctx,
      id,
      { action: 'ask_supplement', items: ['Bổ sung giấy tờ còn thiếu theo danh sách'] },
      () => true,
    );
    return;
  }
  act(ctx, id, { action: 'result_received' }, (c) => c.waitsFor === null);
  if (back <= 2) return;
  act(ctx, id, { action: 'result_received' }, (c) => index % 5 !== 2 || c.code !== 'K2');
  if (back > 4) act(ctx, id, { action: 'give_result' }, () => true);
}

/** One step of those components that allow it now. */
function act(
  ctx: WriteCtx,
  id: string,
  step: { readonly action: Action; readonly items?: string[] },
  wanted: (component: DossierComponent) => boolean,
): void {
  const { subject, revision } = localView(ctx.tx, 'dossier', id);
  if (subject?.kind !== 'dossier') return;
  const { date } = localTime(ctx.desk.clock.now());
  const allowed = allowedActions(
    subject.state,
    { role: ctx.identity.account.role, office: ctx.identity.office },
    date,
  );
  const may = allowed.find((a) => a.action === step.action)?.components ?? [];
  const components = subject.state.components
    .filter((c) => may.includes(c.code) && wanted(c))
    .map((c) => c.code);
  if (components.length === 0) return;
  actOnDossier(ctx, { id, base: revision, step: { ...step, components, on: null, time: null } });
}

/** The demo's past days have their own clock; order is by sequence, so nothing depends on it. */
function clockOn(clock: Clock, date: string): Clock {
  const start = Date.parse(`${date}T02:00:00Z`) - clock.now();
  return { boot: clock.boot, mono: () => clock.mono(), now: () => clock.now() + start + HOUR_MS };
}
