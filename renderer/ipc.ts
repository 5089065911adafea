/** The only door to the rest of the program: typed calls and announcements over the bridge that preload puts on the window. */
import type { ProblemValue } from '../shared/contract/ipc/common.ts';
import type {
  Announcement,
  AnnouncementBody,
  Bridge,
  Input,
  Method,
  Output,
  Reply,
} from '../shared/contract/ipc/registry.ts';
import { problemSentence } from '../shared/problem.ts';

declare global {
  interface Window {
    readonly desk?: Bridge;
  }
}

/** An expected failure, as a value with its code and its sentence. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: ProblemValue;
  constructor(problem: ProblemValue) {
    super(`${problem.code}: ${problem.sentence}`);
    this.problem = problem;
  }
}

function bridge(): Bridge {
  if (!window.desk) throw new ProblemError(internal('window.desk'));
  return window.desk;
}

function internal(where: string): ProblemValue {
  const details = { where, ref: new Date().toISOString().slice(0, 16) };
  return { code: 'INTERNAL', sentence: problemSentence('INTERNAL', details), details };
}

export async function invoke<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  const reply = (await bridge().invoke(method, input)) as Reply<Output<M>>;
  if (reply.ok) return reply.value;
  throw new ProblemError(reply.problem);
}

export function subscribe<A extends Announcement>(
  announcement: A,
  listener: (body: AnnouncementBody<A>) => void,
): () => void {
  return bridge().subscribe(announcement, (body) => listener(body as AnnouncementBody<A>));
}

/** What to show for anything that was thrown. */
export function asProblem(error: unknown, where = 'renderer'): ProblemValue {
  return error instanceof ProblemError ? error.problem : internal(where);
}
