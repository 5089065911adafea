/** What came back and waits for a person, by code; why things come back; two versions of one thing. */
import { z } from 'zod';
import { standingEvents, viewOf } from '../../db/local-view.ts';
import {
  openCards,
  openConflicts,
  openItems,
  ownItem,
  returnedCodes,
  stepsOfIncomplete,
} from '../../db/queries/attention.ts';
import { inboxRead, readRecovering } from '../../db/queries/device.ts';
import { eventsOfSubject, parseEvent, type StoredEvent } from '../../db/queries/event.ts';
import { lastRecovery } from '../../db/queries/recovery.ts';
import { requirements } from '../../shared/catalogue/requirements.ts';
import type { Cause, ConflictView } from '../../shared/contract/ipc/attention.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { replaceReasons } from '../../shared/contract/sync/messages.ts';
import { actBody } from '../../shared/domain/dossier.ts';
import type { Event } from '../../shared/domain/event.ts';
import { sidesSchema } from '../../shared/domain/resolve.ts';
import { cellKey, countCell } from '../../shared/domain/sheet.ts';
import { versionsOf } from '../../shared/domain/versions.ts';
import { addDays, localTime } from '../../shared/lib/local-date.ts';
import { maskNumbersIn } from '../../shared/lib/mask.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity } from '../context.ts';
import { toItem } from './sync-item.ts';

export function listCards({ db, identity }: ReadCtx): Output<'attention.cards'> {
  requireIdentity(identity);
  return openCards(db);
}

export function listOpenItems(
  { db, identity }: ReadCtx,
  wanted: Input<'attention.items'>,
): Output<'attention.items'> {
  requireIdentity(identity);
  const { rows, next } = openItems(db, wanted);
  return { items: rows.map((row) => toItem(db, row)), next };
}

export function listEvents(
  { db, identity }: ReadCtx,
  { ids }: Input<'attention.events'>,
): Output<'attention.events'> {
  requireIdentity(identity);
  const rows = ids.map((id) => ownItem(db, id));
  return {
    items: rows.flatMap((row) => (row ? [toItem(db, row)] : [])),
    unknown: ids.filter((_, i) => rows[i] === undefined),
  };
}

const REMEMBERED_DAYS = 90;
const SHOWN = 5;

/** Counted anew each time: what the city returned to this machine, and what citizens were asked to complete. */
export function listCauses(
  { db, desk, identity }: ReadCtx,
  { chain }: Input<'attention.causes'>,
): Output<'attention.causes'> {
  requireIdentity(identity);
  const since = addDays(localTime(desk.clock.now()).date, -REMEMBERED_DAYS);
  const returned = returnedCodes(db, { since, chain }).map(
    ({ code, field, n }): Cause => ({ kind: 'code', key: code, field: field.split(', ')[0] ?? '', n }),
  );
  const asked = stepsOfIncomplete(db, { since, chain }).flatMap(askedFor);
  return { since, causes: mostFrequent([...returned, ...asked]) };
}

/** A request names a paper by what is to be done about it, or by its name. */
const codeOf = new Map(requirements.flatMap((r) => [r.name, r.todo].map((words) => [words, r.code])));

/** Papers by their codes; what was typed freely by its words, unless it only names one of the papers. */
function askedFor(raw: string): readonly Cause[] {
  const step = actBody.safeParse(parseEvent(raw).body);
  if (!step.success || step.data.action !== 'ask_supplement') return [];
  const { papers = [], items = [] } = step.data;
  const typed = items.filter((text) => !papers.some((code) => codeOf.get(text) === code));
  return [
    ...papers.map((key): Cause => ({ kind: 'paper', key, field: '', n: 1 })),
    ...typed.map((text): Cause => {
      const key = codeOf.get(text);
      return { kind: key ? 'paper' : 'item', key: key ?? maskNumbersIn(text), field: '', n: 1 };
    }),
  ];
}

function mostFrequent(causes: readonly Cause[]): Cause[] {
  const byKey = new Map<string, Cause>();
  for (const cause of causes) {
    const key = [cause.kind, cause.key, cause.field].join('|');
    byKey.set(key, { ...cause, n: cause.n + (byKey.get(key)?.n ?? 0) });
  }
  return [...byKey.values()].sort((a, b) => b.n - a.n).slice(0, SHOWN);
}

export function getConflict(
  { db, identity }: ReadCtx,
  { event: id }: Input<'conflict.get'>,
): Output<'conflict.get'> {
  const { device } = requireIdentity(identity);
  const row = ownItem(db, id);
  if (row?.verdict !== 'conflict') fail('INPUT_INVALID', { where: 'conflict.get', detail: 'event' });
  const mine = parseEvent(row.raw);
  const { kind, id: subject } = mine.subject;
  const stored = eventsOfSubject(db, kind, subject);
  const applied = appliedUntilAnswer(stored, mine, row.deliveredAt ?? '');
  const who = (e: Event) => ({ at: e.at, name: e.actor.name, here: e.device === device, verb: e.verb });
  const { differing, rest, isStep } = versionsOf(mine, applied);
  const closing = stored.find((e) => isClosing(e.event, id))?.event;
  const open = openConflicts(db, row.field ?? '');
  return {
    item: toItem(db, row),
    mine: who(mine),
    revision: viewOf(stored, inboxRead(db)).revision,
    differing: differing.map((v) => ({ ...v, by: v.by && who(v.by) })),
    rest: [...rest],
    isStep,
    closedBy: closing ? who(closing) : null,
    chosen: closing ? chosenSides(closing, differing) : null,
    alikeEvents: open.filter((other) => other !== id),
  };
}

const TOLD_DAYS = 7;

export function getRecovery({ db, desk, identity }: ReadCtx): Output<'sync.recovery'> {
  requireIdentity(identity);
  const since = new Date(desk.clock.now() - TOLD_DAYS * 86_400_000).toISOString();
  const why = z.enum(replaceReasons);
  const last = lastRecovery(db, since);
  return {
    under: readRecovering(db),
    last: last && { ...last, why: why.parse(last.why) },
  };
}

/** Both versions as they stood when somebody answered: what was written later is no part of either. */
function appliedUntilAnswer(stored: readonly StoredEvent[], mine: Event, told: string): readonly Event[] {
  const applied = standingEvents(stored.filter((e) => e.verdict === 'accepted' || e.verdict === 'merged'));
  const from = stored.findIndex((e) => e.event.id === mine.id);
  const answers = new Set(
    stored.flatMap(({ event }, i) =>
      i > from && event.device === mine.device && event.at >= told ? [event.id] : [],
    ),
  );
  const end = applied.findIndex((e) => answers.has(e.id));
  return end < 0 ? applied : applied.slice(0, end);
}

/** Of a sheet the figures of this machine that were kept stand in the closing itself. */
function chosenSides(
  { body }: Event,
  differing: readonly { readonly field: string }[],
): ConflictView['chosen'] {
  const fields = sidesSchema.safeParse(body['fields']);
  if (fields.success) return fields.data;
  const cells = z.array(countCell).safeParse(body['cells']).data ?? [];
  const kept = new Set(cells.map((c) => cellKey(c.category, c.measure)));
  return Object.fromEntries(differing.map(({ field }) => [field, kept.has(field) ? 'mine' : 'city']));
}

/** One choice closes one conflict, by the id of the returned event. */
function isClosing({ verb, body }: Event, id: string): boolean {
  return verb.endsWith('.resolve') && body['event'] === id;
}
