/** Closing of a day: what still wants an explanation, and what changed since the last closing. */
import type { DayView } from '../../../shared/contract/ipc/day.ts';
import { named, t } from '../../text/text.ts';

type Notes = Readonly<Record<string, string>>;
type Kind = DayView['differences'][number]['kind'];

/** What stands in the field: what was typed now, else the words of the last closing. */
export function noteOf(view: DayView, typed: Notes, kind: Kind): string {
  return typed[kind] ?? view.closed?.differences.find((d) => d.kind === kind)?.note ?? '';
}

export function unexplained(view: DayView, typed: Notes): readonly Kind[] {
  return view.differences.map((d) => d.kind).filter((kind) => noteOf(view, typed, kind).trim() === '');
}

export function notesOf(view: DayView, typed: Notes): { readonly kind: Kind; readonly note: string }[] {
  return view.differences.map(({ kind }) => ({ kind, note: noteOf(view, typed, kind).trim() }));
}

/** Differences that came, went or grew since the closing; where none did, that the figures did. */
export function changedSince({ closed, differences }: DayView): readonly string[] {
  if (!closed?.stale) return [];
  const kinds = [...new Set([...closed.differences, ...differences].map((d) => d.kind))];
  const count = (list: readonly { readonly kind: Kind; readonly n: number }[], kind: Kind) =>
    list.find((d) => d.kind === kind)?.n ?? 0;
  const lines = kinds.flatMap((kind) => {
    const [before, now] = [count(closed.differences, kind), count(differences, kind)];
    return before === now ? [] : [t('day.closed.was', { kind: named('day.difference', kind), before, now })];
  });
  return lines.length > 0 ? lines : [t('day.closed.other')];
}
