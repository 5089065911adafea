/**
 * The later words of one transaction. Where an event lets more offices see its subject (a dossier handed to another ward), every applied event of that subject gets a
 * later word: the same verdict, the scope of now, in the order of the revisions. So the new office's inbox brings the whole history.
 */
import { type Subject, subjectKey } from '../domain/project.ts';
import { scopeOf, widened } from '../domain/scope.ts';
import type { Verdict } from '../domain/verdict.ts';
import { must } from '../lib/must.ts';
import type { HubTx, LaterWord } from './hub-ports.ts';
import type { Bench } from './judge-line.ts';

type Said = Pick<LaterWord, 'id' | 'verdict'>;
interface Judgements {
  /** Subjects as they stood before anything was judged. */
  readonly before: ReadonlyMap<string, Subject>;
  /** First words of this transaction. */
  readonly first: readonly Said[];
  /** Later words of this transaction. */
  readonly later: readonly LaterWord[];
}

/** One word for each event: the later one, or the wider one, which says the same to more offices. */
export async function laterWords(
  tx: Pick<HubTx, 'firstCopies'>,
  bench: Bench,
  { before, first, later }: Judgements,
): Promise<readonly LaterWord[]> {
  const said = new Map([...first, ...later].map((w) => [w.id, w.verdict]));
  const wider = await widenedWords(tx, bench, { before, said });
  const shown = new Set(wider.map((w) => w.id));
  return [...later.filter((w) => !shown.has(w.id)), ...wider];
}

async function widenedWords(
  tx: Pick<HubTx, 'firstCopies'>,
  { memory, today }: Bench,
  { before, said }: Pick<Judgements, 'before'> & { readonly said: ReadonlyMap<string, Verdict> },
): Promise<readonly LaterWord[]> {
  const wider = [...memory.changed].filter(
    (key) => widened(before.get(key), memory.subjects.get(key)).length > 0,
  );
  const events = wider.flatMap((key) => memory.applied.get(key) ?? []);
  const stored = await tx.firstCopies(events.filter((e) => !said.has(e.id)).map((e) => e.id));
  return events.map((event) => ({
    id: event.id,
    verdict: must(said.get(event.id) ?? stored.get(event.id)?.verdict, 'verdict of an applied event'),
    scope: scopeOf(event, memory.subjects.get(subjectKey(event.subject)), today),
  }));
}
