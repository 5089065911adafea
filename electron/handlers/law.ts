/** The law as it counts at this office: the catalogue of the program under the corrections made here and above. */
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { eventsOfSubject } from '../../db/queries/event.ts';
import { settingsOf } from '../../db/queries/setting.ts';
import { catalogue } from '../../shared/catalogue/catalogue.ts';
import type { Catalogue, ChainRule } from '../../shared/catalogue/law.ts';
import { pathOn, unitOn } from '../../shared/catalogue/units.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { CALENDAR_DAY, calendarSpan, checkCorrection, corrected } from '../../shared/domain/corrected.ts';
import { correctionHistory } from '../../shared/domain/correction-history.ts';
import type { ClockRules } from '../../shared/domain/deadline.ts';
import type { Dossier } from '../../shared/domain/dossier.ts';
import { type Correction, correctionKey, type Setting, settingId } from '../../shared/domain/setting.ts';
import { calendarOf } from '../../shared/domain/working-days.ts';
import { localTime, showDate } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';

interface Here {
  readonly db: ReadDb;
  readonly office: string;
  readonly now: number;
}

/** Settings of the offices from the root down to this one: what is said nearer counts more. */
function settingsHere({ db, office, now }: Here): readonly Setting[] {
  const path = pathOn(office, localTime(now).date).map((u) => u.code);
  const byOffice = new Map(settingsOf(db, path).map((s) => [s.office, s]));
  return path.toReversed().flatMap((code) => byOffice.get(code) ?? []);
}

export function effectiveCatalogue(here: Here): Catalogue {
  return corrected(
    catalogue,
    settingsHere(here).flatMap((s) => Object.values(s.corrections)),
  );
}

/** Rules of one dossier's clocks: its own regime, the facts of its reception date. */
export function clockRules(
  law: Catalogue,
  { regime, chain, receivedOn }: Pick<Dossier, 'regime' | 'chain' | 'receivedOn'>,
): ClockRules {
  const rule: ChainRule | undefined = law.regimes.find((r) => r.id === regime)?.chains[chain];
  if (!rule) fail('NO_REGIME', { date: receivedOn });
  return { catalogue: law, chain: rule, receivedOn, calendar: calendarOf(law) };
}

export function getCatalogue({ db, desk, identity }: ReadCtx): Output<'catalogue.get'> {
  const { office } = requireIdentity(identity);
  const now = desk.clock.now();
  const today = localTime(now).date;
  const corrections = settingsHere({ db, office, now }).flatMap((setting) =>
    Object.values(setting.corrections).map((correction) => ({
      ...correction,
      office: setting.office,
      officeName: unitOn(setting.office, today)?.name ?? setting.office,
    })),
  );
  return { corrections };
}

export function getHistory({ db, desk, identity }: ReadCtx): Output<'catalogue.history'> {
  const today = localTime(desk.clock.now()).date;
  const path = pathOn(requireIdentity(identity).office, today);
  const stored = path
    .flatMap((unit) => eventsOfSubject(db, 'setting', settingId(unit.code)))
    .filter(({ verdict }) => verdict !== 'rejected' && verdict !== 'conflict');
  const waiting = new Set(stored.filter((s) => s.verdict === null).map((s) => s.event.id));
  const names = new Map(path.map((unit) => [unit.code, unit.name]));
  const offices = path.map((unit) => unit.code);
  const steps = correctionHistory(
    catalogue,
    offices,
    stored.map((s) => s.event),
  ).map(({ event, ...step }) => ({
    ...step,
    event: event.id,
    at: event.at,
    actorName: event.actor.name,
    officeName: names.get(event.office) ?? event.office,
    waiting: waiting.has(event.id),
  }));
  return { steps };
}

export function correctCatalogue(
  ctx: WriteCtx,
  input: Input<'catalogue.correct'>,
): Output<'catalogue.correct'> {
  const id = settingId(ctx.identity.office);
  const { subject, revision, base } = localView(ctx.tx, 'setting', id);
  const known = subject?.kind === 'setting' ? subject.state.corrections : {};
  const corrections = input.corrections.map(cleanCorrection);
  for (const correction of corrections) {
    const code = checkCorrection(catalogue, correction);
    if (code) fail(code, { key: correction.key, date: showDate(correction.from) });
  }
  const reason = cleanText(input.reason);
  if (reason === '') fail('REASON_REQUIRED');
  const fresh = corrections.filter((c) => {
    const before = known[correctionKey(c.key, c.from)];
    return before?.value !== c.value || before.source !== c.source;
  });
  if (fresh.length === 0) fail('NOTHING_CHANGED');
  requireDays(ctx, fresh);
  ctx.record({
    verb: 'catalogue.correct',
    subject: { kind: 'setting', id },
    base,
    body: { corrections: fresh, reason },
  });
  return { revision: revision + 1 };
}

/** A day of the calendar that can be corrected: near enough, and there is something to take back. */
function requireDays({ tx, desk, identity }: WriteCtx, corrections: readonly Correction[]): void {
  const now = desk.clock.now();
  const span = calendarSpan(catalogue, localTime(now).date);
  const special = calendarOf(effectiveCatalogue({ db: tx, office: identity.office, now }));
  for (const { key, from: day, value } of corrections) {
    if (key !== CALENDAR_DAY) continue;
    const date = showDate(day);
    if (day < span.from || day > span.to)
      fail('FACT_DAY_FAR', { date, from: showDate(span.from), to: showDate(span.to) });
    if (value === 'ordinary' && !special.has(day)) fail('FACT_DAY_ORDINARY', { date });
  }
}

function cleanCorrection({ key, from, value, source }: Correction): Correction {
  return { key, from, value: cleanText(value), source: cleanText(source) };
}
