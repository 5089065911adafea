/** Chốt ngày: figures of a day from this store and the city's last word on it, and the closing. */
import { isDeepStrictEqual } from 'node:util';
import type { ReadDb } from '../../db/handle.ts';
import { localView } from '../../db/local-view.ts';
import { cityDayOf, dayEvents } from '../../db/queries/day.ts';
import type { Identity } from '../../db/queries/device.ts';
import { sha256 } from '../../db/write.ts';
import type { DayView } from '../../shared/contract/ipc/day.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import {
  type Day,
  type DayBody,
  type Difference,
  dayBody,
  dayDifferences,
  dayFigures,
  dayId,
  digestText,
  isDigestNew,
} from '../../shared/domain/day.ts';
import { bodyOf } from '../../shared/domain/event.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { cleanText } from '../../shared/lib/vietnamese-text.ts';
import { fail } from '../../shared/problem.ts';
import { type ReadCtx, requireIdentity, type WriteCtx } from '../context.ts';

const MOST_EVENTS = 500;

function standing(db: ReadDb, { device }: Identity, day: string) {
  const events = dayEvents(db, device, day);
  const city = cityDayOf(db, day);
  const differences = dayDifferences(events, city);
  return { city, differences, figures: dayFigures(day, events), hash: city && sha256(digestText(city)) };
}

export function getFigures({ db, identity }: ReadCtx, { day }: Input<'day.figures'>): DayView {
  const owner = requireIdentity(identity);
  const { city, differences, figures, hash } = standing(db, owner, day);
  const id = dayId({ ...owner, day });
  const { subject } = localView(db, 'day', id);
  return {
    ...figures,
    city: city && {
      at: city.at,
      events: city.events.filter((e) => e.verb !== 'day.close').length,
      hash: hash ?? '',
      others: [...city.others],
    },
    differences: differences.map(({ kind, events }) => ({
      kind,
      n: events.length,
      events: events.slice(0, MOST_EVENTS),
    })),
    closed: subject?.kind === 'day' ? closedOf(subject.state, { ...figures, differences }) : null,
  };
}

function closedOf(
  state: Day,
  now: Omit<DayBody, 'digestHash' | 'differences'> & { readonly differences: readonly Difference[] },
): DayView['closed'] {
  const { revision, closedAt: at, closedBy: by, differences } = state;
  const names = (list: readonly { readonly kind: string }[]) => list.map((d) => d.kind).join();
  const stale =
    state.entered !== now.entered ||
    state.accepted !== now.accepted ||
    state.returned !== now.returned ||
    names(differences) !== names(now.differences);
  return { revision, at, by, stale, differences: [...differences] };
}

/** Closed again it is a new revision, for what was missing may have come since; where nothing changed it is none. */
export function closeDay(ctx: WriteCtx, { day, notes }: Input<'day.close'>): Output<'day.close'> {
  if (day > localTime(ctx.desk.clock.now()).date) fail('DAY_IN_FUTURE');
  const { differences, figures, hash } = standing(ctx.tx, ctx.identity, day);
  const words = new Map(notes.map(({ kind, note }) => [kind, cleanText(note)]));
  const explained = differences.map(({ kind, events }) => ({
    kind,
    n: events.length,
    note: words.get(kind) || fail('DAY_UNEXPLAINED', { field: kind }),
  }));
  const id = dayId({ ...ctx.identity, day });
  const { subject, revision, base } = localView(ctx.tx, 'day', id);
  const body = { ...figures, digestHash: isDigestNew(differences) ? hash : null, differences: explained };
  if (subject?.kind === 'day' && isDeepStrictEqual(dayBody.parse(subject.state), body)) return { revision };
  ctx.record({ verb: 'day.close', subject: { kind: 'day', id }, base, body: bodyOf(body) });
  return { revision: revision + 1 };
}
