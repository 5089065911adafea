/** Every password and the printed code are lost: the city opens this machine, by files on a stick, for one person, once. */
import * as fs from 'node:fs/promises';
import path from 'node:path';
import {
  type Answer,
  endRequest,
  keyFromAnswer,
  makeRequest,
  readAnswer,
  readCitySlot,
  sealForCity,
  signedFor,
} from '../../db/city-slot.ts';
import { inTransaction } from '../../db/handle.ts';
import type { OsWrap } from '../../db/key-slot.ts';
import { keepAccount } from '../../db/queries/account.ts';
import { readIdentity } from '../../db/queries/device.ts';
import { readMachineSetting, writeMachineSetting } from '../../db/queries/machine.ts';
import { seenTime } from '../../db/seen-time.ts';
import type { Input, Output } from '../../shared/contract/ipc/registry.ts';
import { UNLOCK_FILES } from '../../shared/contract/sync/unlock.ts';
import { putWhole } from '../../shared/courier/disk.ts';
import { stickProblem } from '../../shared/courier/stick-problem.ts';
import { fail } from '../../shared/problem.ts';
import { requireIdentity, requireWritable } from '../context.ts';
import type { GateStore } from './gate-store.ts';
import * as people from './people.ts';
import type { StartedDesk } from './start-desk.ts';

const MOST_BYTES = 100_000;

export interface CityUnlock {
  /** Seals the data key to the city's safe, where that is not done yet. */
  seal(): Promise<void>;
  writeRequest(input: Input<'account.write-request'>): Promise<Output<'account.write-request'>>;
  readAnswer(input: Input<'account.read-answer'>): Promise<Output<'account.read-answer'>>;
  recover(input: Input<'account.recover-by-city'>): Promise<Output<'account.recover-by-city'>>;
}
interface Around {
  readonly folder: string;
  readonly os: OsWrap;
  now(): number;
}

export function makeCityUnlock(store: GateStore, { folder, os, now }: Around): CityUnlock {
  /** What was read last; it opens only together with a new password. */
  let heard: { readonly answer: Answer; readonly jws: string } | null = null;
  const mustBeShut = () => {
    if (store.phase() !== 'signIn' && store.phase() !== 'locked') fail('PASSWORD_SET');
  };
  return {
    async seal() {
      const started = store.opened();
      const identity = started && readIdentity(started.desk.db);
      if (!started || !identity || store.actor() === null) return;
      const { db, clock } = started.desk;
      const recipient = readMachineSetting(db, 'recovery_key');
      const card = readMachineSetting(db, 'city_card');
      if (recipient === null || card === null) return;
      const { device, cityKey } = identity;
      const kept = readCitySlot(folder);
      if (kept?.recipient === recipient && kept.device === device && kept.cityKey.x === cityKey.x) return;
      const at = new Date(clock.now()).toISOString();
      await sealForCity(folder, { device, recipient, cityKey, card, at }, store.required().key);
    },
    async writeRequest({ place }) {
      mustBeShut();
      const { device, text } = await makeRequest(folder, { os, at: new Date(now()).toISOString() });
      const name = `${device.slice(0, 8)}${UNLOCK_FILES.request}`;
      await putWhole({ ...fs, join: path.join }, { folder: place, name, bytes: bytesOf(text) });
      return { file: name };
    },
    async readAnswer({ place }) {
      mustBeShut();
      heard = await findAnswer(folder, place);
      if (now() > Date.parse(heard.answer.until)) fail('UNLOCK_EXPIRED');
      return { id: heard.answer.account.id, name: heard.answer.account.name };
    },
    async recover({ password }) {
      mustBeShut();
      const { answer, jws } = heard ?? fail('UNLOCK_NOT_ASKED');
      people.requireStrongAlone(password, answer.account.name);
      const started = store.openWith(await keyFromAnswer(folder, answer, os));
      // It is used up in the store itself.
      requireWritable(started.desk, 'account.recover-by-city');
      spendAnswer(started, answer, jws);
      heard = null;
      endRequest(folder);
      return people.letIn(store, answer.account, password);
    },
  };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

/** The newest word on the stick that fits this machine's request; otherwise why the first one does not. */
async function findAnswer(folder: string, place: string): Promise<ReturnType<typeof readAnswer>> {
  const names = await fs.readdir(place).catch((error: unknown) => {
    throw stickProblem(error);
  });
  const files = names.filter((name) => name.endsWith(UNLOCK_FILES.answer)).sort();
  if (files.length === 0) fail('UNLOCK_NONE', { suffix: UNLOCK_FILES.answer });
  let why: unknown = null;
  for (const name of files) {
    try {
      const file = path.join(place, name);
      if ((await fs.stat(file)).size > MOST_BYTES) fail('UNLOCK_FILE_BROKEN');
      return readAnswer(folder, await fs.readFile(file, 'utf8'));
    } catch (error) {
      why ??= error;
    }
  }
  throw stickProblem(why);
}

/** By what the store itself knows: its own city key, the time that it has seen, the answers that it has used. */
function spendAnswer({ desk: { db, clock } }: StartedDesk, answer: Answer, jws: string): void {
  const { device, cityKey } = requireIdentity(readIdentity(db));
  if (signedFor(jws, cityKey) === null) fail('CITY_SIGNATURE');
  if (answer.device !== device) fail('UNLOCK_OTHER_DEVICE');
  if (seenTime(db, clock) > Date.parse(answer.until)) fail('UNLOCK_EXPIRED');
  const used = JSON.parse(readMachineSetting(db, 'city_unlocks') ?? '[]') as string[];
  if (used.includes(answer.nonce)) fail('UNLOCK_NOT_ASKED');
  inTransaction(db, (tx) => {
    writeMachineSetting(tx, 'city_unlocks', JSON.stringify([...used, answer.nonce]));
    keepAccount(tx, answer.account, answer.paper);
  });
}
