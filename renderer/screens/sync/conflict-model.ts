/** Choosing between two versions: which sides are possible, and what is written of a choice. */
import type { ConflictView, VersionField } from '../../../shared/contract/ipc/attention.ts';
import { keptOf, type Side } from '../../../shared/domain/resolve.ts';
import { cellKey } from '../../../shared/domain/sheet.ts';
import type { Resolution } from '../../data/attention.ts';

export type Sides = Readonly<Record<string, Side>>;

/** A step is not merged, and what a decision set stays the city's. */
export function mayBeMine(
  view: Pick<ConflictView, 'isStep'>,
  { decided }: Pick<VersionField, 'decided'>,
): boolean {
  return !view.isStep && !decided;
}

/** All fields to one side, as far as they may go there. */
export function allTo(side: Side, view: Pick<ConflictView, 'isStep' | 'differing'>): Sides {
  return Object.fromEntries(
    view.differing.map((f) => [f.field, side === 'mine' && mayBeMine(view, f) ? 'mine' : 'city']),
  );
}

/** What needs no choice is chosen from the start. */
export function firstSides(view: Pick<ConflictView, 'isStep' | 'differing'>): Sides {
  return Object.fromEntries(
    view.differing.filter((f) => !mayBeMine(view, f)).map((f) => [f.field, 'city' as const]),
  );
}

export function undecided({ differing }: Pick<ConflictView, 'differing'>, sides: Sides): readonly string[] {
  return differing.map((f) => f.field).filter((field) => sides[field] === undefined);
}

export function resolutionOf(view: ConflictView, sides: Sides, reason: string): Resolution {
  const { item, revision, differing } = view;
  const kept = keptOf(sides);
  const about = { id: item.subject.id, event: item.eventId, kept, reason };
  if (item.subject.kind === 'sheet')
    return {
      sheet: {
        ...about,
        cells: item.cells.filter((c) => sides[cellKey(c.category, c.measure)] === 'mine'),
      },
    };
  const mine = differing.filter((f) => sides[f.field] === 'mine');
  return {
    dossier: {
      ...about,
      base: revision,
      fields: { ...sides },
      changes: Object.fromEntries(mine.map((f) => [f.field, f.mine])),
    },
  };
}

/** A choice under way: a side for each field that has one, and the reason as typed. */
export interface Choosing {
  readonly sides: Sides;
  readonly reason: string;
}
/** No field has such a name. */
const REASON = '$reason';

export function keptChoice({ sides, reason }: Choosing): Readonly<Record<string, string>> {
  return { ...sides, [REASON]: reason };
}

/** Goes on where the page was left; sides that are not possible any more fall back to what needs no choice. */
export function begunChoice(
  view: Pick<ConflictView, 'isStep' | 'differing' | 'chosen'>,
  { [REASON]: reason = '', ...kept }: Readonly<Record<string, string>>,
): Choosing {
  if (view.chosen) return { sides: view.chosen, reason: '' };
  const possible = view.differing.flatMap((f) => {
    const side = kept[f.field];
    return side === 'city' || (side === 'mine' && mayBeMine(view, f)) ? [[f.field, side] as const] : [];
  });
  return { sides: { ...firstSides(view), ...Object.fromEntries(possible) }, reason };
}
