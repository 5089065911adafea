/** A machine with its gate, as the data process makes it, without the cost of a guess and without the network. */
import { noOsWrap } from '../../db/key-slots.ts';
import { type Gate, type GateOptions, makeGate } from '../../electron/data/gate.ts';
import { randomIds, startDesk } from '../../electron/data/start-desk.ts';
import type { Input, Method, Output } from '../../shared/contract/ipc/registry.ts';
import type { TestClock } from './clock.ts';
import { MIGRATIONS } from './temp-desk.ts';

const cost = { memoryKiB: 64, passes: 1 };

interface Machine extends Partial<Pick<GateOptions, 'headless' | 'given'>> {
  readonly folder: string;
  readonly clock: TestClock;
  readonly report: (ref: string, error: unknown) => void;
}
export function gateOn({ headless = false, given = null, ...machine }: Machine): Gate {
  const shared = { ...machine, announce: () => undefined };
  return makeGate({
    ...{ ...shared, os: noOsWrap, cost, headless, given },
    start: (keys, who) =>
      startDesk({
        ...{ ...shared, keys, who, ids: randomIds, migrationsFolder: MIGRATIONS },
        ...{ version: '0', cityUrl: 'http://127.0.0.1:1', cityUrlForced: false, demo: false, program: [] },
      }),
  });
}

/** The value, or throws the problem's code. */
export async function callGate<M extends Method>(gate: Gate, method: M, input: Input<M>): Promise<Output<M>> {
  const reply = await gate.dispatch(method, input);
  if (!reply.ok) throw new Error(`${method}: ${reply.problem.code}`);
  return reply.value as Output<M>;
}

/** OK, or the problem's code. */
export async function codeOf(gate: Gate, method: Method, input: unknown): Promise<string> {
  const reply = await gate.dispatch(method, input);
  return reply.ok ? 'OK' : reply.problem.code;
}
