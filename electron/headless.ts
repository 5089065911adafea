/** `so-mot-cua --sync` and `--verify`: what happened as one line of JSON without personal data, and the exit code that says it. */
import type { Output, Reply } from '../shared/contract/ipc/registry.ts';

export const headlessTasks = ['sync', 'verify'] as const;
export type HeadlessTask = (typeof headlessTasks)[number];
export const headlessCalls = { sync: 'sync.run', verify: 'data.verify' } as const satisfies Record<
  HeadlessTask,
  string
>;

/** 0 = well, 1 = something needs a person, 2 = failed. */
export interface HeadlessResult {
  readonly code: 0 | 1 | 2;
  readonly line: Readonly<Record<string, unknown>>;
}

export function headlessTask(argv: readonly string[]): HeadlessTask | null {
  return headlessTasks.find((task) => argv.includes(`--${task}`)) ?? null;
}

export function headlessResult(task: HeadlessTask, reply: Reply<unknown>): HeadlessResult {
  if (!reply.ok) return withCode(task, 2, { error: reply.problem.code });
  return task === 'sync'
    ? syncResult(reply.value as Output<'sync.run'>)
    : verifyResult(reply.value as Output<'data.verify'>);
}

/** The app is open on this data: it sends by itself, and is asked to do so now; checking needs the data for itself. */
export function besideOpenApp(task: HeadlessTask): HeadlessResult {
  return withCode(task, task === 'sync' ? 0 : 2, { by: 'open_app' });
}

/** The store could not be opened. */
export function headlessFailure(task: HeadlessTask, error: string): HeadlessResult {
  return withCode(task, 2, { error });
}

function syncResult(state: Output<'sync.run'>): HeadlessResult {
  const { line, waiting, attention, received, lastReceiptAt, lastError, clockOffsetMs, accountKnown } = state;
  const needsPerson = waiting > 0 || attention > 0 || !accountKnown;
  return withCode('sync', lastError ? 2 : needsPerson ? 1 : 0, {
    ...{ line, waiting, attention, received, lastReceiptAt, clockOffsetMs, accountKnown },
    error: lastError?.code ?? null,
  });
}

/** Problems name ids and places, never content. */
function verifyResult({ ok, events, subjects, problems }: Output<'data.verify'>): HeadlessResult {
  return withCode('verify', ok ? 0 : 1, { events, subjects, problems });
}

function withCode(task: HeadlessTask, code: HeadlessResult['code'], facts: object): HeadlessResult {
  return { code, line: { task, code, ...facts } };
}
