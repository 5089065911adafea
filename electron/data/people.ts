/** What can be asked at the gate: to sign in, to choose and change passwords, to let a colleague in, to recover. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Deed } from '../../db/access.ts';
import { inTransaction } from '../../db/handle.ts';
import { stretched } from '../../db/key-slot.ts';
import { type DeskAccount, readAccounts, readPin, writePin } from '../../db/queries/account.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { makeRecoveryCode } from '../../db/recovery-code.ts';
import { provenRole } from '../../db/role-proof.ts';
import { unitOn } from '../../shared/catalogue/units.ts';
import { idleChoices } from '../../shared/contract/ipc/account.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import type { AccessAction } from '../../shared/domain/access.ts';
import type { Actor } from '../../shared/domain/event.ts';
import { isPin, isWeakPin, PIN_TRIES, passwordFault } from '../../shared/domain/sign-in.ts';
import { localTime } from '../../shared/lib/local-date.ts';
import { fail, Problem } from '../../shared/problem.ts';
import { type Acting, actingIdentity, requireIdentity, requireMay } from '../context.ts';
import type { GateStore } from './gate-store.ts';
import { markGiven } from './given-passwords.ts';
import { isEasyToGuess } from './password-strength.ts';
import type { StartedDesk } from './start-desk.ts';

const IDLE_MINUTES = 10;
/** A PIN is only ever compared inside the open store. */
const PIN_COST = { memoryKiB: 65_536, passes: 2 };

export function stateOf(store: GateStore): Output<'account.state'> {
  const db = store.opened()?.desk.db ?? null;
  const known = db ? readAccounts(db) : [];
  const nameOf = (id: string, kept: string) => known.find((one) => one.id === id)?.name ?? kept;
  const people = store.slots.people().map(({ id, name, demo, damaged }) => {
    const { waitS, locked } = store.tries.standing(id);
    return { id, name: nameOf(id, name), demo, damaged, pin: mayUsePin(store, known, id), waitS, locked };
  });
  const identity = db && readIdentity(db);
  const actor = store.actor() ?? (store.phase() === 'choose' ? (identity?.account.id ?? null) : null);
  return {
    phase: store.phase(),
    actor: actor === null ? null : { id: actor, name: nameOf(actor, identity?.account.name ?? '') },
    people,
    newcomers: known
      .filter((one) => one.known && !people.some(({ id }) => id === one.id))
      .map(({ id, name, role }) => ({ id, name, role })),
    hasPin: known.some((one) => one.id === actor && one.hasPin),
    recovery: store.slots.hasRecovery(),
    citySlot: store.hasCitySlot(),
    machine: identity ? `${identity.name}, ${officeName(store.required().started)}` : '',
    turn: store.turn(),
    idleMinutes:
      idleChoices.find((n) => db && String(n) === readMachineSetting(db, 'idle_minutes')) ?? IDLE_MINUTES,
  };
}

function mayUsePin(store: GateStore, known: readonly DeskAccount[], id: string): boolean {
  const chosen = known.some((one) => one.id === id && one.hasPin);
  return chosen && store.signedInToday(id) && store.wrongPins(id) < PIN_TRIES;
}

/** The data key by a password, counted. A file that cannot be read is no wrong password. */
async function keyBy(store: GateStore, { id, password, action }: Asked) {
  store.tries.begin(id);
  try {
    const key = await store.slots.open(id, password);
    store.tries.forget(id);
    return key;
  } catch (error) {
    const wrong = error instanceof Problem && error.code === 'PASSWORD_WRONG';
    if (!wrong) store.tries.takeBack(id);
    // While the store is closed the count outside it remembers: the next one who comes in brings it.
    else noteOf(store, id, { action, outcome: 'refused', facts: { wrong: store.tries.standing(id).wrong } });
    throw error;
  }
}
interface Asked {
  readonly id: string;
  readonly password: string;
  readonly action: AccessAction;
}

/** Of whom it is about; nothing while the store is closed. Who acted is absent where somebody only tried to come in. */
function noteOf(store: GateStore, id: string, deed: Omit<Deed, 'subject'>, by: Actor | null = null): void {
  store.opened()?.desk.access.note({ ...deed, subject: { kind: 'person', id } }, by);
}
const byActor = (store: GateStore, id: string, deed: Omit<Deed, 'subject'>) =>
  noteOf(store, id, deed, requireIdentity(actingIdentity(store.required().started.desk)).account);

export async function signIn(store: GateStore, { id, password }: Input<'account.sign-in'>): Promise<void> {
  const { wrong } = store.tries.standing(id);
  store.openWith(await keyBy(store, { id, password, action: 'account.sign-in' }));
  // What a power cut left between the first slot and the end of the plain key file.
  store.sealed();
  store.enter(id, true);
  byActor(store, id, { action: 'account.sign-in', facts: { wrong } });
}

export async function signInByPin(
  store: GateStore,
  { id, pin }: Input<'account.sign-in-by-pin'>,
): Promise<void> {
  const { db } = store.required().started.desk;
  const chosen = readPin(db, id);
  if (!chosen || !mayUsePin(store, readAccounts(db), id)) return fail('PIN_NOT_NOW');
  const wrong = store.wrongPins(id) + 1;
  store.setWrongPins(id, wrong);
  const made = await stretched(pin, { ...PIN_COST, salt: chosen.salt });
  if (!timingSafeEqual(made, Buffer.from(chosen.hash, 'hex'))) {
    if (wrong >= PIN_TRIES) store.forgetDay(id);
    noteOf(store, id, { action: 'account.sign-in-by-pin', outcome: 'refused', facts: { wrong } });
    fail('PIN_WRONG', { left: PIN_TRIES - wrong });
  }
  store.enter(id, false);
  byActor(store, id, { action: 'account.sign-in-by-pin' });
}

/** Who acts at an open desk. */
function requireOpen(store: GateStore) {
  const phase = store.phase();
  if (phase !== 'open') fail(phase === 'renew' ? 'PASSWORD_GIVEN' : 'SIGN_IN_NEEDED');
  return signedIn(store);
}
function signedIn(store: GateStore) {
  const { started, key } = store.required();
  return { started, key, identity: requireIdentity(actingIdentity(started.desk)) };
}

async function requireStrong(started: StartedDesk, password: string, name: string): Promise<void> {
  const names = [name, officeName(started)];
  if (passwordFault(password, names) || (await isEasyToGuess(password, names))) fail('PASSWORD_WEAK');
}

function officeName({ desk: { db, clock } }: StartedDesk): string {
  return unitOn(readIdentity(db)?.office ?? '', localTime(clock.now()).date)?.name ?? '';
}

async function printCode(store: GateStore): Promise<{ recovery: string }> {
  const { started, key } = store.required();
  const recovery = makeRecoveryCode();
  const { device } = requireIdentity(readIdentity(started.desk.db));
  await store.slots.putRecovery(device, recovery, key);
  return { recovery };
}

async function putPerson(
  store: GateStore,
  person: { id: string; name: string },
  password: string,
  given = false,
): Promise<void> {
  const { started, key } = store.required();
  const { device, demo } = requireIdentity(readIdentity(started.desk.db));
  const { id, name } = person;
  // The count stands before the slot: one without a count would be taken for one whose count was taken away.
  store.tries.forget(id);
  // Before the slot where it begins to hold, after it where it ends: a cut between them lets nobody off.
  if (given) markGiven(started.desk.db, id, true);
  await store.slots.put({ id, name, demo, device }, password, key);
  markGiven(started.desk.db, id, given);
  store.sealed();
}

export async function choose(
  store: GateStore,
  { password }: Input<'account.choose'>,
): Promise<Output<'account.choose'>> {
  if (store.phase() !== 'choose') return fail('PASSWORD_SET');
  const { started } = store.required();
  const { id, name } = requireIdentity(readIdentity(started.desk.db)).account;
  await requireStrong(started, password, name);
  // The person's slot last: until it stands, the machine opens as before.
  const printed = await printCode(store);
  await putPerson(store, { id, name }, password);
  store.enter(id, true);
  byActor(store, id, { action: 'account.choose' });
  return printed;
}

export async function changePassword(
  store: GateStore,
  { before, password }: Input<'account.change'>,
): Promise<null> {
  const given = store.phase() === 'renew';
  const { started, identity } = given ? signedIn(store) : requireOpen(store);
  await requireStrong(started, password, identity.account.name);
  const { id } = identity.account;
  if (given) await requireAnother(store, id, password);
  // He has just come in by it.
  else await keyBy(store, { id, password: before ?? fail('PASSWORD_WRONG'), action: 'account.change' });
  byActor(store, id, { action: 'account.change' });
  await putPerson(store, identity.account, password);
  if (given) started.desk.announce('changed', ['account', 'session']);
  return null;
}

/** Whoever gave it knows it. */
async function requireAnother(store: GateStore, id: string, password: string): Promise<void> {
  const same = await store.slots.open(id, password).then(
    () => true,
    () => false,
  );
  if (same) fail('PASSWORD_SAME');
}

export async function recover(
  store: GateStore,
  { code, id, password }: Input<'account.recover'>,
): Promise<Output<'account.recover'>> {
  if (store.phase() !== 'signIn' && store.phase() !== 'locked') return fail('PASSWORD_SET');
  const started = store.openWith(await store.slots.openRecovery(code));
  const { account } = requireIdentity(readIdentity(started.desk.db));
  const person = id === null ? account : accountOf(started, id);
  await requireStrong(started, password, person.name);
  noteOf(store, person.id, { action: 'account.recover' });
  await putPerson(store, { id: person.id, name: person.name }, password);
  store.enter(person.id, true);
  // The envelope is open: what was in it opens nothing any more.
  return printCode(store);
}

/** After the city opened: a new password for this person, who works from here on, and a new printed code. */
export async function letIn(
  store: GateStore,
  person: { readonly id: string; readonly name: string },
  password: string,
): Promise<{ recovery: string }> {
  noteOf(store, person.id, { action: 'account.recover-by-city' });
  await putPerson(store, person, password);
  store.enter(person.id, true);
  return printCode(store);
}

export function requireStrongAlone(password: string, name: string): void {
  if (passwordFault(password, [name])) fail('PASSWORD_WEAK');
}

function accountOf(started: StartedDesk, id: string): DeskAccount {
  return readAccounts(started.desk.db).find((one) => one.id === id) ?? fail('ACCOUNT_NOT_HERE');
}

export async function newRecovery(
  store: GateStore,
  { password }: Input<'account.new-recovery'>,
): Promise<Output<'account.new-recovery'>> {
  const { identity } = requireOpen(store);
  const { id } = identity.account;
  await keyBy(store, { id, password, action: 'account.new-recovery' });
  byActor(store, id, { action: 'account.new-recovery' });
  return printCode(store);
}

export async function setPin(store: GateStore, { pin }: Input<'account.set-pin'>): Promise<null> {
  const { started, identity } = requireOpen(store);
  if (pin !== null && (!isPin(pin) || isWeakPin(pin))) fail('PIN_WEAK');
  const salt = randomBytes(16).toString('hex');
  const hash = pin === null ? null : (await stretched(pin, { ...PIN_COST, salt })).toString('hex');
  const { id } = identity.account;
  inTransaction(started.desk.db, (tx) => {
    writePin(tx, id, hash === null ? null : { salt, hash });
    const facts = { pin: hash === null ? 0 : 1 };
    started.desk.access.within(tx, { action: 'account.set-pin', subject: { kind: 'person', id }, facts });
  });
  store.setWrongPins(identity.account.id, 0);
  started.desk.announce('changed', ['account']);
  return null;
}

/** A refusal is noted as well. */
function requireAct(
  store: GateStore,
  identity: Acting,
  { id, action, call }: { id: string; action: AccessAction; call: 'account.add' | 'account.remove' },
): void {
  try {
    requireMay(identity, call);
  } catch (error) {
    byActor(store, id, { action, outcome: 'refused' });
    throw error;
  }
}

export async function addPerson(store: GateStore, { id, password }: Input<'account.add'>): Promise<void> {
  const { started, identity } = requireOpen(store);
  const again = store.slots.people().some((one) => one.id === id);
  const action = again ? 'account.reset' : 'account.add';
  requireAct(store, identity, { id, action, call: again ? 'account.remove' : 'account.add' });
  const person = accountOf(started, id);
  const proven = provenRole(started.desk.db, identity, person);
  if (!person.known || !proven) return fail('ACCOUNT_UNKNOWN');
  const { name } = proven.account;
  await requireStrong(started, password, name);
  // Before the file: what cannot be noted, or is cut after it, must not be what nobody sees.
  byActor(store, id, { action });
  await putPerson(store, { id, name }, password, again && id !== identity.account.id);
  store.forgetDay(id);
  started.desk.announce('changed', ['account']);
}

/** His slot goes; what he wrote stays, and is sent. */
export function removePerson(store: GateStore, { id }: Input<'account.remove'>): void {
  const { started, identity } = requireOpen(store);
  requireAct(store, identity, { id, action: 'account.remove', call: 'account.remove' });
  const people = store.slots.people();
  if (!people.some((one) => one.id === id)) fail('ACCOUNT_NOT_HERE');
  if (!people.some((one) => one.id !== id && !one.damaged) || id === store.actor()) fail('ACCOUNT_LAST');
  inTransaction(started.desk.db, (tx) => {
    writePin(tx, id, null);
    started.desk.access.within(tx, { action: 'account.remove', subject: { kind: 'person', id } });
  });
  store.slots.remove(id);
  store.forgetDay(id);
  started.desk.announce('changed', ['account']);
}

export function setIdle(store: GateStore, { minutes }: Input<'account.set-idle'>): void {
  const { started, identity } = requireOpen(store);
  requireMay(identity, 'account.set-idle');
  inTransaction(started.desk.db, (tx) => {
    writeMachineSetting(tx, 'idle_minutes', String(minutes));
    started.desk.access.within(tx, { action: 'account.set-idle', facts: { minutes } });
  });
  started.desk.announce('changed', ['account']);
}
