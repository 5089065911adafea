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

/**
 * The door behind the lock screen. While it is shut, calls other than those of signing in wait; they go on when the same
 * person comes back, and are refused when somebody else does: nothing that one typed is ever stored as another's.
 */
let shut = false;
const waiting = new Set<(go: boolean) => void>();
const underWay = new Set<Promise<unknown>>();
const SETTLE_MS = 1_000;

/** Lets what is under way come to its end (a second at most), then shuts. */
export async function shutDoor(): Promise<void> {
  const soon = new Promise((done) => setTimeout(done, SETTLE_MS));
  await Promise.race([Promise.allSettled([...underWay]), soon]);
  shut = true;
}

export function openDoor(samePerson: boolean): void {
  shut = false;
  for (const go of waiting) go(samePerson);
  waiting.clear();
}

async function wait(): Promise<void> {
  if (await new Promise<boolean>((go) => waiting.add(go))) return;
  throw new ProblemError({
    code: 'SIGN_IN_NEEDED',
    sentence: problemSentence('SIGN_IN_NEEDED'),
    details: {},
  });
}

export async function invoke<M extends Method>(method: M, input: Input<M>): Promise<Output<M>> {
  // With the door open nothing is awaited before the call: a window that closes has handed it over.
  if (shut && !method.startsWith('account.')) await wait();
  const call = bridge().invoke(method, input) as Promise<Reply<Output<M>>>;
  underWay.add(call);
  const reply = await call.finally(() => underWay.delete(call));
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
