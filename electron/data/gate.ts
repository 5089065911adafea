/**
 * The gate before the store: who may open it, who acts, and when it is shut. Every call of the window passes here; those of
 * signing in are answered here, one after another, the rest only while somebody is signed in.
 */
import { diskProblem } from '../../db/disk-problem.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { sqliteProblem } from '../../db/sqlite-problem.ts';
import type { AccountState } from '../../shared/contract/ipc/account.ts';
import { type Input, ipc, isMethod, type MethodOf, type Output } from '../../shared/contract/ipc/registry.ts';
import { DEMO_PASSWORD } from '../../shared/domain/sign-in.ts';
import { Problem } from '../../shared/problem.ts';
import { problemValue, requireWritable } from '../context.ts';
import type { Dispatch } from '../dispatch.ts';
import { makeCityUnlock } from './city-unlock.ts';
import { type GateStoreOptions, openGateStore } from './gate-store.ts';
import * as people from './people.ts';
import type { StartedDesk } from './start-desk.ts';

type GateMethod = MethodOf<'gate' | 'inner-gate'>;
type Calls = { readonly [M in GateMethod]: (input: Input<M>) => Output<M> | Promise<Output<M>> };

/** A password from outside the window: of whom, where several people have one. */
export interface GivenPassword {
  readonly password: string;
  readonly name: string | null;
}
export interface GateOptions extends GateStoreOptions {
  /** A run without a window: what needs no password yet is open to it. */
  readonly headless: boolean;
  readonly given: GivenPassword | null;
}
export interface Gate {
  readonly dispatch: Dispatch;
  /** The open store; null while nobody has opened it. */
  opened(): StartedDesk | null;
  /** Opens by itself what may be opened without a person at the window: a password from outside, a demonstration in a run without one. */
  signInGiven(): Promise<void>;
  /** Makes the demonstration's person, whose password is no secret. */
  chooseDemo(): Promise<void>;
  close(): Promise<void>;
}

/** What the first greeting after the enrolment brought is used at the next of these. */
const sealsAfter: readonly string[] = [
  'account.sign-in',
  'account.sign-in-by-pin',
  'account.lock',
  'account.choose',
];
/** Sending goes on behind a locked window; what it answers are numbers. */
const whileLocked = ['sync.run'];

export function makeGate(options: GateOptions): Gate {
  const store = openGateStore(options);
  const city = makeCityUnlock(store, { folder: options.folder, os: options.os, now: options.clock.now });
  const calls: Calls = {
    'account.write-request': city.writeRequest,
    'account.read-answer': city.readAnswer,
    'account.recover-by-city': city.recover,
    'account.state': () => people.stateOf(store),
    'account.sign-in': (input) => answered(people.signIn(store, input)),
    'account.sign-in-by-pin': (input) => answered(people.signInByPin(store, input)),
    'account.lock': ({ turn }) =>
      answered(turn === undefined || turn === store.turn() ? store.lock() : undefined),
    'account.choose': (input) => people.choose(store, input),
    'account.change': (input) => people.changePassword(store, input),
    'account.recover': (input) => people.recover(store, input),
    'account.new-recovery': (input) => people.newRecovery(store, input),
    'account.set-pin': (input) => people.setPin(store, input),
    'account.add': (input) => answered(people.addPerson(store, input)),
    'account.remove': (input) => answered(people.removePerson(store, input)),
    'account.set-idle': (input) => answered(people.setIdle(store, input)),
  };
  async function answered(work: void | Promise<void>): Promise<AccountState> {
    await work;
    return people.stateOf(store);
  }

  let turn: Promise<unknown> = Promise.resolve();
  /** One after another: two windows of one machine must not both pass the count of wrong passwords. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = turn.then(work);
    turn = next.catch(() => undefined);
    return next;
  }

  async function gateCall(method: GateMethod, input: unknown) {
    const parsed = ipc[method].input.safeParse(input);
    // Not even the name of the field: what is in it is a password.
    if (!parsed.success) throw new Problem('INPUT_INVALID', { where: method, detail: '' });
    const call = calls[method] as (input: unknown) => unknown;
    return inTurn(async () => {
      const open = store.opened();
      if (open) requireWritable(open.desk, method);
      const answer = ipc[method].output.parse(await call(parsed.data));
      if (sealsAfter.includes(method)) await seal();
      return answer;
    });
  }

  /** Without it the machine works as before; a full disk must keep nobody out. */
  const seal = async () => {
    if (store.opened()?.desk.readOnly() == null)
      await city.seal().catch((error: unknown) => options.report('city-slot', error));
  };

  /** Why the password from outside did not open: a run without a window has nobody else to tell. */
  let refused: Problem | null = null;

  function mayPass(method: string): boolean {
    const phase = store.phase();
    if (phase === 'open' || phase === 'unenrolled') return true;
    if (phase === 'choose') return options.headless;
    return (phase === 'locked' || phase === 'renew') && whileLocked.includes(method);
  }

  const dispatch: Dispatch = async (method, input) => {
    try {
      if (isMethod(method) && ['gate', 'inner-gate'].includes(ipc[method].kind))
        return { ok: true, value: await gateCall(method as GateMethod, input) };
      const started = store.opened();
      if (!started || !mayPass(String(method)))
        throw refused ?? new Problem(store.phase() === 'renew' ? 'PASSWORD_GIVEN' : 'SIGN_IN_NEEDED');
      return started.dispatch(method, input);
    } catch (error) {
      return { ok: false, problem: problemValue(asProblem(error)) };
    }
  };
  function asProblem(thrown: unknown): Problem {
    const error = sqliteProblem(diskProblem(thrown));
    if (error instanceof Problem) return error;
    if (store.opened()?.desk.readOnly() === 'newer')
      return new Problem('DB_NEWER_SCREEN', {}, { cause: error });
    options.report('sign-in', error);
    return new Problem('INTERNAL', { where: 'sign-in', ref: '-' }, { cause: error });
  }

  return {
    dispatch,
    opened: store.opened,
    async signInGiven() {
      const { given, headless } = options;
      if (given && store.phase() === 'choose') await people.choose(store, given);
      if (store.phase() !== 'signIn') return;
      const all = store.slots.people();
      const found = all.filter((one) => given?.name == null || one.name === given.name);
      const [one] = found;
      if (!one || found.length > 1) return;
      const password = given?.password ?? (headless && one.demo ? DEMO_PASSWORD : null);
      if (password === null) return;
      try {
        await people.signIn(store, { id: one.id, password });
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (headless) refused = error;
      }
    },
    async chooseDemo() {
      const started = store.opened();
      if (store.phase() !== 'choose' || !started || !readIdentity(started.desk.db)?.demo) return;
      await people.choose(store, { password: DEMO_PASSWORD });
      store.lock();
    },
    async close() {
      await seal();
      await store.close();
    },
  };
}
