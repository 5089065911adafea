/** What the gate holds: the key slots, the count of wrong passwords, the open store with its key, and who is signed in. */
import path from 'node:path';
import { finishTaking } from '../../db/backup/take.ts';
import { readCitySlot } from '../../db/city-slot.ts';
import type { Clock } from '../../db/clock.ts';
import { type FailedTries, openFailedTries } from '../../db/failed-tries.ts';
import type { KeyCost, OsWrap } from '../../db/key-slot.ts';
import { type KeySlots, openKeySlots } from '../../db/key-slots.ts';
import { type DataKey, dropKeyFile, fileKeyStore, heldKeyStore, type KeyStore } from '../../db/key-store.ts';
import { readIdentity } from '../../db/queries/device.ts';
import type { AccountState } from '../../shared/contract/ipc/account.ts';
import { type LocalDate, localTime } from '../../shared/lib/local-date.ts';
import { fail } from '../../shared/problem.ts';
import type { Desk } from '../context.ts';
import { isGiven } from './given-passwords.ts';
import type { StartedDesk } from './start-desk.ts';

export interface GateStoreOptions {
  readonly folder: string;
  readonly os: OsWrap;
  /** Absent: measured on this machine. */
  readonly cost?: KeyCost;
  readonly clock: Clock;
  readonly announce: Desk['announce'];
  readonly report: (ref: string, error: unknown) => void;
  /** Opens the store with the key and begins to send. */
  readonly start: (keys: KeyStore, who: Desk['who']) => StartedDesk;
}
export interface GateStore {
  readonly slots: KeySlots;
  readonly tries: FailedTries;
  phase(): AccountState['phase'];
  opened(): StartedDesk | null;
  /** Account that works, or that locked; null = nobody yet. */
  actor(): string | null;
  /** The city can be asked to open. */
  hasCitySlot(): boolean;
  /** Counts those who came in. */
  turn(): number;
  /** The open store; refused while it is closed. */
  required(): { readonly started: StartedDesk; readonly key: DataKey };
  /** Opens the store with a key that a slot gave; one that is open already must be of the same key. */
  openWith(key: DataKey): StartedDesk;
  /** From here on this person acts. `byPassword`: his PIN will do for the rest of the day. */
  enter(id: string, byPassword: boolean): void;
  /** The key lies in slots now: the plain key file goes. */
  sealed(): void;
  lock(): void;
  /** Whether this person has signed in with the password today. */
  signedInToday(id: string): boolean;
  /** The password is asked again. */
  forgetDay(id: string): void;
  wrongPins(id: string): number;
  setWrongPins(id: string, n: number): void;
  close(): Promise<void>;
}

export function openGateStore({ folder, os, cost, clock, announce, start }: GateStoreOptions): GateStore {
  finishTaking(
    folder,
    path.join('set-aside', `${new Date(clock.now()).toISOString().replaceAll(/[:.]/g, '')}-truoc`),
  );
  const slots = openKeySlots(folder, { os, ...(cost && { cost }) });
  const isSealed = () => slots.people().length > 0 || slots.hasRecovery();
  let sealed = isSealed();
  const tries = openFailedTries(folder, { mono: clock.mono, begun: sealed });
  const days = new Map<string, LocalDate>();
  const pins = new Map<string, number>();
  let started: StartedDesk | null = null;
  let key: DataKey | null = null;
  let actor: string | null = null;
  let locked = false;
  let turn = 0;

  function open(keys: KeyStore): StartedDesk {
    const holding: KeyStore = {
      open(hasData) {
        key = keys.open(hasData);
        return key;
      },
    };
    started = start(holding, () => actor);
    return started;
  }
  const today = () => localTime(clock.now()).date;
  // Without slots there is nobody to ask: the plain key file, as before the first password.
  if (!sealed) open(fileKeyStore(folder));

  return {
    slots,
    tries,
    phase() {
      if (!started) return 'signIn';
      if (!readIdentity(started.desk.db)) return 'unenrolled';
      if (!sealed) return 'choose';
      if (locked || actor === null) return 'locked';
      const { db, readOnly } = started.desk;
      // Where nothing is written, nothing can be chosen.
      return readOnly() === null && isGiven(db, actor) ? 'renew' : 'open';
    },
    opened: () => started,
    actor: () => actor,
    hasCitySlot: () => readCitySlot(folder) !== null,
    turn: () => turn,
    required: () => (started && key ? { started, key } : fail('SIGN_IN_NEEDED')),
    openWith(given) {
      if (!started) return open(heldKeyStore(folder, given));
      return key?.hex === given.hex ? started : fail('DB_KEY_WRONG');
    },
    enter(id, byPassword) {
      actor = id;
      turn += 1;
      locked = false;
      pins.delete(id);
      if (byPassword) days.set(id, today());
      announce('changed', ['account', 'session']);
    },
    sealed() {
      sealed = isSealed();
      if (sealed) dropKeyFile(folder);
    },
    lock() {
      if (!started || !sealed || locked || actor === null) return;
      started.desk.access.note({ action: 'account.lock' });
      locked = true;
      announce('changed', ['account']);
    },
    signedInToday: (id) => days.get(id) === today(),
    forgetDay: (id) => days.delete(id),
    wrongPins: (id) => pins.get(id) ?? 0,
    setWrongPins: (id, n) => pins.set(id, n),
    async close() {
      await started?.close();
    },
  };
}
