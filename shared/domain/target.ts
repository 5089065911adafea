/** Targets (chỉ tiêu) that an office sets for a unit's figures, by date. Where there is none there is no percentage. */
import { z } from 'zod';
import { isMeasure } from '../catalogue/categories.ts';
import { isWithin, unitOn } from '../catalogue/units.ts';
import { showDate } from '../lib/local-date.ts';
import type { ProblemCode, ProblemDetails } from '../problem.ts';
import type { Event } from './event.ts';

/** Body of `target.set`; `value` null takes the target back. The subject is `target:<unit code>`. */
export const targetBody = z.object({
  /** Code of the unit, without its date. */
  unit: z.string().min(1).max(12),
  category: z.string().min(1).max(60),
  measure: z.string().min(1).max(60),
  value: z.int().min(1).nullable(),
  from: z.iso.date(),
  to: z.iso.date().nullable(),
  source: z.string().min(1).max(300),
});
export type TargetBody = z.infer<typeof targetBody>;

export interface Targets {
  readonly id: string;
  readonly revision: number;
  readonly unit: string;
  /** `category/measure@from` -> target. */
  readonly targets: Readonly<Record<string, TargetBody>>;
}

export function targetId(unit: string): string {
  return `target:${unit}`;
}

export function targetKey({
  category,
  measure,
  from,
}: Pick<TargetBody, 'category' | 'measure' | 'from'>): string {
  return `${category}/${measure}@${from}`;
}

/** What is wrong with a target that this office sets; null = nothing. `value` 0 is refused: no target is a blank. */
export function targetProblem(
  {
    unit,
    category,
    measure,
    value,
    from,
    to,
    source,
  }: Omit<TargetBody, 'value'> & { readonly value: number | null },
  office: string,
): { readonly code: ProblemCode; readonly details: ProblemDetails } | null {
  const problem = (code: ProblemCode, details: ProblemDetails = {}) => ({ code, details });
  if (!unitOn(unit, from)) return problem('UNIT_UNKNOWN', { code: unit });
  if (!isWithin(unit, office, from)) return problem('UNIT_OUT_OF_SCOPE', { code: unit });
  if (!isMeasure(category, measure)) return problem('CATEGORY_UNKNOWN', { code: category });
  if (to !== null && to < from) return problem('WINDOW_REVERSED');
  if (source === '') return problem('FACT_SOURCE');
  return value === 0 ? problem('TARGET_ZERO', { date: showDate(from) }) : null;
}

export function projectTargets(event: Event, before: Targets | undefined): Targets | undefined {
  if (event.verb !== 'target.set') return before && { ...before, revision: before.revision + 1 };
  const body = targetBody.parse(event.body);
  const targets = { ...before?.targets };
  delete targets[targetKey(body)];
  if (body.value !== null) targets[targetKey(body)] = body;
  return { id: event.subject.id, revision: (before?.revision ?? 0) + 1, unit: body.unit, targets };
}
