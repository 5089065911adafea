/** What the city's rules say of everything that a desk has written, in its order, without a network. */
import { parseEvent } from '../../db/queries/event.ts';
import type { Event } from '../../shared/domain/event.ts';
import { project, type Subject } from '../../shared/domain/project.ts';
import type { Role } from '../../shared/domain/verbs.ts';
import { judge, type Verdict } from '../../shared/domain/verdict.ts';
import { type TestDesk, WARD } from './temp-desk.ts';

export function cityJudges(
  { desk }: TestDesk,
  sender: { readonly role?: Role; readonly office?: string } = {},
): readonly Verdict[] {
  const raws = desk.db.$client.prepare('SELECT raw FROM event ORDER BY n').pluck().all() as string[];
  const subjects = new Map<string, { current: Subject | undefined; applied: Event[] }>();
  return raws.map((raw) => {
    const event = parseEvent(raw);
    const known = subjects.get(event.subject.id) ?? { current: undefined, applied: [] };
    const verdict = judge({ event, sender: { role: 'clerk', office: WARD, ...sender }, ...known });
    subjects.set(event.subject.id, {
      current: project(event, known.current),
      applied: [...known.applied, event],
    });
    return verdict;
  });
}
