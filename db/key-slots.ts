/** The folder of key slots beside the database: one file for each person who can open it, one for the printed code. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { passwordText } from '../shared/domain/sign-in.ts';
import { fail } from '../shared/problem.ts';
import {
  type KeyCost,
  measuredCost,
  type OsWrap,
  openSlot,
  readSlot,
  type Slot,
  type SlotOwner,
  sealSlot,
  slotText,
} from './key-slot.ts';
import type { DataKey } from './key-store.ts';
import { writePrivate } from './private-file.ts';
import { readRecoveryCode } from './recovery-code.ts';

/** A person as the files tell; `name` is empty where his file is damaged. */
export interface SlotPerson {
  readonly id: string;
  readonly name: string;
  readonly demo: boolean;
  readonly damaged: boolean;
}
export interface KeySlots {
  /** By name. */
  people(): readonly SlotPerson[];
  put(owner: Omit<SlotOwner, 'kind'>, password: string, key: DataKey): Promise<void>;
  open(id: string, password: string): Promise<DataKey>;
  remove(id: string): void;
  hasRecovery(): boolean;
  putRecovery(device: string, code: string, key: DataKey): Promise<void>;
  openRecovery(typed: string): Promise<DataKey>;
}

export const KEYS_FOLDER = 'keys';
const END = '.slot';
const RECOVERY = 'recovery';
export const RECOVERY_SLOT = RECOVERY + END;

export const noOsWrap: OsWrap = { wrap: async () => null, unwrap: async () => null };

export function openKeySlots(
  dataFolder: string,
  { os = noOsWrap, cost }: { readonly os?: OsWrap; readonly cost?: KeyCost } = {},
): KeySlots {
  const folder = path.join(dataFolder, KEYS_FOLDER);
  const fileOf = (id: string) => path.join(folder, `${path.basename(id)}${END}`);
  let measured: KeyCost | undefined = cost;

  const read = (file: string): Slot | null =>
    existsSync(file) ? (readSlot(readFileSync(file, 'utf8')) ?? fail('KEY_SLOT_DAMAGED')) : null;

  async function put(owner: SlotOwner, secret: string, key: DataKey): Promise<void> {
    measured ??= await measuredCost();
    const slot = await sealSlot(owner, secret, { key, cost: measured, os });
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writePrivate(fileOf(owner.kind === 'person' ? owner.id : RECOVERY), slotText(slot));
  }

  return {
    people() {
      if (!existsSync(folder)) return [];
      const ids = readdirSync(folder)
        .filter((name) => name.endsWith(END) && name !== RECOVERY_SLOT)
        .map((name) => name.slice(0, -END.length));
      return ids.map((id) => personOf(id, fileOf(id))).sort((a, b) => a.name.localeCompare(b.name, 'vi'));
    },
    put: (owner, password, key) => put({ ...owner, kind: 'person' }, passwordText(password), key),
    async open(id, password) {
      const slot = read(fileOf(id)) ?? fail('ACCOUNT_NOT_HERE');
      if (slot.id !== id || slot.kind !== 'person') fail('KEY_SLOT_FOREIGN');
      const opened = await openSlot(slot, passwordText(password), os);
      if (opened === 'foreign') return fail('KEY_SLOT_FOREIGN');
      return opened === 'wrong' ? fail('PASSWORD_WRONG') : opened;
    },
    remove: (id) => rmSync(fileOf(id), { force: true }),
    hasRecovery: () => existsSync(fileOf(RECOVERY)),
    putRecovery: (device, code, key) =>
      put({ kind: 'recovery', id: device, name: '', demo: false, device }, code, key),
    async openRecovery(typed) {
      const code = readRecoveryCode(typed);
      if ('wrongGroup' in code) return fail('RECOVERY_CODE_TYPO', { group: code.wrongGroup });
      const slot = read(fileOf(RECOVERY)) ?? fail('RECOVERY_MISSING');
      const opened = await openSlot(slot, code.code, os);
      return typeof opened === 'string' ? fail('RECOVERY_CODE_WRONG') : opened;
    },
  };
}

function personOf(id: string, file: string): SlotPerson {
  const slot = readSlot(readFileSync(file, 'utf8'));
  return { id, name: slot?.name ?? '', demo: slot?.demo ?? false, damaged: slot === null };
}
