/**
 * The wrapper around every call of the window: parse, identity, permission, transaction, answer shape. Handlers decide, nothing else.
 * Announcements follow the commit; a failure is a value with a code.
 */
import { randomBytes } from 'node:crypto';
import { named, sqliteProblem } from '../db/sqlite-problem.ts';
import { write } from '../db/write.ts';
import { ipc, isMethod, type Method, type Reply } from '../shared/contract/ipc/registry.ts';
import { wellFormed } from '../shared/lib/well-formed.ts';
import { Problem } from '../shared/problem.ts';
import {
  actingIdentity,
  authorOf,
  type Desk,
  kindsOf,
  problemValue,
  type ReadCtx,
  requireIdentity,
  requireMay,
  requireWritable,
  type SyncPort,
  type TaskCtx,
} from './context.ts';
import { notedOf, refusedOf } from './handlers/access-rules.ts';
import { reads, tasks, writes } from './handlers/registry.ts';

export type Dispatch = (method: unknown, input: unknown) => Promise<Reply<unknown>>;

export function makeDispatch(
  desk: Desk,
  sync: SyncPort,
  report: (ref: string, error: unknown) => void,
): Dispatch {
  async function answer(method: Method, input: unknown): Promise<unknown> {
    const identity = actingIdentity(desk);
    if (identity) requireMay(identity, method);
    requireWritable(desk, method);
    const parsed = ipc[method].input.safeParse(wellFormed(input));
    if (!parsed.success)
      throw new Problem('INPUT_INVALID', {
        where: method,
        detail: parsed.error.issues[0]?.path.join('.') ?? '',
      });
    const output = await run({ desk, db: desk.db, identity, sync }, method, parsed.data);
    noteAccess(desk, method, parsed.data, output);
    return ipc[method].output.parse(output);
  }
  return async (method, input) => {
    try {
      if (!isMethod(method))
        throw new Problem('INPUT_INVALID', { where: nameOf(method), detail: 'không có chức năng này' });
      const value = await answer(method, input).catch((error: unknown) => {
        noteRefusal(desk, method, error);
        throw error;
      });
      return { ok: true, value };
    } catch (error) {
      return { ok: false, problem: problemValue(asProblem(desk, error, nameOf(method), report)) };
    }
  };
}

/** Before the answer goes out. */
function noteAccess({ access }: Desk, method: Method, input: unknown, output: unknown): void {
  const noted = notedOf(method, input, output);
  if (noted?.kind === 'look') access.opening(noted.deed);
  else if (noted) access.note(noted.deed);
}

function noteRefusal({ access }: Desk, method: Method, error: unknown): void {
  const deed = error instanceof Problem && error.code === 'FORBIDDEN' ? refusedOf(method) : null;
  if (deed) access.note(deed);
}

/** What was called, for a message; anything may come from a window, even what cannot be turned into text. */
function nameOf(method: unknown): string {
  return typeof method === 'string' ? method.slice(0, 60) : typeof method;
}

async function run(base: ReadCtx, method: Method, input: unknown): Promise<unknown> {
  const { desk, sync } = base;
  const call = <T>(table: T, name: string) =>
    (table as Record<string, (ctx: unknown, input: unknown) => unknown>)[name];
  switch (ipc[method].kind) {
    case 'read':
      return named(() => call(reads, method)?.(base, input));
    case 'write': {
      const owner = requireIdentity(base.identity);
      const { value, events } = write(authorOf(desk, owner), (writer) =>
        call(writes, method)?.({ ...writer, desk, identity: owner }, input),
      );
      announceChanged(desk, sync, kindsOf(events));
      return value;
    }
    case 'task':
    case 'inner':
      return call(tasks, method)?.(taskContext(base), input);
    case 'gate':
    case 'inner-gate':
    case 'shell':
      throw new Problem('INPUT_INVALID', { where: method, detail: 'chức năng của cửa sổ' });
  }
}

function taskContext(base: ReadCtx): TaskCtx {
  const { desk, sync } = base;
  return {
    ...base,
    write(work) {
      const { value, events } = write(authorOf(desk, requireIdentity(base.identity)), work);
      announceChanged(desk, sync, kindsOf(events));
      return value;
    },
    changed: (...kinds) => announceChanged(desk, sync, kinds),
  };
}

function announceChanged(desk: Desk, sync: SyncPort, kinds: ReturnType<typeof kindsOf>): void {
  if (kinds.length === 0) return;
  desk.announce('changed', kinds);
  if (kinds.includes('sync') || kinds.includes('session')) desk.announce('sync-state', sync.state());
}

/** Expected failures keep their code; anything else is a bug: reported with a reference, nothing of it shown. */
function asProblem(
  desk: Desk,
  error: unknown,
  where: string,
  report: (ref: string, error: unknown) => void,
): Problem {
  const known = sqliteProblem(error);
  // A column, table or value that only the newer program knows.
  const unread = !(known instanceof Problem) || known.code === 'DB_FAILED';
  if (unread && desk.readOnly() === 'newer') return new Problem('DB_NEWER_SCREEN', {}, { cause: error });
  if (known instanceof Problem) return known;
  const ref = randomBytes(4).toString('hex');
  report(ref, error);
  return new Problem('INTERNAL', { where, ref }, { cause: error });
}
