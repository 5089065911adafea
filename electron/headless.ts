/** `so-mot-cua --sync`, `--verify`, `--export PLACE`, `--import PLACE`: what happened as one line of JSON without personal data, and the exit code that says it. */
import type { Method, Output, Reply } from '../shared/contract/ipc/registry.ts';
import { unreachable } from '../shared/lib/must.ts';

export const headlessTasks = ['sync', 'verify', 'export', 'import'] as const;
export type HeadlessTask = (typeof headlessTasks)[number];
export const headlessCalls = {
  sync: 'sync.run',
  verify: 'data.verify',
  export: 'courier.write',
  import: 'courier.read',
} as const satisfies Record<HeadlessTask, Method>;

/** 0 = well, 1 = something needs a person, 2 = failed. */
export interface HeadlessResult {
  readonly code: 0 | 1 | 2;
  readonly line: Readonly<Record<string, unknown>>;
}

export function headlessTask(argv: readonly string[]): HeadlessTask | null {
  return (
    headlessTasks.find((task) => argv.some((a) => a === `--${task}` || a.startsWith(`--${task}=`))) ?? null
  );
}

/** What the call is given: a folder or a file on the stick, as written after the task or after its `=`; empty where nothing was. */
export function headlessInput(task: HeadlessTask, argv: readonly string[]): object {
  if (task !== 'export' && task !== 'import') return {};
  const at = argv.findIndex((one) => one === `--${task}` || one.startsWith(`--${task}=`));
  const [, given = argv[at + 1]] = (argv[at] ?? '').split(/=(.*)/s);
  return { place: given ?? '' };
}

export function headlessResult(task: HeadlessTask, reply: Reply<unknown>): HeadlessResult {
  if (!reply.ok) return failed(task, reply.problem.code);
  switch (task) {
    case 'sync':
      return syncResult(reply.value as Output<'sync.run'>);
    case 'verify':
      return verifyResult(reply.value as Output<'data.verify'>);
    case 'export':
      return withCode(task, 0, reply.value as Output<'courier.write'>);
    case 'import':
      return importResult(reply.value as Output<'courier.read'>);
    default:
      return unreachable(task);
  }
}

/** Nothing to carry is no failure. */
function failed(task: HeadlessTask, code: string): HeadlessResult {
  return withCode(task, code === 'COURIER_NOTHING' ? 0 : 2, { error: code });
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

function importResult({ refused, ...facts }: Output<'courier.read'>): HeadlessResult {
  const codes = refused.map((one) => one.problem.code);
  const well = facts.apart === null && facts.stopped === null && codes.length === 0;
  return withCode('import', well ? 0 : 1, { ...facts, refused: codes });
}

function withCode(task: HeadlessTask, code: HeadlessResult['code'], facts: object): HeadlessResult {
  return { code, line: { task, code, ...facts } };
}
