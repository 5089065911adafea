/**
 * Two versions of one subject, field by field: what this machine wrote and what the city holds instead. Nothing of the returned event
 * was applied, so that the city's version is the fold of its own order; this machine's version is its event laid over what it had read.
 */
import type { Event } from './event.ts';
import { fold, project, type Subject, touchedFields } from './project.ts';
import { isOpen } from './sheet.ts';

export interface Version {
  readonly field: string;
  /** What stood there when this machine wrote; null = nothing was known yet. */
  readonly base: string | null;
  /** '' = blank. */
  readonly mine: string;
  readonly city: string;
  /** The city's newest event that set it and that this machine had not read. */
  readonly by: Event | null;
  /** A step, a hand-over or a lock set it: typing does not outrank it. */
  readonly decided: boolean;
}
export interface Versions {
  readonly differing: readonly Version[];
  /** The city's values of all other fields: they stay whatever is chosen. */
  readonly rest: readonly { readonly field: string; readonly value: string }[];
  /** This machine's event was a step itself: it is not merged, it is recorded again where it is still right. */
  readonly isStep: boolean;
}

const STEPS: ReadonlySet<string> = new Set([
  'dossier.act',
  'dossier.transfer',
  'sheet.lock',
  'sheet.approve',
  'sheet.return',
  'sheet.unlock',
]);

/** `applied`: events that the city applied, in its order. */
export function versionsOf(mine: Event, applied: readonly Event[]): Versions {
  // What its own stream brought the machine knew; of the others only the first `base` revisions.
  const isRead = (e: Event, i: number) => i < mine.base || (e.stream === mine.stream && e.seq < mine.seq);
  const read = fold(applied.filter(isRead));
  const unread = applied.filter((e, i) => !isRead(e, i));
  const [base, city] = [factsOf(read), factsOf(fold(applied))];
  const own = factsOf(project(mine, read));
  const set = new Set(touchedFields(mine));
  const isMine = (field: string) => set.has(field) || set.has('*') || own[field] !== base[field];
  const all = [...new Set([...Object.keys(own), ...Object.keys(city)])].sort();
  const differing = all.filter((f) => isMine(f) && (own[f] ?? '') !== (city[f] ?? ''));
  const locked = isLocked(fold(applied));
  return {
    differing: differing.map((field) => {
      const by = unread.findLast((e) => sets(e, field)) ?? null;
      return {
        field,
        base: read ? (base[field] ?? '') : null,
        mine: own[field] ?? '',
        city: city[field] ?? '',
        by,
        decided: locked || isDecided(field) || (by !== null && STEPS.has(by.verb)),
      };
    }),
    rest: all
      .filter((f) => !differing.includes(f) && (city[f] ?? '') !== '')
      .map((field) => ({ field, value: city[field] ?? '' })),
    isStep: STEPS.has(mine.verb),
  };
}

function isLocked(city: Subject | undefined): boolean {
  return city?.kind === 'sheet' && !isOpen(city.state);
}

function isDecided(field: string): boolean {
  return field === 'due' || field === 'status' || field === 'holder' || /^(component|due)\//.test(field);
}

/** A step names its components; their due days move with them. */
function sets(event: Event, field: string): boolean {
  const touched = touchedFields(event);
  const component = field.replace(/^due\//, 'component/');
  return touched.includes('*') || touched.includes(field) || touched.includes(component);
}

/** Every value of a dossier or a sheet as text, by the name that verdicts use. Other subjects have no two versions to look at. */
function factsOf(subject: Subject | undefined): Readonly<Record<string, string>> {
  if (subject?.kind === 'dossier') {
    const { form, components, due } = subject.state;
    const dues = components.map((c) => [`due/${c.code}`, c.due ?? '']);
    const states = components.map((c) => [`component/${c.code}`, c.state]);
    return { ...form, ...Object.fromEntries([...dues, ...states]), due: due ?? '' };
  }
  if (subject?.kind !== 'sheet') return {};
  const { cells, notes, status } = subject.state;
  const outside = Object.keys(notes).flatMap((key) => (notes[key]?.outside ? [[key, OUTSIDE]] : []));
  const figures = Object.entries(cells).map(([key, value]) => [key, String(value)]);
  return { ...Object.fromEntries([...outside, ...figures]), status };
}

/** A cell that is "không thuộc địa bàn". */
export const OUTSIDE = 'outside';
